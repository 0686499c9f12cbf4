"""What HR's registers say of people who come, move and leave, and of the projects that they work in."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact, Value
from engine.facts.fields import Day, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import PersonRef, TransferRef


class Transfer(Fact):
    """A person changes department or position, or gets or gives up a second post."""

    entity: ClassVar[str] = "transfer"
    plural: ClassVar[str] = "transfers"
    home: ClassVar[tuple[str, ...]] = ("@person", "to_department", "from_department")
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in HR's register")
    person: PersonRef | None = known("who moves")
    kind: Literal["transfer", "added_post", "ended_post", "unknown"] = tri("what changes")
    from_department: Id | None = optional("code of the department before; none: only a post is added")
    to_department: Id | None = optional("code of the department after; none: only a post is given up")
    from_position: Text | None = optional("position before; none: it stays, or only a post is added")
    to_position: Text | None = optional("position after; none: it stays, or only a post is given up")
    effective_on: Day | None = known("first day in the new post, or last day in the one given up")
    effective_ends_at: Instant | None = known("24:00 local of that day")


class HrNotice(Fact):
    """HR tells IT that somebody comes, moves or leaves.

    It lies with the company: one that names nobody on file may be about anybody.
    """

    entity: ClassVar[str] = "hr_notice"
    plural: ClassVar[str] = "hr_notices"
    home: ClassVar[tuple[str, ...]] = ("@person",)
    company_wide: ClassVar[bool] = True

    number: Id = needed("number in the register, or of the record that the HR system sent")
    person: PersonRef | None = known("whom it is about")
    kind: Literal["joiner", "mover", "leaver", "unknown"] = tri("what it says")
    effective_on: Day | None = known("the day from which it says so, as planned then")
    sent_at: Instant | None = known("when IT got it")
    channel: Literal["manual", "automatic", "unknown"] = tri("whether a person or the HR system sent it")
    transfer: TransferRef | None = optional("the transfer that it announces; none: it names none")


class HandoverItem(Value):
    """One thing that somebody hands over before leaving."""

    kind: Literal["task", "data", "backup", "group", "other", "unknown"] = needed(
        "what it is; backup: the data is kept without anybody taking it over"
    )
    what: Text = needed("what is handed over, in words")
    done: Tri = needed("whether it was done")


class Handover(Fact):
    """What a leaver hands over, and who confirms it: one for each post, or one for all of them."""

    entity: ClassVar[str] = "handover"
    plural: ClassVar[str] = "handovers"
    home: ClassVar[tuple[str, ...]] = ("@person",)
    company_wide: ClassVar[bool] = True

    number: Id = needed("number in the register")
    person: PersonRef | None = known("who leaves")
    department_code: Id | None = optional("the post that it is about, by its department; none: all posts")
    last_working_day: Day | None = optional("the leaving that it is about; none: the register does not say")
    required: Tri = tri("whether there is anything to hand over")
    items: tuple[HandoverItem, ...] | None = known(
        "what is handed over, item by item; empty: nothing is listed"
    )
    completed_at: Instant | None = optional("when it was complete; none: it is not")
    confirmed_by: PersonRef | None = optional("who confirmed it; none: nobody")


class Assignment(Fact):
    """A person works in a project for a time.

    It lies with the company: a group of one department may be for a project whose people are in another.
    """

    entity: ClassVar[str] = "assignment"
    plural: ClassVar[str] = "assignments"
    home: ClassVar[tuple[str, ...]] = ("@person",)
    company_wide: ClassVar[bool] = True

    person: PersonRef | None = known("who works in it")
    project: Id = needed("id of the project, as scopes of groups name it")
    from_at: Instant | None = known("start")
    until_at: Instant | None = optional("end; none: until further notice")
