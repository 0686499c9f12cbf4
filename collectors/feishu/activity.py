"""The last use of each account, from the statistics that Feishu makes of each day."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from collectors.clocks import instant, start_of_day
from collectors.harvest import Harvest
from collectors.webapi import Reading
from engine.facts import LastActivity

_LOCAL = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")

_PRECISION_S = 60

_TIME = "last_active_time"
_NO_USE = (None, "", "0", 0)


def last_uses(
    harvest: Harvest,
    rows: list[tuple[dict[str, Any], str]],
    accounts: set[str],
    last: date,
    days: int,
    zone: tzinfo,
) -> dict[str, LastActivity | str]:
    """Account -> its last use, or why it is not known.

    Statistics are there a day later. Days that are not there yet prove nothing, so that an account without any use is
    then not known to be unused; nor is it if the statistics name accounts by other ids than the directory does.
    """
    whole = any(row.get("date") == last.isoformat() for row, _ in rows)
    named = {str(row.get("user_id")) for row, _ in rows}
    if not whole:
        harvest.problem(f"statistics: found none of {last.isoformat()}, they are there a day later")
    if not named & accounts:
        harvest.problem("statistics: they name none of the accounts")
        return dict.fromkeys(accounts, "ambiguous")
    bound = start_of_day(last - timedelta(days=days - 1), zone)
    found: dict[str, LastActivity | str] = {}
    for account in accounts:
        # an account of which no day is there is not in the statistics at all
        missing = "source_partial" if account in named else "ambiguous"
        found[account] = (
            LastActivity(state="not_since", bound=bound, kind="presence")
            if whole and account in named
            else missing
        )
    for row, _ in rows:
        account = str(row.get("user_id"))
        if account not in found or _says_no_use(row):
            continue
        at = _instant(harvest, row, zone)
        before = found[account]
        if at is None or before == "unparsable":
            found[account] = "unparsable"
        elif isinstance(before, str) or at > (before.at or ""):
            found[account] = LastActivity(state="at", at=at, kind="presence", precision_s=_PRECISION_S)
    return found


def _says_no_use(row: dict[str, Any]) -> bool:
    """Whether the time is there and empty; where its very name is missing, nothing is said."""
    stated = row.get(_TIME, False)
    return not isinstance(stated, bool) and stated in _NO_USE


def _instant(harvest: Harvest, row: dict[str, Any], zone: tzinfo) -> str | None:
    """Local text as the documents show it, or seconds; anything else is not guessed."""
    reading = Reading(harvest, "account", row)
    if _TIME not in row:
        reading.absent("last_activity", _TIME)
        return None
    stated = row[_TIME]
    if isinstance(stated, str) and _LOCAL.fullmatch(stated):
        try:
            return instant(datetime.fromisoformat(stated).replace(tzinfo=zone))
        except ValueError:
            pass
    return reading.seconds("last_activity", _TIME)
