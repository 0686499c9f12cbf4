"""A word in a text of a check agrees with its count, as the plural rule of the language has it."""

import re

import pytest

from engine.checks.catalogue import load_catalogue
from engine.checks.description import Description
from engine.checks.plurals import Counted, counted, filled
from engine.checks.reading import read_model
from engine.cli.places import policies
from engine.errors import CatalogueError

COUNTED = re.compile(r"\{(?:violations|population)\} (?:(?:are|were|have|do|does|is|was|has)\b|\w+s\b)")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0 days are over"),
        (1, "1 day is over"),
        (2, "2 days are over"),
        (21, "21 days are over"),
        (1.5, "1.5 days are over"),
        (["one"], "x day is over"),
        (["one", "other"], "x days are over"),
        ([], "x days are over"),
        ("unknown", "unknown days are over"),
        (None, "None days are over"),
        (True, "True days are over"),
    ],
)
def test_english_has_one_form_for_one_and_one_for_all_others(value: object, said: str) -> None:
    shown = "x" if isinstance(value, list) else str(value)

    assert filled("{n} {n:day/days} {n:is/are} over", {"n": counted(shown, value, "en")}) == said


def test_the_forms_of_other_languages_are_those_of_unicode() -> None:
    russian = "{n:день/дня/дней/дня}"

    assert [filled(russian, {"n": Counted(str(n), n, "ru")}) for n in (1, 2, 5, 21)] == [
        "день",
        "дня",
        "дней",
        "день",
    ]
    assert filled("{n} 天", {"n": Counted("1", 1, "zh-Hant")}) == "1 天"


def test_a_value_is_no_text_and_what_is_missing_is_told() -> None:
    assert filled("{a}, {b:x/y}, {c}", {"a": "{c:1/2}", "c": 3}) == "{c:1/2}, y, 3"
    assert filled("{a}", {}) == "—"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "{violations:was/were}",
            "{violations:was}",
            "texts.en.finding: {violations:was} has 1 forms, en has 2: needs {violations:one/other}",
        ),
        ("{violations:was/were}", "{violations:a/b/c}", "texts.en.finding: {violations:a/b/c} has 3 forms"),
        ("{violations:was/were}", "{violations:was/}", "texts.en.finding: {violations:was/} has 1 forms"),
        ("{violations:was/were}", "{violations!r}", "texts.en.finding: placeholder 'violations' has more"),
        ("{case};", "{case:x/y};", "texts.en.instance: {case:x/y} chooses by 'case', which is no number"),
        (
            "{violations} 次",
            "{violations:a/b} 次",
            "texts.zh-Hant.finding: {violations:a/b} has 2 forms, zh-Hant",
        ),
        ("{violations:was/were}", "{strange:was/were}", "texts.en.finding: placeholder 'strange', needs one"),
    ],
)
def test_too_many_or_too_few_forms_are_told_with_file_and_field(tmp_path, old, new, fault) -> None:
    text = (policies() / "rego" / "5.2" / "5.2-c.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "5.2-c.yaml"
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(CatalogueError) as refused:
        read_model(path, Description)

    assert str(path) in str(refused.value)
    assert fault in str(refused.value)


def test_no_finding_has_a_word_beside_a_count_that_does_not_agree_with_it() -> None:
    texts = {id_: check.texts["en"].finding for id_, check in load_catalogue(policies()).checks.items()}

    assert {id_: text for id_, text in texts.items() if COUNTED.search(text)} == {}
    one = {name: Counted("1", 1, "en") for name in ("violations", "population", "unknown", "waived")}
    assert filled(texts["5.2-c"], one) == "Of 1 abnormal sign-in, 1 was not reported in time."
    assert [
        filled(texts[id_], one)
        for id_ in texts
        if re.search(r"\b1 (?:are|were|have|do)\b", filled(texts[id_], one))
    ] == []
