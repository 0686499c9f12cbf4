"""Sentences: what the frame of the reports says about the model, in the language of a reader."""

from collections.abc import Mapping
from datetime import date

from engine.checks.plurals import Counted, filled
from reports.frames import Frame, frame
from reports.model.front_shapes import Action, Also, Say
from reports.model.issued_shapes import DepartmentChanges, IssueView

_NAMING = frozenset({"year", "quarter", "version", "before"})
"""Numbers that name something and count nothing: they are written as they are."""


class Sentences:
    """The frame in one language; `year` is that of the report, which prose leaves out of its days."""

    def __init__(self, language: str, year: int) -> None:
        self.language = language
        self._frame: Frame = frame(language)
        self.space = self._frame.space
        self._year = year
        self._bare: dict[str, str] = {}

    def t(self, key: str, **values: object) -> str:
        """A text of the frame; `n` chooses between one and many.

        Raises:
            KeyError: the frame has no such text, which is a fault of ours
        """
        if values:
            return filled(self._frame.text(key, values.get("n")), self._written(values))
        if key not in self._bare:  # asked for again with every row of a table
            self._bare[key] = filled(self._frame.text(key), {})
        return self._bare[key]

    def _written(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values of placeholders, numbers of things as the language writes them."""
        return {
            name: self.counted(value) if isinstance(value, int) and name not in _NAMING else value
            for name, value in values.items()
        }

    def counted(self, number: int) -> Counted:
        """A number of things as the language writes it, for a word that agrees with it."""
        return Counted(self._frame.number(number), number, self.language)

    def has(self, key: str) -> bool:
        """Whether the frame has a text."""
        return self._frame.has(key)

    def one_of(self, group: str, word: str) -> str:
        """A word of a closed list; a word that is not in it is shown as it is."""
        key = f"{group}.{word}"
        return self.t(key) if self.has(key) else word.replace("_", " ")

    def say(self, sentence: Say) -> str:
        """A sentence of the model."""
        return self.t(
            sentence.key,
            **sentence.counts,
            **{name: self.day(day) for name, day in sentence.days.items()},
            **sentence.names,
            **{name: self.t(key) for name, key in sentence.words.items()},
            terms=self.listed(tuple(self.t(term.key, n=term.count) for term in sentence.terms)),
        )

    def also(self, also: Also) -> str:
        """What is urgent besides the actions, and by when."""
        if not also.first:
            return self.t("front.also_late", n=also.findings)
        return self.t("front.also", n=also.findings, first=self.day(also.first))

    def about(self, action: Action) -> str:
        """How many instances an action is about, and the first of them by number and name."""
        said = self.t("action.instances", n=action.violations)
        if not action.about:
            return said
        shown = self.listed(tuple(f"{one.number} {one.name}".strip() for one in action.about))
        more = self.space + self.t("action.about_more", n=action.about_more) if action.about_more else ""
        return f"{said}{self.t('colon')}{shown}{more}"

    def by(self, key: str, day: str, *, passed: bool) -> str:
        """A day of an action, never as if it were ahead where it lies before the notice."""
        return f"{self.t(key)} {day} {self.t('passed')}" if passed else f"{self.t(key)} {day}"

    def state(self, issue: IssueView) -> str:
        """Whether something is a draft, or which version was issued."""
        return self.t("issue.issued", version=issue.version) if issue.version else self.t("issue.draft")

    def version(self, issue: IssueView, changes: DepartmentChanges) -> str:
        """Whose place a later version takes, and what that means for a department."""
        return self.t(
            "issue.here" if changes.is_concerned else "issue.here_none",
            version=issue.version,
            before=issue.before,
            notice_on=issue.before_notice_on,
            added=changes.added,
            gone=changes.gone,
            changed=changes.changed,
            results=len(changes.results),
        )

    def day(self, day: str) -> str:
        """A civil day as in prose; the year only where it is not that of the report."""
        try:
            when = date.fromisoformat(day)
        except ValueError:
            return day
        return self._frame.day(when, with_year=when.year != self._year)

    def quarter(self, year: int, quarter: int) -> str:
        """A quarter as in headings."""
        return self._frame.quarter(year, quarter)

    def percent(self, share: str) -> str:
        """A share that the model states in per cent, as the language writes it; a dash where there is none."""
        return self._frame.percent(share) if share else "—"

    def listed(self, items: tuple[str, ...]) -> str:
        """Items in a row."""
        return self.t("list_separator").join(items)
