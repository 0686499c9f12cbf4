"""The last use of each account, by walking back the days on which it did not sign in."""

from datetime import date, timedelta, tzinfo

from collectors.clocks import start_of_day
from collectors.dingtalk.walk import Walk
from collectors.harvest import Harvest
from engine.errors import AccessError, SourceError
from engine.facts import LastActivity

_DAY_S = 86_400


def last_uses(
    walk: Walk, harvest: Harvest, accounts: set[str], last: date, days: int, zone: tzinfo
) -> dict[str, LastActivity | str]:
    """Account -> its last use, or why it is not known.

    A day whose list names none of the accounts is no day on which everybody signed in: it may not be counted yet. So
    it proves nothing, and a use that is found before it may have been followed by one on it.
    """
    found: dict[str, LastActivity | str] = {}
    gap: date | None = None
    for back in range(days):
        waiting = accounts - set(found)
        if not waiting:
            break
        day = last - timedelta(days=back)
        try:
            inactive = walk.inactive(day)
        except AccessError as error:
            harvest.problem(f"who did not sign in: {error}")
            return dict.fromkeys(accounts, "not_permitted")
        except SourceError as error:
            harvest.problem(f"who did not sign in on {day.isoformat()}: {error}")
            gap = gap or day
            continue
        if not inactive & accounts:
            gap = gap or day
            harvest.problem(f"who did not sign in on {day.isoformat()}: the list names none of the accounts")
            continue
        later = ((gap - day).days + 1) * _DAY_S if gap else _DAY_S
        for account in waiting - inactive:
            found[account] = LastActivity(
                state="at", at=start_of_day(day, zone), kind="login", precision_s=later
            )
    bound = start_of_day(last - timedelta(days=days - 1), zone)
    unused = LastActivity(state="not_since", bound=bound, kind="login")
    return {account: found.get(account, "source_partial" if gap else unused) for account in accounts}
