"""Courses, and who completed them."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact
from engine.facts.fields import Id, Instant, Tri, known, needed, optional, tri
from engine.facts.refs import PersonRef, TrainingCourseRef


class TrainingCourse(Fact):
    """A course that the company offers."""

    entity: ClassVar[str] = "training_course"
    plural: ClassVar[str] = "training_courses"
    home: ClassVar[tuple[str, ...]] = ()
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number in the register or the learning platform")
    counts_for: tuple[Literal["communication_security", "other", "unknown"], ...] | None = known(
        "what it is about; empty: nothing that anybody must know"
    )
    graded: Tri = tri("whether one can fail it")


class TrainingRecord(Fact):
    """One person in one course."""

    entity: ClassVar[str] = "training_record"
    plural: ClassVar[str] = "training_records"
    home: ClassVar[tuple[str, ...]] = ("@person",)
    belongs_to: ClassVar[str] = "person"

    person: PersonRef | None = known("who was taught")
    course: TrainingCourseRef | None = known("the course")
    completed_at: Instant | None = optional("when it was completed; none: it was not")
    passed: Tri = tri("whether it was passed")
    expires_at: Instant | None = optional("until when it counts; none: no end of its own")
