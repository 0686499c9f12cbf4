"""An address that a register knows and a look at it shows is one endpoint, and the register's stays."""

import pytest
from reported import reported

from engine.facts import Collected, Fact, ServiceEndpoint, TlsCheck
from engine.relations import Workspace, relate

_AS_OF = "2026-09-30T15:59:59Z"


def _source(name: str, kind: str, *facts: Fact) -> Collected:
    delivers = tuple(sorted({fact.entity for fact in facts}))
    report = reported(name, delivers, _AS_OF, type=kind, completeness="complete")
    return Collected(report=report, facts=facts, provenance=(), raw=())


def _endpoint(source: str, **fields: object) -> ServiceEndpoint:
    uid = f"{source}/service_endpoint/chat.test:443"
    return ServiceEndpoint.make(uid=uid, address="chat.test:443", **fields)


def _related(*sources: Collected) -> Workspace:
    space = Workspace.of(sources)
    relate(space, _AS_OF)
    return space


@pytest.mark.parametrize(
    ("registered", "seen", "exposure", "reason"),
    [
        ({}, {"exposure": "network"}, "network", None),
        ({"exposure": "network"}, {}, "network", None),
        ({"exposure": "network"}, {"exposure": "network"}, "network", None),
        ({"exposure": "loopback"}, {"exposure": "network"}, "unknown", "ambiguous"),
    ],
)
def test_a_look_fills_what_the_register_leaves_open_and_a_contradiction_is_known_by_nobody(
    registered, seen, exposure, reason
):
    # the name of the source that looked sorts before that of the register
    check = TlsCheck.make(uid="tls/tls_check/1", endpoint="key:chat.test:443")
    space = _related(
        _source("a-look", "nmap", _endpoint("a-look", **seen)),
        _source("register", "register", _endpoint("register", hosted="self", **registered)),
        _source("tls", "sslyze", check),
    )

    (endpoint,) = space.all("service_endpoint")
    assert (endpoint["uid"], endpoint["hosted"]) == ("register/service_endpoint/chat.test:443", "self")
    assert (endpoint["exposure"], endpoint["unknown"].get("exposure")) == (exposure, reason)
    assert [row["endpoint"] for row in space.all("tls_check")] == [endpoint["uid"]]
    assert space.errors == set()


def test_an_address_that_no_register_knows_stays_one_of_which_nobody_knows_what_it_serves():
    (endpoint,) = _related(_source("look", "nmap", _endpoint("look", exposure="network"))).all(
        "service_endpoint"
    )

    assert (endpoint["exposure"], endpoint["unknown"]["application"]) == ("network", "not_collected")
