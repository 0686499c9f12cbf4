"""A real SCIM server: the accounts of some of RD in the service that lets people sign in to the build system."""

from pathlib import Path

from fixtures.maker.people import BY_NUMBER
from fixtures.maker.quarter import Q3
from fixtures.maker.recorded import BUILD_ACCOUNTS
from tools.record_sources.clock import MORNING, at
from tools.record_sources.collecting import collect
from tools.record_sources.programs import canary
from tools.record_sources.steady import renamed, steady_id
from tools.servers import environment
from tools.started.scim import ENTERPRISE, service

SOURCE = "build-id"


def record(work: Path) -> Path:
    """The accounts are made in March: the server, which keeps nothing on disk, lives in that day until the end."""
    token = canary()
    made_on = at("2026-03-16T02:00:00+00:00")
    with service(environment("scim"), work, token, made_on) as running:
        ids = {}
        for number in BUILD_ACCOUNTS:
            member = BY_NUMBER[number]
            ids[running.user(
                member.login,
                displayName=member.name,
                title=member.position,
                active=not member.has_left(Q3),
                emails=[{"value": f"canary.{member.login}@qinglan.test"}],
                **{ENTERPRISE: {"employeeNumber": member.number, "department": member.department}},
            )] = str(steady_id(SOURCE, member.login))  # fmt: skip
        made = collect(work, SOURCE, MORNING, token, url=running.url)
    return renamed(made, ids)
