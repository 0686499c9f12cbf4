"""A run in which nobody is named: the same numbers, results and dates, under pseudonyms."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from engine.facts import SourceReport
from engine.findings import Applied, Coverage, DataError, Finding, Instance, Run, Subject, Undecided
from reports.auditor.pseudonyms import Pseudonyms, is_uid
from reports.catalogue import Check
from reports.run_folder import RunFolder

_AS_IT_IS = frozenset({"value", "values", "number", "instant", "date", "local"})
"""Kinds of evidence that hold no names: numbers, days, and words of closed lists."""

_Row = TypeVar("_Row", bound=BaseModel)

_HANDLED = frozenset(
    {
        "run", "catalogue", "settings", "history", "coverage", "results", "findings", "undecided", "subjects",
        "waivers", "attestations",
    }
)  # fmt: skip
"""Parts of a run that are masked one by one, or name nobody."""

_WHO = frozenset({"by", "to"})
"""Fields that say who did something, by name or staff number, on file or not."""

_WRITTEN = frozenset({"text", "reason", "evidence", "remark"})
"""Fields that hold what people wrote."""


def masked(found: RunFolder, names: Pseudonyms) -> RunFolder:
    """The run under pseudonyms.

    Instances keep their order, so that evidence keeps its numbers; all else is put in the order of the pseudonyms, for
    the order of staff numbers would tell something of them.
    """
    checks = found.catalogue.by_id()
    later = {
        part.name: _other(getattr(found, part.name), checks, names)
        for part in fields(found)
        if part.name not in _HANDLED
    }
    return replace(
        found,
        **later,
        run=_run(found.run, checks, names),
        coverage=_coverage(found.coverage, names),
        findings=tuple(_finding(finding, checks[finding.check], names) for finding in found.findings),
        undecided=tuple(
            sorted((_undecided(row, names) for row in found.undecided), key=lambda row: row.model_dump_json())
        ),
        subjects=dict(
            sorted(
                ((one.uid, one) for one in (_subject(row, names) for row in found.subjects.values())),
                key=lambda pair: pair[0],
            )
        ),
        waivers=tuple(_applied(row, names) for row in found.waivers),
        attestations=tuple(_applied(row, names) for row in found.attestations),
    )


def masked_evidence(evidence: Mapping[str, Any], check: Check, names: Pseudonyms) -> dict[str, Any]:
    """The evidence of an instance; what is no number, day or closed word may name somebody."""
    return {
        key: value if check.evidence.get(key) in _AS_IT_IS else names.anything(value)
        for key, value in evidence.items()
    }


def _other(value: Any, checks: Mapping[str, Check], names: Pseudonyms) -> Any:
    """A part that this module knows nothing of: who did something, and what people wrote, is replaced wherever it stands."""
    match value:
        case Finding():
            return _finding(value, checks[value.check], names)
        case BaseModel():
            return value.model_copy(update={name: _field(name, part, checks, names) for name, part in value})
        case tuple():
            return tuple(_other(part, checks, names) for part in value)
        case dict():
            return {name: _other(part, checks, names) for name, part in value.items()}
        case _:
            return value


def _rest(row: _Row, names: Pseudonyms) -> _Row:
    """A row whose known fields are masked one by one: here all others are."""
    masked_row: _Row = _other(row, {}, names)
    return masked_row


def _field(name: str, value: Any, checks: Mapping[str, Check], names: Pseudonyms) -> Any:
    if isinstance(value, str) and is_uid(value):
        return names.uid(value)
    if isinstance(value, str) and name in _WHO:
        return names.name(value) if value else ""
    if isinstance(value, str) and name in _WRITTEN:
        return names.text(value)
    return _other(value, checks, names)


def _run(run: Run, checks: Mapping[str, Check], names: Pseudonyms) -> Run:
    rows = tuple(
        row.model_copy(update={"head": tuple(names.name(head) for head in row.head)})
        for row in run.departments
    )
    masked_run: Run = _other(run, checks, names)
    return masked_run.model_copy(
        update={"departments": rows, "contact": None}
    )  # it is somebody's name or address


def _finding(finding: Finding, check: Check, names: Pseudonyms) -> Finding:
    owner = finding.owner.model_copy(update={"person": _who(finding.owner.person, names)})
    instances = tuple(_instance(instance, check, names) for instance in finding.instances)
    return finding.model_copy(update={"owner": owner, "instances": instances})


def _who(uid: str, names: Pseudonyms) -> str:
    return names.uid(uid) if uid else ""


def _instance(instance: Instance, check: Check, names: Pseudonyms) -> Instance:
    return _rest(instance, names).model_copy(
        update={
            "fingerprint": names.digest(instance.fingerprint),
            "subject": names.uid(instance.subject),
            "evidence": masked_evidence(instance.evidence, check, names),
            "waiver": _who(instance.waiver, names),
            "owner": _who(instance.owner, names),
        }
    )


def _subject(subject: Subject, names: Pseudonyms) -> Subject:
    return _rest(subject, names).model_copy(
        update={
            "uid": names.uid(subject.uid),
            "name": names.called(subject.uid, subject.name),
            "source_record_id": names.called(subject.uid, subject.source_record_id),
            "raw_sha256": names.digest(subject.raw_sha256),
        }
    )


def _undecided(row: Undecided, names: Pseudonyms) -> Undecided:
    return _rest(row, names).model_copy(update={"subject": names.uid(row.subject)})


def _applied(row: Applied, names: Pseudonyms) -> Applied:
    return _rest(row, names).model_copy(
        update={
            "uid": names.uid(row.uid),
            "number": names.text(row.number),
            "subject": _who(row.subject, names),
            "reason": names.text(row.reason),
            "approved_by": _who(row.approved_by, names),
        }
    )


def _coverage(coverage: Coverage, names: Pseudonyms) -> Coverage:
    return coverage.model_copy(
        update={
            "sources": tuple(_source(source, names) for source in coverage.sources),
            "data_errors": tuple(_error(error, names) for error in coverage.data_errors),
        }
    )


def _source(source: SourceReport, names: Pseudonyms) -> SourceReport:
    return source.model_copy(
        update={
            "problems": tuple(names.text(problem) for problem in source.problems),
            "unmapped": tuple(names.text(word) for word in source.unmapped),
        }
    )


def _error(error: DataError, names: Pseudonyms) -> DataError:
    """An error in the data often names what nobody knows, such as a staff number that is on no file."""
    field, colon, value = error.detail.partition(": ")
    detail = f"{names.text(field)}: {names.name(value)}" if colon else names.text(error.detail)
    return error.model_copy(update={"subject": names.uid(error.subject), "detail": detail})
