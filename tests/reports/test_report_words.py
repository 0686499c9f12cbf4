"""The frame says the same in every language, and can be read by everybody."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

import reports
from engine.checks.description import Role
from engine.facts import Reason
from reports.model.rollup import JOBS
from reports.model.shapes import RollUp, Word
from reports.words import LANGUAGES, frame

TEMPLATES = sorted((Path(reports.__file__).parent / "templates").glob("*.j2"))


def _places(text: Any) -> list[set[str]]:
    texts = text.values() if isinstance(text, dict) else text if isinstance(text, list) else [text]
    return [set(re.findall(r"\{(\w+)\}", part)) for part in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_texts_and_placeholders(language: str) -> None:
    first, other = frame(LANGUAGES[0]), frame(language)

    assert list(first) == list(other)
    for key in first:
        assert set.union(*_places(first[key])) == set.union(*_places(other[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_markup_and_none_is_empty_by_accident(language: str) -> None:
    for key, text in frame(language).items():
        for part in text.values() if isinstance(text, dict) else text if isinstance(text, list) else [text]:
            assert isinstance(part, str), key
            assert not set(part) & set("<&"), key
            assert part or key == "space"


def test_where_number_matters_both_forms_are_there() -> None:
    for language in LANGUAGES:
        assert all(
            set(text) == {"one", "other"} for text in frame(language).values() if isinstance(text, dict)
        )


def test_every_closed_word_has_a_text() -> None:
    texts = frame("en")
    wanted = [
        *(f"reason.{reason}" for reason in (*get_args(Reason), *JOBS)),
        *(f"job.{job}" for job in JOBS.values()),
        *(f"role.{role}" for role in get_args(Role)),
        *(f"word.{word}" for word in get_args(Word)),
        *(f"rollup.{word}" for word in get_args(RollUp)),
    ]

    assert [key for key in wanted if key not in texts] == []


def test_every_text_that_a_template_names_is_there_and_every_text_is_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    code = "".join(path.read_text(encoding="utf-8") for path in Path(reports.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'\bt\("([a-z0-9_.]+)"(?! ~)', sources))
    groups = tuple(
        {
            *re.findall(r'"([a-z_.]+\.)" ~', sources),
            *(f"{group}." for group in re.findall(r'one_of\("(\w+)"', sources)),
        }
    )
    texts = set(frame("en"))

    assert named - texts == set()
    assert [
        key
        for key in texts
        if key not in named and not key.startswith(groups) and f'"{key}"' not in code + sources
    ] == []


def test_only_plain_macros_and_no_way_round_escaping() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert "safe" not in re.findall(r"\|\s*(\w+)", text)
        assert "autoescape" not in text
        assert not re.search(r"\bstyle=", text)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_ink_can_be_read_on_every_ground_it_stands_on() -> None:
    style = (files("reports") / "templates" / "style.css").read_text(encoding="utf-8")
    token = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", style))
    severities = ("critical", "high", "medium", "low", "pass", "none")
    pairs = [
        (token[name], token[ground]) for name in severities for ground in ("paper", "faint", f"{name}-tint")
    ]
    pairs += [
        (token[name], token[ground])
        for name in ("ink", "soft", "brand")
        for ground in ("paper", "faint", "desk")
    ]
    pairs += [(token["ink"], token[f"{name}-tint"]) for name in severities] + [
        (token["paper"], token["brand"]),
        (token["paper"], token["ink"]),
    ]

    assert [(pair, round(_contrast(*pair), 2)) for pair in pairs if _contrast(*pair) < 4.5] == []


def test_the_catalogues_are_plain_yaml() -> None:
    for language in LANGUAGES:
        text = (files("reports") / "texts" / f"{language}.yaml").read_text(encoding="utf-8")
        keys = re.findall(r"^([a-z][a-z0-9_.]*):", text, re.MULTILINE)
        assert len(keys) == len(set(keys)) == len(yaml.safe_load(text))
