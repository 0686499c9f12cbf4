"""What the items of each sample add up to: groups, answers to requests, and shares with their bounds."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from engine.bounds import bounds
from engine.relations.workspace import Record, Workspace, not_known, settle

_ROBOTS = frozenset({"service", "bot", "room_device"})
_CONDUCT = ("off_topic", "abusive")
_CONFIRMED_BY = 2
"""Reviewers without whom a group is not accused: one who misread a joke must not do that alone."""

_WITHOUT_PLACEHOLDER = frozenset({"addressee"})

_LABELS = frozenset({
    "unlawful", "harmful", "off_work", "abusive", "off_topic", "customer_data", "identity_number", "bank_card",
    "secret_or_key", "confidentiality_mark", "request", "reply", "addressee", "visible_to_outsider",
})  # fmt: skip
"""Fields of an item that reviewers fill in."""


def summarise_samples(space: Workspace, home: Callable[[str], str], as_of: str) -> None:
    """Counts the items of every sample, once it is settled where each fact lies.

    Args:
        space: the records, with all relations settled
        home: uid -> code of the department that a fact lies in
        as_of: the snapshot's instant: a term that ends later is still running
    """
    _set_disputes_open(space)
    samples = {sample["uid"]: sample for sample in space.all("sample")}
    sampled = {(home(uid), sample["period"]) for uid, sample in samples.items()}
    of_sample: dict[str, list[Record]] = defaultdict(list)
    of_group: dict[tuple[str, str], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for item in space.all("sample_item"):
        of_sample[item["sample"]].append(item)
        if "group" in item:
            period = samples[item["sample"]]["period"]
            place = (home(item["group"]), period)
            # a group of no department that was sampled is counted where its messages were drawn: else nobody would be told
            if place not in sampled:
                place = (home(item["sample"]), period)
            of_group[place][item["group"]].append(item)
    replies = _replies(space, samples, home, as_of)
    done: set[tuple[str, str]] = set()
    for uid, sample in samples.items():
        place = (home(uid), sample["period"])
        # what is counted of a department is counted once, though a merged one may have two samples
        first = place not in done
        done.add(place)
        groups = [_group(*pair) for pair in sorted(of_group[place].items())] if first else []
        counts = replies[place] if first else Counter()
        settle(sample, "listed", len(of_sample[uid]))
        settle(sample, "in_hours", sum(item["in_working_hours"] == "yes" for item in of_sample[uid]))
        settle(sample, "by_group", groups)
        for name in ("requests", "late", "excused", "undecided", "unlabelled_requests"):
            settle(sample, name, counts[name])
        settle(
            sample,
            "shares",
            [
                *(_conduct(name, groups) for name in (*_CONDUCT, "either")),
                _share("late_reply", counts["late"], counts["requests"] - counts["undecided"]),
                *_off_work(of_sample[uid]),
            ],
        )


def _set_disputes_open(space: Workspace) -> None:
    """What reviewers disagree about is not known, whatever stands in the cell."""
    for item in space.all("sample_item"):
        for name in _LABELS & set(item["disputed"]):
            not_known(item, name, "ambiguous", None if name in _WITHOUT_PLACEHOLDER else "unknown")


def _settled(item: Record, name: str) -> str:
    """Whether a label of conduct holds; one reviewer can say no, and it takes two to say yes."""
    value = str(item[name])
    return "unknown" if value == "yes" and item.get("reviewers", 0) < _CONFIRMED_BY else value


def _group(group: str, items: list[Record]) -> Record:
    found = [{name: _settled(item, name) for name in _CONDUCT} for item in items]
    for row in found:
        row["either"] = _either(row.values())
    return {
        "group": group,
        "drawn": len(items),
        **{
            f"{name}_labelled": sum(row[name] != "unknown" for row in found) for name in (*_CONDUCT, "either")
        },
        **{name: sum(row[name] == "yes" for row in found) for name in (*_CONDUCT, "either")},
    }


def _either(values: Iterable[str]) -> str:
    known = set(values)
    return "yes" if "yes" in known else "unknown" if "unknown" in known else "no"


def _conduct(name: str, groups: list[Record]) -> Record:
    of = "off_topic_or_abusive" if name == "either" else name
    return _share(of, sum(row[name] for row in groups), sum(row[f"{name}_labelled"] for row in groups))


def _off_work(items: list[Record]) -> Iterable[Record]:
    """The share of what is off work within working hours, with all that is not known counted against it and for it."""
    rows = [(item["in_working_hours"], item["off_work"]) for item in items]
    inside = [label for hours, label in rows if hours == "yes"]
    perhaps = [label for hours, label in rows if hours == "unknown"]
    others = sum(label != "yes" for label in perhaps)
    yield _share("off_work_at_least", inside.count("yes"), len(inside) + others)
    hits = sum(label != "no" for label in (*inside, *perhaps))
    yield _share("off_work_at_most", hits, len(inside) + sum(label != "no" for label in perhaps))


def _share(of: str, hits: int, labelled: int) -> Record:
    found = bounds(hits, labelled)
    return {
        "of": of,
        "hits": hits,
        "labelled": labelled,
        "lower_ppm": found.lower_ppm,
        "upper_ppm": found.upper_ppm,
        "interval": found.interval,
        "bounds": found.shown(),
    }


def _replies(
    space: Workspace, samples: dict[str, Record], home: Callable[[str], str], as_of: str
) -> dict[tuple[str, str], Counter[str]]:
    """Department and quarter -> how requests to its people were answered."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    away: dict[str, list[tuple[Record, str, str]]] = defaultdict(list)
    for absence in space.all("absence"):
        away[absence["person"]].append((absence, "from_at", "until_at"))
    for item in space.all("sample_item"):
        if space.records["account"].get(item.get("sender", ""), {}).get("kind") in _ROBOTS:
            continue
        sample = samples[item["sample"]]
        asked = item.get("addressee")
        place = (home(asked or sample["uid"]), sample["period"])
        answer = _answer(item, as_of)
        if answer == "unlabelled":
            found[home(sample["uid"]), sample["period"]]["unlabelled_requests"] += 1
        elif answer:
            found[place]["requests"] += 1
            if answer == "late":
                person = space.records["person"].get(asked or "", {})
                found[place][_excuse(item, person, away[asked or ""])] += 1
    return found


def _answer(item: Record, as_of: str) -> str:
    """in_time, late, unlabelled; empty for what is no request, or may still be answered in time."""
    if item["request"] == "no":
        return ""
    running = item.get("reply_due_at", "") > as_of
    if item["request"] == "unknown" or (item["reply"] == "unknown" and not running):
        return "unlabelled"
    if item["reply"] == "in_time":
        return "in_time"
    return "" if running else "late"


def _excuse(item: Record, person: Record, away: list[tuple[Record, str, str]]) -> str:
    """excused, late or undecided: whether whoever was asked was away, or gone, at the end of the term."""
    due = item.get("reply_due_at")
    if due is None or not person:
        return "undecided"
    answers = [_gone(person, due)]
    answers += [_covers(*spell, due) for spell in [(person, "leave_starts_at", "leave_ends_at"), *away]]
    return {"yes": "excused", "unknown": "undecided", "no": "late"}[_either(answers)]


def _gone(person: Record, due: str) -> str:
    if "last_day_ends_at" in person:
        return "yes" if person["last_day_ends_at"] <= due else "no"
    return "unknown" if "last_day_ends_at" in person["unknown"] or person["status"] == "left" else "no"


def _covers(record: Record, start: str, end: str, due: str) -> str:
    """Whether a time away holds at the end of the term; one without an end is still going on."""
    if record.get(start, "") > due or (end in record and record[end] < due):
        return "no"
    if start in record["unknown"] or end in record["unknown"]:
        return "unknown"
    return "yes" if start in record else "no"
