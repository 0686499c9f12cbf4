"""Write what is generated: the schemas that rules are checked with.

python tools/generate.py
"""

from pathlib import Path

from engine.checks.schemas import declared, schemas, write

POLICIES = Path(__file__).parents[1] / "policies"


def main() -> None:
    """Write the files that differ, and name them."""
    for path in write(schemas(declared([POLICIES / "rego"])), POLICIES / "schemas"):
        print(path.relative_to(POLICIES.parent))


if __name__ == "__main__":
    main()
