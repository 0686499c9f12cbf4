"""Write `policies/capabilities.json`: what rules may use.

    python tools/capabilities.py OPA

Starts from what the oldest OPA that we accept knows, and drops what is not the same at every call (network, environment, clock,
randomness), what the embedded engine lacks, and string interpolation, which it cannot read.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import regorus

from engine.opa.locate import FLOOR

TARGET = Path(__file__).parents[1] / "policies" / "capabilities.json"


def capabilities(opa: str) -> dict[str, Any]:
    """The capabilities that both engines have."""
    answer = subprocess.run(
        [opa, "capabilities", "--version", f"v{FLOOR}"], check=True, capture_output=True, env={}
    )
    known = json.loads(answer.stdout)
    known["builtins"] = [builtin for builtin in known["builtins"] if _is_allowed(builtin)]
    known["features"] = [feature for feature in known["features"] if feature != "template_strings"]
    known["allow_net"] = []
    return known  # type: ignore[no-any-return]  # JSON


def _is_allowed(builtin: dict[str, Any]) -> bool:
    if builtin.get("nondeterministic"):
        return False
    # NOTE: `internal.*` is what the compiler writes for `print`, `in` and parametrised tests; rules cannot call it
    return "infix" in builtin or builtin["name"].startswith("internal.") or _is_embedded(builtin)


def _is_embedded(builtin: dict[str, Any]) -> bool:
    engine = regorus.Engine()
    arguments = ", ".join("1" for _ in builtin["decl"].get("args", ()))
    engine.add_policy("probe.rego", f"package probe\n\nanswer := {builtin['name']}({arguments})\n")
    try:
        engine.eval_rule_as_json("data.probe.answer")
    except RuntimeError as error:
        return "could not find function" not in str(error)
    return True


if __name__ == "__main__":
    document = capabilities(sys.argv[1])
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(document['builtins'])} functions")
