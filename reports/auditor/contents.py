"""What lies in an auditor's pack, file by file; a file is made when its turn comes, so that none waits for the others."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from engine.canonical import canonical, canonical_lines
from engine.rolls import ADDED, LEVELS, TAKEN
from reports.auditor.criteria import Criterion, criteria
from reports.auditor.crosswalk import pivot
from reports.auditor.evidence import evidence
from reports.auditor.verify import CHAIN, LOG
from reports.clean import clean, escaped
from reports.formats.given import Given
from reports.formats.pages import department_pages, pages
from reports.formats.plain import defused
from reports.formats.workbook import workbooks
from reports.frames import OFFERED
from reports.html import Pages
from reports.model import Model
from reports.model.past_shapes import RollView
from reports.run_folder import RunFolder
from reports.words import Words

Entry = tuple[str, bytes]


@dataclass(frozen=True)
class Material:
    """All that a pack is made from. What names people has been put under pseudonyms before, if it is to be."""

    found: RunFolder
    model: Model
    languages: tuple[str, ...]
    """Of the reports; what the auditor reads first is there in every language."""
    crosswalk: Mapping[str, Any]
    rules: Mapping[str, bytes] = field(default_factory=dict)
    """Path -> rule, test or library as it was run."""
    rules_missing: tuple[str, ...] = ()
    """Checks whose rule at hand is not the one that ran."""
    rule_lines: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Check -> path of its rule, and the line at which it says what violates it."""
    delivered: Mapping[str, Mapping[str, Any]] | None = None
    """Source -> records and digest of what it delivered; none: the snapshot was not at hand."""
    samples: Sequence[Mapping[str, Any]] | None = None
    log: Sequence[Mapping[str, Any]] | None = None
    """Entries of the log of findings, each with its place and its digest; none: no history was at hand."""
    log_chain: Sequence[str] = ()
    """Digests of all entries of the log in their order, also of those about findings of other runs."""
    issued: Mapping[str, bytes] | None = None
    """Path -> a report exactly as it was issued."""
    issued_digests: Mapping[str, Mapping[str, Any]] | None = None
    """Path -> bytes and SHA-256 of the reports as issued; none: they were not at hand."""
    withheld: Sequence[Mapping[str, Any]] | None = None
    """Findings that the inspector kept back, with the reason; none: the run was not reviewed."""
    pseudonymous: bool = True
    key: str = ""
    """Says which key the pseudonyms were made with, without giving it away."""


def contents(given: Material) -> Iterator[Entry]:
    """Every file of the pack but its manifest, in a fixed order."""
    table = criteria(given.model, clean(list(given.log or ())))
    absent = absences(given)
    yield from _readme(given, table, absent)
    yield "01-scope/criteria.json", _json([row.model_dump(mode="json") for row in table])
    yield "01-scope/coverage.csv", _coverage(given.model)
    yield "01-scope/crosswalk.json", _json(pivot(given.crosswalk, table))
    yield "02-snapshots/sources.json", _json(_sources(given))
    yield from _results(given)
    yield from evidence(given.found, given.model, given.rule_lines)
    if given.samples is not None:
        yield "05-samples/samples.json", _json(list(given.samples))
    yield "06-attestations/attestations.jsonl", _rows(given.found.attestations)
    yield "07-exceptions/waivers.jsonl", _rows(given.found.waivers)
    if given.withheld is not None:
        yield "07-exceptions/withheld.jsonl", canonical_lines(given.withheld)
    yield from _rules(given)
    yield from _reports(given)
    yield (
        "10-followup/closed.json",
        _json(
            [
                finding.model_dump(mode="json", exclude={"instances"})
                for department in given.model.departments
                for finding in department.closed
            ]
        ),
    )
    if given.log is not None:
        # as the log has it, or its digest would not fit: what could steer a terminal is written as an escape
        yield LOG, b"".join(escaped(canonical(row).decode()).encode() + b"\n" for row in given.log)
        yield CHAIN, _json({"digests": list(given.log_chain)})
    yield "verify.py", (files("reports") / "auditor" / "verify.py").read_bytes()


def absences(given: Material) -> tuple[str, ...]:
    """What a reader looks for and does not find, as keys of the catalogue of the frame: said, not left to be noticed."""
    said = {
        "snapshot": given.delivered is None,
        "log": given.log is None,
        "issued": given.issued_digests is None,
        "rules": bool(given.rules_missing),
        "review": given.withheld is None,
    }
    return tuple(name for name, missing in said.items() if missing)


def manifest(given: Material, listed: Mapping[str, Any]) -> dict[str, Any]:
    """What the pack says of itself, without its digest: every file, and the digests that it stands on."""
    run = given.found.run
    return {
        "schema": "auditor-pack/1",
        "run": run.id,
        "organisation": run.organisation,
        "period": run.period.label,
        "as_of": run.as_of,
        "engine": {"name": run.engine.name, "version": run.engine.version},
        "policy": {"id": run.policy, "version": run.policy_version},
        "digests": run.digests.model_dump(),
        "identities": "pseudonyms" if given.pseudonymous else "real names",
        "key": given.key,
        "roll": {"added": list(ADDED), "taken": list(TAKEN)},
        "files": dict(sorted(listed.items())),
    }


def _json(value: Any) -> bytes:
    return canonical(value) + b"\n"


def _rows(rows: Iterable[Any]) -> bytes:
    return canonical_lines(row.model_dump(mode="json") for row in rows)


def _readme(given: Material, table: Sequence[Criterion], absent: Sequence[str]) -> Iterator[Entry]:
    made = Pages(given.model.run, given.found.catalogue, OFFERED)
    for language in OFFERED:
        page = made.auditor(
            given.model,
            language,
            {"table": table, "absent": absent, "pseudonymous": given.pseudonymous, "key": given.key},
        )
        yield f"00-README.{language}.html", page.encode()


def _coverage(model: Model) -> bytes:
    """Check x department: method, result, reason, and the sources that it lacks. For spreadsheets: no cell is a formula."""
    head = (
        "check", "clause", "department", "method", "result", "population", "violations", "unknown", "waived",
        "reason", "missing",
    )  # fmt: skip
    return _table(
        head,
        (
            (
                row.check, clause.clause, department.code, row.method, row.word, row.population, row.violations,
                row.unknown, row.waived, row.reason, "; ".join(row.missing),
            )
            for department in model.departments
            for chapter in department.chapters
            for clause in chapter.clauses
            for row in clause.checks
        ),
    )  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _sources(given: Material) -> dict[str, Any]:
    return {
        "snapshot": given.found.run.digests.snapshot,
        "data_included": False,
        "sources": [
            {
                **source.model_dump(mode="json", exclude_none=True),
                "delivered": (given.delivered or {}).get(source.id, {}),
            }
            for source in given.found.coverage.sources
        ],
    }


def _results(given: Material) -> Iterator[Entry]:
    found = given.found
    yield "03-results/run.json", _json(found.run.model_dump(mode="json", by_alias=True))
    yield "03-results/results.jsonl", _rows(found.results)
    yield "03-results/findings.jsonl", _rows(found.findings)
    yield "03-results/undecided.jsonl", _rows(found.undecided)
    yield "03-results/subjects.jsonl", _rows(found.subjects.values())
    yield "03-results/coverage.json", _json(found.coverage.model_dump(mode="json", exclude_none=True))
    yield "03-results/rollforward.csv", _roll(given.model)
    yield "03-results/model.json", _json(given.model.model_dump(mode="json", by_alias=True))


def _roll(model: Model) -> bytes:
    """Every department's roll-forward and the company's, at both levels; the total is the row without a department."""
    terms = ("opening", *ADDED, *TAKEN, "closing", "unverified")

    def rows() -> Iterator[Sequence[str | int]]:
        for level in LEVELS:
            for code, past in (
                *((row.code, row.trend) for row in model.company.roll),
                ("", model.company.trend),
            ):
                roll: RollView | None = getattr(past, level)
                if roll is not None:
                    yield (level, code, *(getattr(roll, term) for term in terms))

    return _table(("level", "department", *terms), rows())


def _rules(given: Material) -> Iterator[Entry]:
    yield "08-rules/settings.json", _json(given.found.settings.model_dump(mode="json"))
    yield (
        "08-rules/changes.json",
        _json(
            {
                "since_last_quarter": given.found.history.company[-1].breaks
                if given.found.history.company
                else {},
                "not_included": list(given.rules_missing),
            }
        ),
    )
    for path, data in sorted(given.rules.items()):
        yield f"08-rules/rego/{path}", data


def _reports(given: Material) -> Iterator[Entry]:
    """The reports exactly as issued; under pseudonyms they are written anew, and those issued are known by digest."""
    if given.issued_digests is not None:
        yield "09-reports/issued.json", _json(dict(given.issued_digests))
    if given.issued is not None:
        for path, data in sorted(given.issued.items()):
            yield f"09-reports/{path}", data
        return
    made = Given(
        model=given.model,
        run=given.model.run,
        pages=Pages(given.model.run, given.found.catalogue, given.languages, action_lists=True),
        words={
            language: Words(language, given.found.catalogue, given.model.run.year)
            for language in given.languages
        },
    )
    for where, data in pages(made):
        yield f"09-reports/{where.as_posix()}", data
    for department in given.model.departments:
        for writer in (department_pages, workbooks):
            for where, data in writer(made, department):
                yield f"09-reports/{where.as_posix()}", data
