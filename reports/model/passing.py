"""What would make a finding pass, as a reader sees it: readable values, nothing that the audit did not find."""

from collections.abc import Iterable

from engine.findings import Change, Instance
from reports.model.finding_shapes import ChangeView, PassView
from reports.model.names import Names


def passing(instances: Iterable[tuple[str, Instance]], names: Names) -> tuple[PassView, ...]:
    """What was found for some instances.

    Args:
        instances: number in the report and instance
        names: for the times of the company
    """
    return tuple(
        PassView(number=number, changes=tuple(_change(change, names) for change in instance.would_pass))
        for number, instance in instances
        if instance.would_pass
    )


def _change(change: Change, names: Names) -> ChangeView:
    how: str = change.how
    if change.value.isdecimal():
        how = {"by": "at_most", "from": "at_least"}.get(how, how)
    said = names.clock.end(change.value) if how == "by" else names.clock.moment(change.value)
    return ChangeView(entity=change.entity, label=change.label, how=how, value=said)
