"""Samples of messages: what was drawn from how many, and what reviewers said about each message; never a text."""

from typing import ClassVar, Literal

from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Id, Instant, Sha256, Text, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, GroupRef, PersonRef, SampleRef

Found = Literal["no_hit", "unreviewed", "confirmed", "rejected", "unknown"]
"""What became of one detector: it found nothing; nobody looked at what it found; a reviewer said yes; said no."""


class GroupCount(Value):
    """What reviewers found among the drawn messages of one group."""

    group: GroupRef = needed("the group")
    drawn: Count = needed("messages of it that were drawn")
    off_topic_labelled: Count = needed("of these those of which it is settled whether they are off topic")
    off_topic: Count = needed("confirmed as off topic by a second reviewer")
    abusive_labelled: Count = needed("those of which it is settled whether they are abusive")
    abusive: Count = needed("confirmed as abusive by a second reviewer")
    either_labelled: Count = needed("those of which it is settled whether they are one or the other")
    either: Count = needed("confirmed as one or the other: a message that is both counts once")


class Share(Value):
    """A share found in a sample, with the bounds of what it may be in all messages."""

    of: Literal[
        "off_topic", "abusive", "off_topic_or_abusive", "late_reply", "off_work_at_least", "off_work_at_most"
    ] = needed("what is counted; at least and at most: whatever is not known counted for and against it")
    hits: Count = needed("messages that are so")
    labelled: Count = needed("messages of which it is known")
    lower_ppm: Count = needed("lower bound in millionths, rounded down")
    upper_ppm: Count = needed("upper bound in millionths, rounded up")
    interval: Literal["wilson", "exact"] = needed(
        "wilson: two-sided 95 %; exact: upper bound at zero hits, one-sided 95 %"
    )
    bounds: Text = needed("both bounds as people read them: 2.2-25.0 %")


class Sample(Fact):
    """The messages that were drawn for one department and quarter, and what they add up to.

    A register states how it was drawn. All that is counted follows from the items, and is put together when a snapshot
    is sealed: nobody writes it down. Groups are counted in the sample of the department that they belong to, and
    requests in that of the department of whoever was asked, whoever wrote the message.
    """

    entity: ClassVar[str] = "sample"
    plural: ClassVar[str] = "samples"
    home: ClassVar[tuple[str, ...]] = ("department_code",)
    natural_keys: ClassVar[tuple[str, ...]] = ("number",)

    number: Id = needed("number of the sample: 2026Q3-FIN")
    department_code: Id = needed("department whose people wrote the messages")
    period: Id = needed("quarter that the messages are of: 2026Q3")
    frame_size: Count | None = known("messages that could have been drawn")
    frame_complete: Tri = tri("whether these are all messages of the department that somebody could read")
    frame_unreadable: Count | None = known("messages that nobody but the members can read: encrypted ones")
    frame_digest: Sha256 | None = known("digest of the ids of all messages that could have been drawn")
    seed: Text | None = known("what the draw was made with: the same seed draws the same messages")
    drawn: Count | None = known("messages drawn")
    drawn_at: Instant | None = known("moment that the snapshot was taken for, from which they were drawn")
    reply_limit_used: Count | None = known("working days for an answer by which the deadlines were reckoned")
    listed: Count | None = known("messages of the sample that are there with their labels, or without")
    in_hours: Count | None = known("of these those known to be written within working hours")
    by_group: tuple[GroupCount, ...] | None = known(
        "the department's groups with drawn messages, and groups of no department with a sample"
    )
    requests: Count | None = known("requests to a person of the department whose term is over")
    late: Count | None = known("of these those answered late or not at all, with nothing to excuse it")
    excused: Count | None = known("of these those answered late or not at all, with an absence or a leaving")
    undecided: Count | None = known("of these those whose addressee or absence is not known")
    unlabelled_requests: Count | None = known(
        "drawn messages of which nobody said whether they ask for an answer, or got one"
    )
    shares: tuple[Share, ...] | None = known("shares with their bounds")


class SampleItem(Fact):
    """One drawn message: where and when it was written, and what reviewers said about it."""

    entity: ClassVar[str] = "sample_item"
    plural: ClassVar[str] = "sample_items"
    home: ClassVar[tuple[str, ...]] = ("@sample",)

    number: Id = needed("number of the sample and place in it: 2026Q3-FIN-07")
    sample: SampleRef = needed("the sample")
    message_id: Id = needed("the platform's id of the message")
    group: GroupRef | None = known("where it was written")
    sender: AccountRef | None = known("who wrote it")
    sent_at: Instant | None = known("when")
    in_working_hours: Tri = tri("whether it was written within working hours, by the company's calendar")
    visible_to_outsider: Tri = tri("whether an outsider could read it when it was written")
    outsiders: Count | None = known("outsiders in the group, as far as is known")
    unlawful: Tri = tri("whether a reviewer confirmed it as unlawful")
    harmful: Tri = tri("whether a reviewer confirmed it as harmful to the company or to people")
    off_work: Tri = tri("whether it has nothing to do with work")
    abusive: Tri = tri("whether it is abusive")
    off_topic: Tri = tri("whether it is outside what the group is for; of a group without purpose: no")
    customer_data: Found = tri("data of customers in it")
    identity_number: Found = tri("a number of an identity document in it")
    bank_card: Found = tri("a number of a bank card in it")
    secret_or_key: Found = tri("a password, a token or a key in it")
    confidentiality_mark: Found = tri("a mark of confidentiality in it")
    request: Tri = tri("whether it asks one named colleague for an answer")
    addressee: PersonRef | None = optional("who was asked; none: nobody in particular")
    reply: Literal["in_time", "late", "missing", "unknown"] = tri(
        "how a request was answered; an answer by other means that a reviewer confirmed counts"
    )
    reply_due_at: Instant | None = known("end of the term for an answer")
    reviewers: Count | None = known("how many people labelled it, whoever settled a difference included")
    disputed: tuple[Id, ...] = needed(
        "fields of which the reviewers said different things, and nobody settled it"
    )
