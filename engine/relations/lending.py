"""What sign-ins show together: uses of one account far apart, and who used one device.

Here only distances, intervals and lists are made. Whether a journey can be believed, and how many people are too many,
is decided by the rules with the company's own limits.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, floor, radians, sin, sqrt

from engine.facts import COMPANY, Device, LendingSignal
from engine.relations.organisation import Organisation
from engine.relations.workspace import Record, Workspace, settle

NEAREST_KM = 20
SLOWEST_KMH = 100
"""The lowest limits that a company may set in 5.2-a: what lies below both of them no rule would ever look at."""

FARTHEST_KM = 20_038
"""Half the way around the Earth: no two places are further apart, known or not."""

_EARTH_KM = 6371.0
_HOUR = 3600


@dataclass(frozen=True)
class _Use:
    """A sign-in that may have been a person's, from a place that may be known."""

    event: Record
    at: datetime
    place: str
    sure: bool
    """Whether all is known that decides whether it counts."""


def settle_relays(space: Workspace) -> None:
    """A sign-in from a place that the register calls a relay came through one."""
    places = {place["key"]: place for place in space.all("place")}
    for event in space.all("login_event"):
        place = places.get(event.get("place_key", ""))
        if place is not None and event["relay"] == "unknown" and place["relay"] != "unknown":
            settle(event, "relay", place["relay"])


def add_journeys(space: Workspace) -> None:
    """A signal for each two uses of an account from different places that somebody could hardly have travelled between.

    Of the uses of a day between the same two places the two that are nearest in time stand for all.
    """
    places = {place["key"]: place for place in space.all("place")}
    gap = space.register_gap("places") or "not_collected"
    events: dict[str, list[Record]] = defaultdict(list)
    for event in space.all("login_event"):
        if event["result"] != "failure" and event["interactive"] != "no" and event["relay"] != "yes":
            events[event["account"]].append(event)
    for account, own in sorted(events.items()):
        for event in own if len(own) > 1 else ():
            if "at" not in event:
                _add(space, account, (None, event), None, None, event["unknown"].get("at", "not_collected"))
        nearest: dict[tuple[object, ...], tuple[int, _Use, _Use, int | None]] = {}
        for earlier, later in _pairs([_use(event) for event in own if "at" in event]):
            seconds = int((later.at - earlier.at).total_seconds())
            distance = _distance(places, earlier.place, later.place)
            if not _conceivable(distance, seconds):
                continue
            key = (later.at.date(), *sorted((earlier.place, later.place)), earlier.sure and later.sure)
            if key not in nearest or seconds < nearest[key][0]:
                nearest[key] = (seconds, earlier, later, distance)
        for seconds, earlier, later, distance in nearest.values():
            reason = _why_no_place(earlier, later) or gap
            _add(space, account, (earlier.event, later.event), seconds, distance, reason)


def _use(event: Record) -> _Use:
    sure = event["result"] == "success" and event["interactive"] == "yes" and event["relay"] == "no"
    return _Use(event, datetime.fromisoformat(event["at"]), event.get("place_key", ""), sure)


def _pairs(uses: list[_Use]) -> Iterator[tuple[_Use, _Use]]:
    """Each use with the last one before it at every other place; of a place that is not known it may have been any."""
    last: dict[tuple[str, bool], _Use] = {}
    for use in sorted(uses, key=lambda use: (use.at, use.event["uid"])):
        for (place, _), earlier in last.items():
            if place != use.place or not place:
                yield earlier, use
        last[use.place, use.sure] = use


def _conceivable(distance: int | None, seconds: int) -> bool:
    """Whether some company's limits could make the journey one that nobody can have made."""
    if distance is not None and distance < NEAREST_KM:
        return False
    return (FARTHEST_KM if distance is None else distance) * _HOUR >= SLOWEST_KMH * seconds


def _distance(places: dict[str, Record], one: str, other: str) -> int | None:
    """How many whole kilometres apart two places are at least; not known if the register lacks one."""
    here, there = places.get(one), places.get(other)
    if here is None or there is None or not (_located(here) and _located(there)):
        return None
    phi, lam = radians(float(here["latitude"])), radians(float(here["longitude"]))
    phi2, lam2 = radians(float(there["latitude"])), radians(float(there["longitude"]))
    chord = sin((phi2 - phi) / 2) ** 2 + cos(phi) * cos(phi2) * sin((lam2 - lam) / 2) ** 2
    apart = 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))
    blur: int = here["radius_km"] + there["radius_km"]
    return max(0, floor(apart - blur))


def _located(place: Record) -> bool:
    return {"latitude", "longitude", "radius_km"} <= place.keys()


def _why_no_place(*uses: _Use) -> str:
    return next(
        (use.event["unknown"]["place_key"] for use in uses if "place_key" in use.event["unknown"]), ""
    )


def _add(
    space: Workspace,
    account: str,
    uses: tuple[Record | None, Record],
    seconds: int | None,
    distance: int | None,
    reason: str,
) -> None:
    earlier, later = uses
    events = [event for event in (earlier, later) if event is not None]
    source = later["uid"].split("/", 1)[0]
    keys = [event["device_key"] for event in events if "device_key" in event]
    answers = _answers(events) if earlier else {}
    signal = LendingSignal.make(
        uid=f"{source}/lending_signal/{'|'.join(_name(event, source) for event in events)}",
        otherwise=reason,
        unknown={name: why for name, (_, why) in answers.items() if why},
        account=account,
        kind="impossible_travel",
        observed_at=later.get("at"),
        earlier_at=earlier["at"] if earlier else None,
        distance_km=distance,
        farthest_km=FARTHEST_KM,
        interval_s=seconds,
        **{name: answer for name, (answer, _) in answers.items()},
        device_keys=tuple(sorted(set(keys))) if len(keys) == len(events) else None,
        events=tuple(event["uid"] for event in events),
    )
    space.records["lending_signal"][signal.uid] = signal.record()
    space.derived[signal.uid] = later["uid"]


def _success(event: Record) -> str:
    return "yes" if event["result"] == "success" else "unknown"


def _name(event: Record, source: str) -> str:
    """The record's own id, with its source where that is another one than the signal's."""
    own, _, name = event["uid"].split("/", 2)
    return name if own == source else f"{own}:{name}"


def _answers(events: list[Record]) -> dict[str, tuple[str, str]]:
    """What holds for both uses, or why that is not known: those of which the opposite is known are no uses."""
    counts = {
        "interactive": ("interactive", "yes"),
        "relay": ("relay", "no"),
        "succeeded": ("result", "success"),
    }
    found = {}
    for name, (field, word) in counts.items():
        whys = [event["unknown"].get(field, "not_collected") for event in events if event[field] != word]
        found[name] = ("unknown", whys[0]) if whys else ("no" if name == "relay" else "yes", "")
    return found


def settle_devices(space: Workspace, organisation: Organisation) -> None:
    """Who used each device, oldest first; one that only sign-ins know becomes a fact as soon as two accounts used it."""
    uses = _uses_by_device(space)
    known = {device["key"] for device in space.all("device")}
    gap = space.register_gap("devices")
    for key in sorted(uses.keys() - known):
        if len({account for account, *_ in uses[key]}) > 1:
            _add_device(space, key, uses[key][0][-1], gap)
    supporting = _supporting(space)
    for device in space.all("device"):
        found = uses.get(device["key"], [])
        settle(device, "uses", [_told(*use[:3], supporting) for use in found])
        if "host" not in device and "department_code" not in device:
            code = _of_most_holders(space, organisation, {account for account, *_ in found})
            if code:
                settle(device, "department_code", code)


_Used = tuple[str, str, str, str]
"""Account, instant or empty, whether somebody surely was signed in, and the uid of what says so."""


def _uses_by_device(space: Workspace) -> dict[str, list[_Used]]:
    found: dict[str, list[_Used]] = defaultdict(list)
    for event in space.all("login_event"):
        if event["result"] != "failure" and "device_key" in event:
            sure = _success(event)
            found[event["device_key"]].append((event["account"], event.get("at", ""), sure, event["uid"]))
    for session in space.all("session"):
        if session["kind"] != "access_token" and "device_key" in session:
            sure = "yes" if session["kind"] == "session" else "unknown"
            times = [session[name] for name in ("started_at", "last_used_at") if name in session] or [""]
            found[session["device_key"]] += [
                (session["account"], at, sure, session["uid"]) for at in dict.fromkeys(times)
            ]
    return {key: _thinned(sorted(uses, key=lambda use: (use[1], use))) for key, uses in found.items()}


def _thinned(uses: list[_Used]) -> list[_Used]:
    """Of the uses of one account on one day the first and the last: no two uses of different days are nearer."""
    ends: dict[tuple[str, str, str], list[_Used]] = {}
    for use in uses:
        ends.setdefault((use[0], use[1][:10], use[2]), []).append(use)
    kept = {use for group in ends.values() for use in (group[0], group[-1])}
    return [use for use in uses if use in kept]


def _told(account: str, at: str, sure: str, supporting: dict[str, str]) -> Record:
    told = {"account": account, "certain": sure, "supporting": supporting.get(account, supporting[""])}
    return {**told, "at": at} if at else told


def _supporting(space: Workspace) -> dict[str, str]:
    """Account -> whether a register says what it is for beside its holder's own; `""` for all others."""
    gap = space.register_gap("second_accounts")
    found = {"": "no" if gap in {"", "not_collected"} else "unknown"}
    for account, entries in space.entries("second_account").items():
        if any(entry.get("purpose") for entry in entries):
            found[account] = "yes"
        elif any("purpose" in entry["unknown"] for entry in entries):
            found[account] = "unknown"
    return found


def _add_device(space: Workspace, key: str, says: str, gap: str) -> None:
    device = Device.make(
        uid=f"{says.split('/', 1)[0]}/device/{key}",
        otherwise=gap or "not_collected",
        key=key,
        shared="unknown" if gap else "no",
        users=None if gap else (),
        unknown={"host": gap} if gap else {},
    )
    space.records["device"][device.uid] = device.record()
    space.derived[device.uid] = says


def _of_most_holders(space: Workspace, organisation: Organisation, accounts: set[str]) -> str:
    """Code of the department of most of the holders, the first one if there are several; empty if there is none."""
    holders = {space.records["account"].get(uid, {}).get("holder", "") for uid in accounts} - {""}
    counts: dict[str, int] = defaultdict(int)
    for uid in holders:
        counts[organisation.present(space.records["person"][uid].get("department_code", ""))] += 1
    counts.pop(COMPANY, None)
    return min(counts, key=lambda code: (-counts[code], code), default="")
