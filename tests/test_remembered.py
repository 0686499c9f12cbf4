"""What an engine answered is believed for the same question alone."""

from pathlib import Path

import pytest
from remembered import KEPT_S, Remembered, key_of, remembering

from engine.errors import RulesError

FILES = {"a.rego": "package a"}
QUESTION = (FILES, "data.a", {"input": 1})


class Engine:
    """Answers with how often it has been asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *_):
        self.asked += 1
        return {"asked": self.asked}


class Broken(Engine):
    """Says that rules fail."""

    def __call__(self, *question):
        super().__call__(*question)
        raise RulesError("a.rego:1: no", "mend the rule")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "answers"


def test_the_same_question_is_asked_once_whoever_asks(place):
    engine = Engine()

    said = [remembering(Remembered(place), b"opa", engine)(*QUESTION) for _ in range(2)]

    assert said == [{"asked": 1}, {"asked": 1}]


@pytest.mark.parametrize(
    ("engine", "question"),
    [
        (b"another", QUESTION),
        (b"opa", ({"a.rego": "package a "}, "data.a", {"input": 1})),
        (b"opa", ({"b.rego": "package a"}, "data.a", {"input": 1})),
        (b"opa", (FILES, "data.b", {"input": 1})),
        (b"opa", (FILES, "data.a", {"input": 2})),
    ],
    ids=["engine", "text", "name", "rule", "input"],
)
def test_whatever_differs_is_asked_anew(place, engine, question):
    asked = Engine()

    remembering(Remembered(place), b"opa", asked)(*QUESTION)

    assert remembering(Remembered(place), engine, asked)(*question) == {"asked": 2}


def test_an_undefined_answer_is_an_answer(place):
    engine = Engine()
    memory = Remembered(place)

    assert [memory.answer([b"a"], lambda: engine(*QUESTION) and None) for _ in range(2)] == [None, None]
    assert engine.asked == 1


def test_an_error_is_not_remembered(place):
    memory = Remembered(place)

    with pytest.raises(ZeroDivisionError):
        memory.answer([b"a"], lambda: 1 / 0)

    assert memory.answer([b"a"], lambda: "well") == "well"


def test_that_rules_fail_is_an_answer(place):
    engine = Broken()

    for _ in range(2):
        with pytest.raises(RulesError, match=r"a\.rego:1: no") as raised:
            remembering(Remembered(place), b"opa", engine)(*QUESTION)
        assert raised.value.help == "mend the rule"

    assert engine.asked == 1


def test_what_nobody_asks_for_is_forgotten_after_a_while(place):
    memory = Remembered(place, now=0)
    memory.keep({b"early": 1, b"used": 2})
    Remembered(place, now=KEPT_S).look_up([b"used"])

    later = Remembered(place, now=KEPT_S + 1)

    assert later.look_up([b"early", b"used"]) == {b"used": 2}


def test_where_one_part_ends_and_the_next_begins_counts():
    assert key_of([b"ab", b"c"]) != key_of([b"a", b"bc"])
