"""Fleet under the contract: a stand-in that says there is no next page where there is one."""

from typing import Any

import httpx
from contract import TEXT, Contract, Law, over_http
from standin import Change, always_after, same, stand_in, with_bearer

from collectors.fleet import FleetCollector, FleetOptions

HOSTS_PATH, COUNT_PATH = "/api/v1/fleet/hosts", "/api/v1/fleet/hosts/count"
_PAGE = 2


def host(number: int, **fields: Any) -> dict:
    """A host as Fleet shows it."""
    return {
        "id": number,
        "uuid": TEXT,
        "hostname": f"pc-{number}",
        "display_name": f"PC {number}",
        "platform": "windows",
        "os_version": "Microsoft Windows 11 Enterprise 22H2",
        "seen_time": "2026-09-29T02:00:00.123456Z",
        "disk_encryption_enabled": True,
        "primary_ip": TEXT,
        "hardware_serial": TEXT,
        "users": [{"username": TEXT}],
        "software": [
            {
                "id": 1,
                "name": "Element",
                "version": "1.11.50",
                "source": "programs",
                "installed_paths": [TEXT],
            },
            {"id": 2, "name": "7-Zip", "version": "23.01", "source": "programs"},
            {"id": 3, "name": "Dark Reader", "version": "1", "source": "chrome_extensions"},
        ],
    } | fields


HOSTS = (host(1), host(2, os_version="Debian GNU/Linux 12.7.0", platform="debian"), host(3, software=[]))

admit = with_bearer(lambda: httpx.Response(401, json={"message": "Authentication required"}))


def server(change: Change = same, hosts=HOSTS):
    """Fleet with two hosts a page."""

    def route(path: str, asked: dict[str, Any]) -> Any:
        if path == COUNT_PATH:
            return {"count": len(hosts)}
        if path != HOSTS_PATH:
            return httpx.Response(404, json={})
        start = int(asked["page"]) * _PAGE
        rows = list(hosts[start : start + _PAGE])
        if asked.get("populate_software") != "true":
            rows = [{name: value for name, value in row.items() if name != "software"} for row in rows]
        return {"hosts": rows, "meta": {"has_next_results": False, "has_previous_results": False}}

    return stand_in(route, admit, change)


def counts(number: Any):
    """Fleet when its count says so."""
    return server(lambda path, _asked, _times, answer: {"count": number} if path == COUNT_PATH else answer)


def _cut(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    return httpx.Response(500, json={}) if (path, asked.get("page")) == (HOSTS_PATH, "1") else answer


def _one_came(path: str, asked: dict[str, Any], _times: int, answer: Any) -> Any:
    last = (path, asked.get("page"), asked.get("populate_software")) == (HOSTS_PATH, "1", None)
    return {"hosts": [*answer["hosts"], {"id": 9}]} if last else answer


def _is_second_page(request: httpx.Request) -> bool:
    return request.url.path == HOSTS_PATH and request.url.params["page"] == "1"


CONTRACT = Contract(
    name="fleet",
    collector=FleetCollector(),
    options=FleetOptions(url="https://fleet.test"),
    good=server(),
    permission="observer",
    stages=over_http(server(), _is_second_page, "7")
    | {
        Law.CUT_SHORT: server(_cut),
        Law.TOTAL_SMALLER: counts(2),
        Law.TOTAL_LARGER: counts(9),
        Law.ERROR_IN_OK: always_after(admit, 200, {"message": TEXT, "errors": [{"reason": TEXT}]}),
        Law.UNKNOWN_WHO: server().always(401, {"message": TEXT}),
        Law.NOT_PERMITTED: always_after(admit, 403, {"message": TEXT}),
        Law.CHANGED: server(_one_came),
        Law.UNKNOWN_WORD: server(hosts=(*HOSTS, host(4, disk_encryption_enabled="perhaps"))),
        Law.HIDDEN: "a role of Fleet sees a whole host or does not see it: it hides no field",
        Law.OWN_ACCOUNT: "Fleet is asked for hosts, and has no account among them",
    },
)
