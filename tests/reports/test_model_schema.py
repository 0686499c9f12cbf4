"""The JSON schema of model.json is that of the shapes, and what reports write keeps to it."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import reports
from tools.model_schema import PATH, text


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(PATH.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def written(run: Path, into: Path) -> Any:
    reports.write(run, into, ["en"], ["json"])
    return json.loads((into / "model.json").read_bytes())


def test_the_schema_is_that_of_the_shapes() -> None:
    assert PATH.read_text("utf-8") == text(), "run: python tools/generate.py"


@pytest.mark.parametrize("run", ["run", "previous/run"])
def test_the_model_of_the_demo_keeps_to_the_schema(
    demo: Path, tmp_path: Path, validator: Draft202012Validator, run: str
) -> None:
    said = written(demo / run, tmp_path / "pack")

    assert [error.json_path for error in validator.iter_errors(said)] == []


def test_the_model_of_a_later_version_keeps_to_the_schema(
    companies: dict[str, Callable[..., Any]],
    as_issued: Callable[..., Path],
    tmp_path: Path,
    validator: Draft202012Validator,
) -> None:
    run = as_issued(companies["believable"]().write(tmp_path / "run"), version=2)

    assert [error.json_path for error in validator.iter_errors(written(run, tmp_path / "pack"))] == []


def test_what_the_shapes_do_not_know_breaks_the_schema(
    companies: dict[str, Callable[..., Any]], tmp_path: Path, validator: Draft202012Validator
) -> None:
    said = written(companies["believable"]().write(tmp_path / "run"), tmp_path / "pack")
    wider, poorer = deepcopy(said), deepcopy(said)
    wider["company"]["score"] = 82
    del poorer["departments"][0]["front"]["also"]

    assert validator.is_valid(said)
    assert [error.json_path for error in validator.iter_errors(wider)] == ["$.company"]
    assert [error.json_path for error in validator.iter_errors(poorer)] == ["$.departments[0].front"]
