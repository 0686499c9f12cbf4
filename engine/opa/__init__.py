"""Policy engines: rules in, answers out. The only package that knows OPA, its client or the embedded engine.

For the audit: `running` starts an engine and `evaluate` asks it about one shard file; `evaluate` and `EngineSpec` can be pickled, so
that any `concurrent.futures.Executor` does the work: in threads of the process that called `running` it uses that session; in another
process (a Dask worker) it starts an engine of its own, which ends with that process.

For the CLI: `find`, `obtain` and `choose` decide which engine is used and say so; `embedded_version` tells whether that one is there.
For authors of rules: `load_rules` and `guard` refuse what may not be loaded.
"""

from engine.opa.embedded import embedded_version
from engine.opa.guard import RuleSet, guard, load_rules
from engine.opa.interface import (
    Answer,
    EngineInfo,
    EngineSpec,
    Fault,
    Limits,
    Rules,
    Session,
)
from engine.opa.locate import FLOOR, PINNED, Choice, Places, Program, choose, find, install, obtain
from engine.opa.sessions import Beginning, evaluate, evaluate_body, running

__all__ = [
    "FLOOR", "PINNED", "Answer", "Beginning", "Choice", "EngineInfo", "EngineSpec", "Fault", "Limits", "Places", "Program", "RuleSet", "Rules", "Session",
    "choose", "embedded_version", "evaluate", "evaluate_body", "find", "guard", "install", "load_rules", "obtain", "running",
]  # fmt: skip
