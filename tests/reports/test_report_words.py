"""The frame says the same in every language, and can be read by everybody."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

import reports
from engine.checks.description import Role
from engine.checks.plurals import ill_formed
from engine.facts import Reason
from reports.frames import LANGUAGES, OFFERED, frame
from reports.model.check_shapes import RollUp, Word
from reports.model.rollup import JOBS

TEMPLATES = sorted((Path(reports.__file__).parent / "templates").glob("*.j2"))
LOCALE = Path(reports.__file__).parent / "locale"


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    """Key -> the forms of a text, as the catalogue that is written by hand has them."""
    path = LOCALE / language.replace("-", "_") / "LC_MESSAGES" / "frame.po"
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    return {
        key: (text,) if isinstance(text, str) else tuple(text)
        for key, text in (
            (one.id[0] if one.pluralizable else one.id, one.string) for one in catalogue if one.id
        )
    }


def _places(forms: tuple[str, ...]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", "".join(forms)))


@pytest.mark.parametrize("language", OFFERED)
def test_words_that_agree_with_a_count_have_the_forms_of_the_language(language: str) -> None:
    for key, forms in texts(language).items():
        for text in forms:
            assert ill_formed(text, language, _places(forms)) == "", key


@pytest.mark.parametrize("language", OFFERED)
def test_all_languages_have_the_same_texts_and_placeholders(language: str) -> None:
    first, other = texts(LANGUAGES[0]), texts(language)

    assert list(first) == list(other)
    assert [key for key in first if _places(first[key]) != _places(other[key])] == []


@pytest.mark.parametrize("language", OFFERED)
def test_no_text_is_markup_none_is_empty(language: str) -> None:
    for key, forms in texts(language).items():
        for text in forms:
            assert not set(text) & set("<&"), key
            assert text.strip(), key


@pytest.mark.parametrize("language", OFFERED)
def test_reports_read_what_is_written_by_hand(language: str) -> None:
    compiled = frame(language)

    for key, forms in texts(language).items():
        assert compiled.text(key, 1) == forms[0], key
        assert compiled.text(key, 7) == forms[-1], key
        assert compiled.text(key) in forms, key
    with pytest.raises(KeyError):
        compiled.text("no.such.text", 1)


def test_where_number_matters_in_english_both_forms_are_there_and_differ() -> None:
    english, source = texts("en"), texts("zh-Hant")
    counted = {key: forms for key, forms in english.items() if len(forms) > 1}

    assert len(counted) > 20
    assert [key for key, (one, other) in counted.items() if one == other] == []
    assert {len(forms) for forms in source.values()} == {1}


def test_numbers_days_and_lists_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 9, 30)
    said = {
        language: (
            frame(language).number(1234567),
            frame(language).day(day, with_year=False),
            frame(language).day(day, with_year=True),
            frame(language).all_of(("5.3-a", "5.3-b", "5.3-c")),
        )
        for language in OFFERED
    }

    assert said == {
        "zh-Hant": ("1,234,567", "9月30日", "2026年9月30日", "5.3-a、5.3-b和5.3-c"),
        "zh-Hans": ("1,234,567", "9月30日", "2026年9月30日", "5.3-a、5.3-b和5.3-c"),
        "en": ("1,234,567", "30 September", "30 September 2026", "5.3-a, 5.3-b and 5.3-c"),
    }


def test_every_closed_word_has_a_text() -> None:
    known = texts("en")
    wanted = [
        *(f"reason.{reason}" for reason in (*get_args(Reason), *JOBS)),
        *(f"job.{job}" for job in JOBS.values()),
        *(f"role.{role}" for role in get_args(Role)),
        *(f"word.{word}" for word in get_args(Word)),
        *(f"rollup.{word}" for word in get_args(RollUp)),
    ]

    assert [key for key in wanted if key not in known] == []


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
    known = set(texts("en"))

    assert named - known == set()
    assert [
        key
        for key in known
        if key not in named and not key.startswith(groups) and f'"{key}"' not in code + sources
    ] == []


def test_only_plain_macros_and_no_way_round_escaping() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert "safe" not in re.findall(r"\|\s*(\w+)", text)
        assert "autoescape" not in text
        assert not re.search(r"\bstyle=", text)


def test_shares_and_quarters_are_written_by_the_language_and_by_nobody_here() -> None:
    said = {
        language: (
            frame(language).percent("62.1"),
            frame(language).percent("100.0"),
            frame(language).quarter(2026, 3),
        )
        for language in OFFERED
    }
    catalogues = [path.read_text("utf-8") for path in (TEMPLATES[0].parents[1] / "locale").rglob("*.po")]

    assert said == {
        "zh-Hant": ("62.1%", "100.0%", "2026年第3季"),
        "zh-Hans": ("62.1%", "100.0%", "2026年第3季度"),
        "en": ("62.1%", "100.0%", "3rd quarter 2026"),
    }
    assert [path.name for path in TEMPLATES if re.search(r"\}\}\s*%", path.read_text("utf-8"))] == []
    assert [found for text in catalogues for found in re.findall(r".*\w\}\s*%.*", text)] == []
