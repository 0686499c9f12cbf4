"""The annex of a department: lists in full. What is too long for its report stands on pages of its own, none is cut."""

from collections.abc import Iterator, Sequence

from reports.model.annex_shapes import AnnexPage, AnnexPart
from reports.model.finding_shapes import FindingView, UndecidedView

ROWS = 1000
"""Rows that an annex inside a report has at most, and a page of a longer one: browsers of phones hold that."""


def annex_pages(findings: Sequence[FindingView], undecided: Sequence[UndecidedView]) -> tuple[AnnexPage, ...]:
    """The pages of a long annex; none where the report itself holds it.

    Args:
        findings: open and waived ones in the order of the report
        undecided: what could not be decided
    """
    listed = [finding for finding in findings if finding.in_annex]
    if sum(len(finding.instances) for finding in listed) + len(undecided) <= ROWS:
        return ()
    pages: list[list[AnnexPart]] = [[]]
    room = ROWS
    for part in (*_whole(listed), *_undecided(undecided)):
        start = part.start
        while start < part.stop:
            if not room:
                pages.append([])
                room = ROWS
            stop = min(start + room, part.stop)
            pages[-1].append(_named(part, start, stop, listed))
            room -= stop - start
            start = stop
    return tuple(
        AnnexPage(name=f"annex-{number}", number=number, pages=len(pages), parts=tuple(parts))
        for number, parts in enumerate(pages, start=1)
    )


def _whole(findings: Sequence[FindingView]) -> Iterator[AnnexPart]:
    for finding in findings:
        total = len(finding.instances)
        yield AnnexPart(check=finding.check, start=0, stop=total, rows=total, total=total, first="", last="")


def _undecided(undecided: Sequence[UndecidedView]) -> Iterator[AnnexPart]:
    total = len(undecided)
    yield AnnexPart(check="", start=0, stop=total, rows=total, total=total, first="", last="")


def _named(part: AnnexPart, start: int, stop: int, findings: Sequence[FindingView]) -> AnnexPart:
    first, last = str(start + 1), str(stop)
    if part.check:
        instances = next(finding.instances for finding in findings if finding.check == part.check)
        first, last = instances[start].number, instances[stop - 1].number
    return AnnexPart(
        check=part.check, start=start, stop=stop, rows=stop - start, total=part.total, first=first, last=last
    )
