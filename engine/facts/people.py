"""People and how the company is organised."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact, Value
from engine.facts.fields import Day, Id, Instant, Text, Tri, known, needed, optional, tri
from engine.facts.refs import PersonRef


class Post(Value):
    """A post that a person holds."""

    department_code: Id = needed("code of the department")
    position: Text = needed("title of the post; empty if it has none")
    since: Day | None = optional("first day in this post")


class Employment(Value):
    """One employment of a person: a rehire has several."""

    hire_date: Day = needed("first working day")
    hire_day_starts_at: Instant = needed("00:00 local of the first working day")
    last_working_day: Day | None = optional("last working day; none while it lasts")
    last_day_ends_at: Instant | None = optional("24:00 local of the last working day")


class Person(Fact):
    """Somebody on HR's file: employee, contractor or intern, present or past."""

    entity: ClassVar[str] = "person"
    plural: ClassVar[str] = "people"
    home: ClassVar[tuple[str, ...]] = ("department_code",)
    natural_keys: ClassVar[tuple[str, ...]] = ("employee_no",)

    employee_no: Id = needed("number of the person in HR's file, leading zeros kept")
    name: Text = needed("name as HR writes it")
    status: Literal["active", "prehire", "leave", "left", "unknown"] = tri(
        "what HR calls the person; dates decide"
    )
    employment_type: Literal["employee", "contractor", "intern", "external", "unknown"] = tri(
        "kind of contract"
    )
    hire_date: Day | None = known("first working day of the latest employment")
    hire_day_starts_at: Instant | None = known("00:00 local of the hire date")
    hire_day_ends_at: Instant | None = known("24:00 local of the hire date")
    last_working_day: Day | None = optional(
        "last working day of the latest employment; may lie in the future"
    )
    last_day_ends_at: Instant | None = optional("24:00 local of the last working day")
    left_recorded_at: Instant | None = optional("when HR entered the leaving")
    employments: tuple[Employment, ...] = needed("all employments, oldest first")
    department_code: Id | None = known("department of the main post; a leaver's: the last one")
    position: Text | None = known("title of the main post")
    posts: tuple[Post, ...] = needed("second posts, beside the main one")
    post_since: Instant | None = known("start of the present posts")
    manager: PersonRef | None = optional("whom the person reports to")
    leave_starts_at: Instant | None = optional("start of a long leave")
    leave_ends_at: Instant | None = optional("end of a long leave")


class Head(Value):
    """Who heads a department, from when to when."""

    person: PersonRef = needed("the head")
    from_at: Instant | None = optional("start; none: since ever")
    until_at: Instant | None = optional("end; none: until further notice")
    acting: Tri = needed("whether only in place of a head")


class Department(Fact):
    """A department, with the line it stands in and its history."""

    entity: ClassVar[str] = "department"
    plural: ClassVar[str] = "departments"
    home: ClassVar[tuple[str, ...]] = ("code",)
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("code",)

    code: Id = needed("the department's code")
    name: Text = needed("the department's name")
    parent: Id | None = optional("code of the department above; none for the root")
    valid_from: Instant | None = optional("since when the department exists; none: since ever")
    valid_until: Instant | None = optional("since when it exists no more; none: it does")
    renamed_from: tuple[Id, ...] = needed("codes that it had before")
    merged_into: Id | None = optional("code of the department that took it over")
    heads: tuple[Head, ...] | None = known("all heads that HR knows of, past ones too")
    head: tuple[PersonRef, ...] | None = known(
        "who heads it as of the snapshot, acting ones too; empty: nobody"
    )
    deputies: tuple[PersonRef, ...] = needed("recorded deputies")


class Delegation(Fact):
    """Somebody decides in somebody else's place for a time."""

    entity: ClassVar[str] = "delegation"
    plural: ClassVar[str] = "delegations"
    home: ClassVar[tuple[str, ...]] = ("@delegator",)
    company_wide: ClassVar[bool] = True

    delegator: PersonRef = needed("whose decisions are delegated")
    delegate: PersonRef = needed("who decides instead")
    valid_from: Instant | None = known("start")
    valid_until: Instant | None = optional("end; none: until further notice")
    scope: Text = needed("what it covers; empty: everything")


class Absence(Fact):
    """A person is away for a time."""

    entity: ClassVar[str] = "absence"
    plural: ClassVar[str] = "absences"
    home: ClassVar[tuple[str, ...]] = ("@person",)

    person: PersonRef = needed("who is away")
    kind: Literal["leave", "trip", "notice", "unknown"] = tri("why")
    from_at: Instant | None = known("start")
    until_at: Instant | None = optional("end; none: open")
    announced_at: Instant | None = optional("when colleagues were told")
