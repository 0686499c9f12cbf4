"""Words: the model in the language of a reader."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from engine.checks.plurals import Counted, filled, named
from reports.catalogue import Catalogue, Pack, Texts
from reports.model.check_shapes import CheckRow
from reports.model.finding_shapes import FindingView, InstanceView, OwnerView, Shown
from reports.model.others import Others
from reports.sentences import Sentences

_INSTEAD_OF = {"zh-Hans": "zh-Hant"}
"""What is read where a pack has no text in a derived language."""

_INSTEAD = frozenset({"none", "unknown"})
"""What rules write where a record has no value, whatever kind of value it would be."""

_OTHERS = {"person": "others.person", "account": "others.account"}

_TRANSLATED = frozenset({"value", "values", "records"})
"""Kinds of evidence that hold words of closed lists."""


def _plain(value: object) -> str:
    """The value of a setting; a list as its items."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _many(shown: Shown) -> int | Decimal | None:
    """How many a part of the evidence says that there are, or holds: what a word in a sentence agrees with."""
    if shown.kind != "number":
        return sum(part[0].n if part and isinstance(part[0], Others) else 1 for part in shown.parts)
    try:
        number = Decimal(str(shown.parts[0][0]))
    except (IndexError, InvalidOperation):
        return None
    return number if number.is_finite() else None


class Words(Sentences):
    """One language, over one run's catalogue: the sentences of the frame, and the texts of checks."""

    def __init__(self, language: str, catalogue: Catalogue, year: int) -> None:
        super().__init__(language, year)
        self._instead = _INSTEAD_OF.get(language, language)
        self._catalogue = catalogue
        self._checks = catalogue.by_id()
        self._chapters = {chapter.id: chapter.title for chapter in catalogue.chapters}
        self._clauses = {clause.id: clause.title for clause in catalogue.clauses}
        self._said: dict[str, frozenset[str]] = {}
        self._evidence: tuple[InstanceView | None, dict[str, Counted]] = (None, {})

    def policy(self) -> str:
        """The title of the policy."""
        return self._of(self._catalogue.policy.title)

    def chapter(self, chapter: str) -> str:
        """The title of a chapter."""
        return self._of(self._chapters.get(chapter, {}))

    def clause(self, clause: str) -> str:
        """The title of a clause."""
        return self._of(self._clauses.get(clause, {}))

    def check(self, check: str) -> Texts:
        """The texts of a check; in the first language that it has, if it has none in this one."""
        texts = self._checks[check].texts
        return texts.get(self.language) or texts.get(self._instead) or texts[min(texts)]

    def stands(self, check: str) -> list[str]:
        """What a reader has to know of a check that does not simply belong to the policy: replaced, reworded, not always in force."""
        here, said = self._checks[check], []
        if here.replaces:
            said.append(self.t("stands.replaces", check=here.replaces, reason=self._of(here.reason)))
        if here.replaced_by:
            said.append(self.t("stands.replaced_by", checks=self._frame.all_of(here.replaced_by)))
        if here.in_force.since:
            said.append(self.t("stands.from", day=self.day(here.in_force.since.isoformat())))
        if here.in_force.until:
            said.append(self.t("stands.until", day=self.day(here.in_force.until.isoformat())))
        return said

    def criterion(self, check: str, version: str) -> str:
        """Whose rule a check is: that of the policy, in its version, or one of the company's own, from a pack."""
        for pack in self._catalogue.packs:
            if check in pack.checks:
                return self.t("card.pack", name=pack.name)
        return self.t("card.policy", policy=self.policy(), version=version)

    def packs(self) -> list[tuple[str, list[str]]]:
        """Each pack of the company, and what it adds, changes and replaces, in sentences."""
        return [(pack.name, list(self._of_pack(pack))) for pack in self._catalogue.packs]

    def _of_pack(self, pack: Pack) -> Iterator[str]:
        for row in pack.replaces:
            yield self.t("packs.replaces", check=row.check, by=row.by, reason=self._of(row.reason))
        for change in pack.settings:
            yield self.t(
                "packs.setting",
                title=self.setting(change.name),
                name=change.name,
                value=_plain(change.value),
                reason=self._of(change.reason),
            )
        for reworded in pack.texts:
            yield self.t("packs.texts", check=reworded.check, reason=self._of(reworded.reason))
        if pack.clauses:
            yield self.t("packs.clauses", clauses=self._frame.all_of(pack.clauses))
        if pack.checks:
            yield self.t("packs.checks", checks=self._frame.all_of(pack.checks))

    def title(self, check: str) -> str:
        """The title of a check."""
        return self.check(check).title if check in self._checks else check

    def finding(self, check: str, counts: Mapping[str, int]) -> str:
        """What is wrong in the department."""
        return filled(
            self.check(check).finding,
            {name: self.counted(number) for name, number in counts.items()},
        )

    def instance(self, check: str, instance: InstanceView) -> str:
        """What is wrong with one subject."""
        return filled(self.check(check).instance, {**self._told(instance), "subject": instance.name})

    def more(self, check: str, instance: InstanceView) -> list[tuple[str, str]]:
        """The evidence that the sentence about an instance leaves out: labels and values."""
        texts = self.check(check)
        if check not in self._said:
            self._said[check] = frozenset(named(texts.instance))
        said, labels = self._said[check], texts.evidence
        return [
            (labels.get(key, key), str(value))
            for key, value in self._told(instance).items()
            if key not in said
        ]

    def _told(self, instance: InstanceView) -> dict[str, Counted]:
        """The evidence by its keys; the sentence and what it leaves out are asked for one after the other."""
        if self._evidence[0] is not instance:
            self._evidence = (
                instance,
                {
                    shown.key: Counted(self.shown(shown), _many(shown), self.language)
                    for shown in instance.evidence
                },
            )
        return self._evidence[1]

    def condition(self, finding: FindingView) -> str:
        """What is wrong in the department, for files that hold nothing but text."""
        return self.finding(
            finding.check,
            {
                "violations": finding.violations,
                "population": finding.population,
                "unknown": finding.unknown,
                "waived": finding.waived,
            },
        )

    def told(self, check: str, instance: InstanceView) -> str:
        """All that is known about an instance: the sentence, and the evidence that it leaves out."""
        more = self.t("semicolon").join(
            f"{label}{self.t('colon')}{value}" for label, value in self.more(check, instance)
        )
        return (
            f"{self.instance(check, instance)}{self.space}{more}" if more else self.instance(check, instance)
        )

    def owner(self, owner: OwnerView) -> str:
        """Who answers for a finding: role, name and department."""
        said = self.one_of("role", owner.role)
        if owner.name:
            said += f"{self.t('colon')}{owner.name}"
        return f"{said} · {owner.department_name}" if owner.department_name else said

    def to_do(self, check: str) -> str:
        """The steps of the remedy in one line: what stops the harm first, then what removes its cause."""
        texts = self.check(check)
        steps = (*texts.contain, *texts.correct)
        return " ".join(f"({number}) {step.do}" for number, step in enumerate(steps, start=1))

    def first_step(self, check: str) -> str:
        """What to do first: what stops the harm, or where nothing does, what removes its cause."""
        texts = self.check(check)
        return next((step.do for step in (*texts.contain, *texts.correct)), "")

    def outcome(self, row: CheckRow) -> str:
        """What a check says, with the reason where it says nothing or does not apply."""
        said = self.one_of("word", row.word)
        return f"{said}{self.t('colon')}{self.why(row)}" if row.reason else said

    def excused(self, row: CheckRow) -> str:
        """The waivers that the waived instances of a check are under."""
        return self.t("semicolon").join(f"{one.number} {one.reason}".strip() for one in row.waivers)

    def why(self, row: CheckRow) -> str:
        """Why a check was not assessed, and which sources it lacks."""
        said = self.one_of("reason", row.reason)
        return f"{said}{self.t('colon')}{self.listed(row.missing)}" if row.missing else said

    def shown(self, shown: Shown) -> str:
        """A part of the evidence."""
        closed = shown.kind in _TRANSLATED
        parts = (" · ".join(self._atom(atom, closed=closed) for atom in part if atom) for part in shown.parts)
        return self.listed(tuple(part for part in parts if part)) or self.t("none")

    def _atom(self, atom: str | Others, *, closed: bool) -> str:
        if isinstance(atom, Others):
            return self.t(_OTHERS[atom.of], department=atom.department or self.t("company"), n=atom.n)
        return self.value(atom) if closed or atom in _INSTEAD else atom

    def value(self, word: str) -> str:
        """A word of a closed list of the facts."""
        known = self._catalogue.values.get(word)
        return self._of(known) if known else word

    def named(self, title: str | Mapping[str, str]) -> str:
        """A title that is the same in all languages, or has a form in each."""
        return title if isinstance(title, str) else self._of(title)

    def setting(self, name: str) -> str:
        """What a setting means."""
        for check in self._checks.values():
            if name in check.settings:
                return self._of(check.settings[name].get("title", {})) or name
        return name

    def _of(self, texts: Mapping[str, str]) -> str:
        said = texts.get(self.language) or texts.get(self._instead)
        return said or next((texts[language] for language in sorted(texts)), "")
