"""The JSON schema of `model.json`, from the shapes that it is made of.

`docs/report-1.schema.json` is written by `tools/generate.py`; whoever reads `model.json` with a program of their own validates against it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from reports.model import Model

PATH = Path(__file__).parents[1] / "docs" / "report-1.schema.json"


def text() -> str:
    """The schema as it lies in the file, keys in order."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Model.model_json_schema(by_alias=True, mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write() -> Iterator[Path]:
    """Writes the file if it differs; yields its path then."""
    made = text()
    if not PATH.is_file() or PATH.read_text("utf-8") != made:
        PATH.write_text(made, "utf-8")
        yield PATH
