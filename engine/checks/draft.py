"""The first form of a check: three files that pass every test and ask to be made true."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from engine.errors import UsageError
from engine.facts import FACT_TYPES, Fact
from engine.facts.declared import PREFIX, REGISTERS, is_declared

_ANSWERS_SHOWN = 2
"""How many values of a field the draft needs: one that is wrong, one that is right."""


def subject_field(entity: str, types: Mapping[str, type[Fact]] = FACT_TYPES) -> tuple[str, str, str]:
    """The field that a draft about an entity asks: its name, a value that is wrong, one that is right.

    Raises:
        UsageError: no draft can be made about it
    """
    model = types.get(entity)
    if model is None or model.company_wide:
        allowed = sorted(name for name, one in types.items() if not one.company_wide)
        raise UsageError(
            f"--about {entity}: not a fact type of a shard", f"needs one of {', '.join(allowed)}"
        )
    for name, values in _closed(model):
        if len(values) >= _ANSWERS_SHOWN:
            return name, values[0], values[1]
    raise UsageError(f"--about {entity}: has no field with a closed list", "start from --about account")


def _closed(model: type[Fact]) -> list[tuple[str, list[str]]]:
    found = []
    for name, info in model.model_fields.items():
        values = [value for value in get_args(info.annotation) if isinstance(value, str)]
        if "unknown" in values and not info.is_required():
            found.append((name, [value for value in values if value != "unknown"]))
    return found


def drafted(  # what the three files say
    id_: str,
    entity: str,
    method: str,
    severity: str,
    titles: dict[str, str],
    types: Mapping[str, type[Fact]] = FACT_TYPES,
) -> dict[str, str]:
    """File name -> text of a new check.

    Args:
        id_: its id
        entity: the fact type that it judges
        method: automated, sampled or attested
        severity: as the policy ranks it
        titles: language -> title
        types: the fact types that there are, with the registers that the company declares
    """
    field, wrong, right = subject_field(entity, types)
    own = is_declared(entity)
    array = types[entity].plural
    values = {
        "id": id_,
        "clause": id_.rpartition("-")[0],
        "type": entity,
        "entity": "row" if own else entity,
        "array": array,
        "rows": f'"{REGISTERS}": {{"{array.removeprefix(PREFIX)}": [<one>]}}'
        if own
        else f'"{array}": [<one>]',
        "none": f'"{REGISTERS}": {{"{array.removeprefix(PREFIX)}": []}}' if own else f'"{array}": []',
        "one": "object.union(_<entity>, changes)",
        "field": field,
        "wrong": wrong,
        "right": right,
        "method": method,
        "severity": severity,
        "title": titles["en"],
        "title_en": json.dumps(titles["en"], ensure_ascii=False),
        "title_zh": json.dumps(titles["zh-Hant"], ensure_ascii=False),
    }
    return {
        f"{id_}.yaml": _filled(_YAML, values),
        f"{id_}.rego": _filled(_RULE, values),
        f"{id_}_test.rego": _filled(_TESTS, values),
    }


def _filled(text: str, values: dict[str, Any]) -> str:
    # the order of the values counts: some are made of others
    for name in ("rows", "none", "one", *values):
        text = text.replace(f"<{name}>", str(values[name]))
    return text


_YAML = """id: "<id>"
clause: "<clause>"
method: <method>
severity: <severity>
responsible: department_head
facts:
  subject: [<type>]
evidence:
  <field>: value
texts: # {population:account/accounts} is the word that fits the count: the forms of the language's plural, none in Chinese
  zh-Hant:
    title: <title_zh>
    obligation: <title_zh>
    finding: "{population} 項中，{violations} 項不符合要求，{unknown} 項無法判斷。"
    instance: "{subject}：{<field>}"
    effect: 待補充
    correct:
      - do: 改正下列各項
        who: 部門負責人
        verify: 下次快照中這些項目已符合要求
    evidence:
      <field>: 狀態
  en:
    title: <title_en>
    obligation: <title_en>
    finding: "Of {population} {population:thing/things}, {violations} {violations:is not as it has/are not as they have} to be, and {unknown} cannot be judged."
    instance: "{subject}: {<field>}"
    effect: To be written
    correct:
      - do: Put the items listed right
        who: Head of the department
        verify: In the next snapshot they are as they have to be
    evidence:
      <field>: State
"""

_RULE = """# METADATA
# title: <title>
# description: What is not as it has to be is a violation.
package checks["<id>"]

import future.keywords.not

import data.lib.unknowns

# METADATA
# description: How many are judged, or may have to be.
population := count(input.<array>)

# METADATA
# description: Those that are not as they have to be.
violations contains {"subject": <entity>.uid, "evidence": {"<field>": <entity>.<field>}} if {
	some <entity> in input.<array>
	_wrong(<entity>) == "yes"
}

# METADATA
# description: Those of which it cannot be said.
unknown contains {"subject": <entity>.uid, "reason": reason} if {
	some <entity> in input.<array>
	_wrong(<entity>) == "unknown"
	reason := unknowns.reason([<entity>], ["<field>"])
}

default _wrong(_) := "unknown"

_wrong(<entity>) := "yes" if <entity>.<field> == "<wrong>"

_wrong(<entity>) := "no" if {
	<entity>.<field>
	not <entity>.<field> in {"<wrong>", "unknown"}
}
"""

_TESTS = """package checks["<id>_test"]

import future.keywords.not

import data.checks["<id>"] as check

test_what_is_wrong_is_a_violation if {
	answer := check with input as _shard({})

	answer.population == 1
	answer.violations == {{"subject": _<entity>.uid, "evidence": {"<field>": "<wrong>"}}}
	answer.unknown == set()
}

test_what_is_right_is_none if {
	answer := check with input as _shard({"<field>": "<right>"})

	answer.population == 1
	answer.violations | answer.unknown == set()
}

test_what_is_not_known_is_unknown if {
	answer := check with input as _shard({"<field>": "unknown", "unknown": {"<field>": "stale"}})

	answer.population == 1
	answer.violations == set()
	answer.unknown == {{"subject": _<entity>.uid, "reason": "stale"}}
}

# what the law of missing facts is tried on: each document gives a violation
violating := {"as it is": {"input": _shard({}), "data": {}}}

# who is looked at and has done nothing wrong
innocent := {"as it has to be": {"input": _shard({"<field>": "<right>"}), "data": {}}}

_<entity> := {"uid": "source/<type>/1", "<field>": "<wrong>", "unknown": {}}

_shard(changes) := {<rows>, "context": {<none>}}
"""
