"""JSON Schemas of everything that rules read: the shard, and the documents under `data`.

Generated from the fact models and from the settings that the checks declare. `tools/generate.py` keeps the project's own under
`policies/schemas/`; with a pack, they are made anew, so that its settings are known as well.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from engine.facts import FACT_TYPES
from engine.facts.declared import Declared
from engine.facts.schema import Declaration, asked_shard_schema, company_schema, shard_schema
from engine.settings import CLOCKS, Setting

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_INTEGER: dict[str, Any] = {"type": "integer"}
_INSTANT: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_STATE: dict[str, Any] = {
    "type": "string",
    "enum": ["complete", "partial", "failed", "stale", "not_configured"],
}

_BOUND: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-|^9?$"}
"""An instant, or what comes before or after all of them."""

_INSTANTS_OF_PERIOD = ("from", "to", "previous_from", "duty_from", "duty_to")


def schemas(
    settings: Mapping[str, Setting], registers: Sequence[Declaration] = ()
) -> dict[str, dict[str, Any]]:
    """Name, as rules write it after `schema.`, and schema.

    Args:
        settings: all settings that the checks declare, by name
        registers: those that the company declares, and the names of those that checks read and nobody declared
    """
    clocks = {name: _TEXT for name, setting in settings.items() if setting.kind in CLOCKS}
    return {
        "asked": asked_shard_schema(registers),
        "calendar": _calendar(),
        "company": company_schema(registers),
        "cutoff": _closed(
            "The instant that long before as_of, for each setting in hours, days or working days", clocks
        ),
        "history": _history(),
        "horizon": _closed(
            "The instant that long after as_of, for each setting in hours, days or working days", clocks
        ),
        "in_force": _in_force(),
        "input": shard_schema(registers),
        "period": _closed(
            "The quarter that is audited; `to` and `duty_to` lie outside",
            {
                "label": _TEXT,
                "year": _INTEGER,
                "quarter": _INTEGER,
                **dict.fromkeys(_INSTANTS_OF_PERIOD, _TEXT),
            },
        ),
        "policy": _closed("The policy that is audited", dict.fromkeys(("id", "audited", "in_force"), _TEXT)),
        "roles": _closed("Codes of the departments with a role", dict.fromkeys(("it", "hr"), _TEXT)),
        "settings": _closed(
            "The numbers of the company", {name: _setting(setting) for name, setting in settings.items()}
        ),
        "sources": _sources(registers),
    }


def write(schemas_by_name: Mapping[str, dict[str, Any]], folder: Path) -> list[Path]:
    """Write each schema as `<name>.json`; the files that are new or different."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in schemas_by_name.items():
        path, text = folder / f"{name}.json", rendered(schema)
        if not path.is_file() or path.read_bytes() != text:
            path.write_bytes(text)
            changed.append(path)
    return changed


def rendered(document: dict[str, Any]) -> bytes:
    """The bytes of a generated file: indented, with a line end."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _setting(setting: Setting) -> dict[str, Any]:
    match setting.kind:
        case "list":
            return _TEXTS
        case "yes_no":
            return {"type": "string", "enum": ["yes", "no"]}
        case "text" | "time":
            return _TEXT
        case "table":
            return {"type": "object", "additionalProperties": _TEXTS}
        case _:
            return _NUMBER


def _closed(title: str, properties: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: properties[name] for name in sorted(properties)},
        "required": sorted(properties),
    }


def _in_force() -> dict[str, Any]:
    period = _closed("A period; `until` lies outside", dict.fromkeys(("from", "until"), _BOUND))
    del period["$schema"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The periods in which a check holds, of each that does not always hold",
        "type": "object",
        "additionalProperties": {"type": "array", "items": period},
    }


def _calendar() -> dict[str, Any]:
    day = _closed("A day", {"ordinal": _INTEGER, "working": {"type": "boolean"}})
    del day["$schema"]
    return _closed(
        "Working days",
        {"first": _TEXT, "last": _TEXT, "days": {"type": "object", "additionalProperties": day}},
    )


def _history() -> dict[str, Any]:
    run = _closed(
        "A run; without a day of notice it is not known",
        {
            "label": _TEXT,
            "as_of": _INSTANT,
            "departments": _TEXTS,
            "notice_on": _TEXT,
            "notice_on_starts_at": _INSTANT,
        },
    )
    case = _closed(
        "A confirmed case and one of the people at fault",
        {"case": _TEXT, "person": _TEXT, "clause": _TEXT, "confirmed_at": _INSTANT},
    )
    loss = _closed(
        "An incident with a loss whose liability nobody had assessed",
        {"case": _TEXT, "number": _TEXT, "department": _TEXT},
    )
    for part in (run, case, loss):
        del part["$schema"]
    run["required"] = ["as_of", "departments", "label"]
    state = {"type": "string", "enum": ["complete", "first_run", "missing"]}
    return _closed(
        "What is known of earlier runs: the two last ones, and the departments that had findings",
        {
            "state": state,
            "runs": {"type": "array", "items": run},
            "cases": {"type": "array", "items": case},
            "events": _TEXTS,
            "losses": {"type": "array", "items": loss},
            "digest": _TEXT,
        },
    )


def _sources(registers: Sequence[Declaration]) -> dict[str, Any]:
    source = _closed("A source", {"id": _TEXT, "state": _STATE, "received": _INTEGER})
    delivered = _closed(
        "How complete a fact type is", {"state": _STATE, "sources": {"type": "array", "items": source}}
    )
    deviation = _closed("How complete a fact type is in one department", {"state": _STATE})
    for part in (source, delivered, deviation):
        del part["$schema"]
    own = [one.entity for one in registers if isinstance(one, Declared)]
    types = _closed("Fact type: how complete", dict.fromkeys((*FACT_TYPES, *own), delivered))
    del types["$schema"]
    departments = {
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": deviation},
    }
    return _closed("How complete the snapshot is", {"types": types, "departments": departments})
