"""Write what is generated: the schemas that rules are checked with, the schema of `model.json`, the texts in simplified Chinese, the compiled catalogues, the checks' pages.

python tools/generate.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import check_pages
import frames
import model_schema
import simplified
import source_pages

from engine.checks.reading import read_yaml
from engine.checks.schemas import schemas, write
from engine.errors import AuditError
from engine.settings import Setting

POLICIES = Path(__file__).parents[1] / "policies"


def declared() -> dict[str, Setting]:
    """The settings of the policy and of all checks; works while other parts of a description are still being written."""
    return {name: Setting.model_validate(body) for source in _sources() for name, body in source.items()}


def _sources() -> Iterator[dict[str, object]]:
    general = POLICIES / "settings.yaml"
    if general.is_file():
        yield read_yaml(general)
    for path in sorted((POLICIES / "rego").rglob("*.yaml")):
        yield read_yaml(path).get("settings", {})


def main() -> None:
    """Write the files that differ, and name them."""
    for path in write(schemas(declared()), POLICIES / "schemas"):
        print(path.relative_to(POLICIES.parent))
    for path in model_schema.write():
        print(path.relative_to(POLICIES.parent))
    try:
        for path in (*simplified.write(), *frames.write(), *check_pages.write(), *source_pages.write()):
            print(path.relative_to(POLICIES.parent))
    except AuditError as error:
        sys.exit(f"texts and pages not written: {error}; {error.help}")
    except ImportError as error:
        sys.exit(
            f"texts and pages not written: {error}; run: pip install --require-hashes -r requirements.lock"
        )


if __name__ == "__main__":
    main()
