"""What both OSCAL documents are made of: metadata, observations, risks and findings of version 1.2.1."""

from collections.abc import Iterator
from typing import Any

from engine.findings import FindingState
from reports.formats.given import Given, program
from reports.formats.ids import control, uid
from reports.formats.plain import line
from reports.model import Department
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView, InstanceView
from reports.model.run_shapes import RunView
from reports.words import Words

_METHODS = {"automated": ["TEST"], "sampled": ["EXAMINE", "TEST"], "attested": ["INTERVIEW"]}
"""How a check decides, in the words of SP 800-53A."""

_NS = "urn:clausewise:oscal"
"""Properties of ours live in a namespace of ours."""

Part = dict[str, Any]


class Parts:
    """The parts of one run, in the words of one language."""

    def __init__(self, given: Given) -> None:
        self.run: RunView = given.model.run
        self.words: Words = given.first
        self.policy = given.first.policy()
        self._given = given

    def uid(self, *parts: str) -> str:
        """An id of this run."""
        return uid(self.run.id, *parts)

    def metadata(self, title: str) -> Part:
        """The head of a document."""
        organisation = self.uid("organisation")
        return {
            "title": line(
                f"{self.policy} · {title} · {self.run.organisation} · {self.run.period} · "
                f"{self.words.state(self.run.issue)}"
            ),
            "last-modified": self.run.as_of_at,
            "version": line(f"{self.run.policy_version} {self.run.period}"),
            "oscal-version": "1.2.1",
            "props": properties(
                run=self.run.id,
                program=program(),
                engine=self.run.engine,
                report=self.run.issue.state,
                version=str(self.run.issue.version),
            ),
            "roles": [{"id": "assessor", "title": self.words.t("sign.inspector")}],
            "parties": [
                {"uuid": organisation, "type": "organization", "name": line(self.run.organisation) or "-"}
            ],
            "responsible-parties": [{"role-id": "assessor", "party-uuids": [organisation]}],
        }

    def subject(self, finding: FindingView, instance: InstanceView) -> Part:
        """An instance's subject, as an item of the department's inventory."""
        item: Part = {
            "uuid": self.uid("subject", finding.department, instance.subject),
            "description": instance.name or "-",
        }
        return item | {"props": properties(uid=instance.subject, source=instance.source)}

    def seen(self, finding: FindingView, instance: InstanceView) -> str:
        """The id of an observation; one subject may fail one check in several departments."""
        return self.uid(finding.check, finding.department, instance.subject)

    def observation(self, finding: FindingView, instance: InstanceView) -> Part:
        """What was seen of one subject."""
        return {
            "uuid": self.seen(finding, instance),
            "title": line(f"{finding.number} {instance.number}"),
            "description": self.words.told(finding.check, instance),
            "props": properties(
                fingerprint=instance.fingerprint,
                severity=instance.severity,
                state=instance.state,
                suppressed="yes" if instance.waiver else "no",
                waiver=instance.waiver,
                **{"waiver-until": instance.waiver_until},
            ),
            "methods": _METHODS[finding.method],
            # carried on from the run before: nobody could look again
            "types": ["historic" if finding.state is FindingState.UNVERIFIED else "finding"],
            "subjects": [
                {
                    "subject-uuid": self.uid("subject", finding.department, instance.subject),
                    "type": "inventory-item",
                    "title": line(instance.name) or "-",
                }
            ],
            "collected": instance.collected_at or self.run.as_of_at,
        }

    def remark(self, department: Department, row: CheckRow) -> Part:
        """That nothing can be said about a check: no finding, neither satisfied nor not."""
        return {
            "uuid": self.uid(row.check, department.code, "remark"),
            "title": line(f"{row.check} {self.words.title(row.check)}"),
            "description": self.words.outcome(row),
            "props": properties(control=control(row.check), result=row.word, reason=row.reason),
            "methods": ["UNKNOWN"] if row.word == "not_assessed" else _METHODS[row.method],
            "types": ["control-objective"],
            "collected": self.run.as_of_at,
        }

    def risk(self, department: Department, finding: FindingView) -> Part:
        """A finding as a risk, with the days by which it must be contained and corrected."""
        texts = self.words.check(finding.check)
        risk: Part = {
            "uuid": self.uid(finding.check, department.code, "risk"),
            "title": line(f"{finding.number} {texts.title}"),
            "description": self.words.condition(finding) or texts.title,
            "statement": texts.effect or texts.title,
            "props": properties(
                fingerprint=finding.fingerprint,
                severity=finding.severity,
                state=finding.state,
                overdue="yes" if finding.is_overdue else "no",
                owner=self.words.owner(finding.owner),
            ),
            "status": _status(finding),
        }
        if finding.correct_by_ends_at:
            risk["deadline"] = finding.correct_by_ends_at
        seen = [{"observation-uuid": self.seen(finding, one)} for one in finding.instances]
        if finding.is_open:
            risk["remediations"] = [self._remediation(department, finding)]
        return risk | ({"related-observations": seen} if seen else {})

    def accepted(self, department: Department, row: CheckRow) -> Part:
        """A check of which all that fails is waived, where no finding tells it."""
        texts = self.words.check(row.check)
        return {
            "uuid": self.uid(row.check, department.code, "risk"),
            "title": line(f"{row.check} {texts.title}"),
            "description": line(
                f"{self.words.t('word.waived')}{self.words.t('colon')}{self.words.excused(row)}"
            ),
            "statement": texts.effect or texts.title,
            "status": "deviation-approved",
        }

    def finding(self, department: Department, row: CheckRow, finding: FindingView | None) -> Part:
        """What a check says about a department: satisfied only if it passed."""
        satisfied = row.word == "pass"
        said = self.words.condition(finding) if finding and not satisfied else ""
        made: Part = {
            "uuid": self.uid(row.check, department.code, "finding"),
            "title": line(f"{row.check} {self.words.title(row.check)}"),
            "description": said or self.words.one_of("word", row.word),
            "props": properties(
                result=row.word, population=str(row.population), violations=str(row.violations)
            ),
            "target": {
                "type": "objective-id",
                "target-id": control(row.check),
                "status": {
                    "state": "satisfied" if satisfied else "not-satisfied",
                    "reason": "pass" if satisfied else "other" if row.word == "waived" else "fail",
                },
            },
        }
        if finding is not None:
            seen = [{"observation-uuid": self.seen(finding, one)} for one in finding.instances]
            made |= {"related-observations": seen} if seen else {}
        if finding is not None or row.word == "waived":
            made["related-risks"] = [{"risk-uuid": self.uid(row.check, department.code, "risk")}]
        return made

    def _remediation(self, department: Department, finding: FindingView) -> Part:
        """The steps of the remedy; the dates are milestones."""
        texts = self.words.check(finding.check)
        unique = (finding.check, department.code)
        dates = (
            ("contain", finding.contain_by_ends_at, texts.contain),
            ("correct", finding.correct_by_ends_at, texts.correct),
        )
        tasks = [
            {
                "uuid": self.uid(*unique, name),
                "type": "milestone",
                "title": self.words.t("contain_by" if name == "contain" else "correct_by"),
                "description": " ".join(step.do for step in steps) or texts.title,
                "timing": {"on-date": {"date": day}},
            }
            for name, day, steps in dates
            if day
        ]
        return {
            "uuid": self.uid(*unique, "remediation"),
            "lifecycle": "recommendation",
            "title": line(texts.title),
            "description": self.words.to_do(finding.check) or texts.title,
        } | ({"tasks": tasks} if tasks else {})


def properties(**values: str) -> list[Part]:
    """Properties of ours; one that says nothing is left out, for OSCAL knows no empty value."""
    return [
        {"name": name, "ns": _NS, "value": line(value)}
        for name, value in sorted(values.items())
        if line(value)
    ]


def unique(parts: Iterator[Part]) -> list[Part]:
    """Each part once, by its id."""
    return list({part["uuid"]: part for part in parts}.values())


def _status(finding: FindingView) -> str:
    if finding.is_waived:
        return "deviation-approved"
    return "closed" if finding.state is FindingState.CLOSED else "open"
