"""This run against the one before: what was closed, and what could not be looked at."""

from collections.abc import Container, Iterable, Iterator

from engine.audit.verdict import Verdict
from engine.findings import OUT_OF_FORCE, Earlier, Finding, FindingState, Outcome, Previous, Result


def carried(
    previous: Previous,
    wanted: Iterable[str],
    results: dict[tuple[str, str], Result],
    open_now: Container[str],
) -> Iterator[Finding]:
    """Findings of the run before that are not open now: closed if they were looked at, else carried unverified.

    Args:
        previous: the run before
        wanted: fingerprints of the findings that are asked for
        results: (check, department) -> result of this run
        open_now: fingerprints of this run's findings
    """
    for key in sorted(wanted):
        before = previous.findings[key]
        if key in open_now:
            continue
        result = results.get((before.check, before.department))
        looked_at = (
            result is not None
            and result.result is not Outcome.NOT_ASSESSED
            and result.reason not in OUT_OF_FORCE
        )
        if looked_at:
            gone = {"state": FindingState.CLOSED, "violations": 0, "unknown": 0}
            counts = {"population": result.population, "waived": result.waived} if result else {}
            yield before.finding((), **gone, **counts)
        else:
            still = sum(not instance.waiver for instance in before.instances)
            instances = tuple(previous.whole(one) for one in before.instances)
            yield before.finding(instances, state=FindingState.UNVERIFIED, violations=still)


def with_unverified(
    finding: Finding, before: Earlier, verdict: Verdict, previous: Previous, *, unseen: bool
) -> Finding:
    """The finding of today with those instances of then that nobody could look at: not closed, carried on.

    Args:
        finding: as the check decides it today
        before: as it was in the run before
        verdict: what the finding is drawn from
        previous: the run before
        unseen: whether the department may have subjects of the check that nobody shows
    """
    known = {instance.fingerprint for instance in finding.instances}
    carried_on = tuple(
        previous.whole(instance, state=FindingState.UNVERIFIED)
        for instance in sorted(before.instances, key=lambda one: one.subject)
        if instance.fingerprint not in known
        and not instance.waiver
        and (unseen or instance.subject in verdict.undecided)
    )
    return finding.model_copy(update={"instances": (*finding.instances, *carried_on)})
