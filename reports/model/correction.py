"""Whose place a report takes because a source was wrong, and what came out otherwise."""

from collections import Counter
from collections.abc import Mapping

from engine.findings import Supersedes
from reports.model.run_shapes import ChangedResult, CorrectedSourceView, SupersedesView


def correction(said: Supersedes | None, names: Mapping[str, str]) -> SupersedesView | None:
    """What pages tell of a correction; none of a run that takes nobody's place.

    Args:
        said: what the run says
        names: code of a department -> its short name, in the order of the organisation
    """
    if said is None:
        return None
    changed = Counter(row.department for row in said.results)
    return SupersedesView(
        snapshot=said.snapshot,
        run=said.run,
        named=", ".join(source.title for source in said.sources),
        sources=tuple(CorrectedSourceView(**source.model_dump()) for source in said.sources),
        differs=said.differs,
        results=tuple(
            ChangedResult(
                department=names.get(row.department, row.department),
                check=row.check,
                was=row.was,
                is_now=row.is_now,
                violations_were=row.violations_were,
                violations_are=row.violations_are,
            )
            for row in said.results
        ),
        changed={code: changed[code] for code in names},
        findings_added=said.findings_added,
        findings_gone=said.findings_gone,
    )
