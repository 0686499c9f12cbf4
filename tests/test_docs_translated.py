"""Translated documents say what the originals say: the same sections, tables and lists, the same commands and examples."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORIGINALS = ("README.md", "docs/add-a-check.md", "docs/for-department-heads.md")
_BLOCK = re.compile(r"^ *```\w*\n.*?^ *```$", re.MULTILINE | re.DOTALL)


def _texts(name: str) -> tuple[str, str]:
    return tuple((ROOT / path).read_text("utf-8") for path in (name, name.replace(".md", ".zh-Hant.md")))


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_translation_has_the_examples_of_the_original(name: str):
    original, translated = _texts(name)

    assert _BLOCK.findall(original) == _BLOCK.findall(translated)


@pytest.mark.parametrize("name", ORIGINALS)
@pytest.mark.parametrize("mark", [r"^#+ ", r"^ *\|", r"^\d+\. ", r"^\* "])
def test_a_translation_has_the_parts_of_the_original(name: str, mark: str):
    original, translated = (_BLOCK.sub("", text) for text in _texts(name))

    assert re.findall(mark, original, re.MULTILINE) == re.findall(mark, translated, re.MULTILINE)


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_translation_names_the_commands_and_options_of_the_original(name: str):
    original, translated = (
        set(re.findall(r"`((?:clausewise|make) [^`\n]+|--[a-z-]+[^`\n]*)`", _BLOCK.sub("", text)))
        for text in _texts(name)
    )

    assert original == translated


@pytest.mark.parametrize("name", ORIGINALS)
def test_the_original_and_its_translation_lead_to_each_other(name: str):
    original, translated = _texts(name)
    here = Path(name).name

    assert f"]({here.replace('.md', '.zh-Hant.md')})" in original
    assert f"]({here})" in translated
