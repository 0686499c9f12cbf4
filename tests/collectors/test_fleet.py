"""Fleet: pages that deny the next one, systems, disks, and kinds of software."""

from pathlib import Path

import httpx
import pytest
from contract import outcome
from contracted.fleet import CONTRACT, HOSTS, HOSTS_PATH, counts, host, server

from collectors.fleet import FleetOptions
from engine.errors import UnparsableError
from engine.facts import Collected

_GIVEN = CONTRACT.options.model_dump()


def _found(served, **options):
    contract = CONTRACT.__class__(
        **{**CONTRACT.__dict__, "options": FleetOptions.model_validate(_GIVEN | options)}
    )
    return outcome(contract, served, Path())


def _collect(served, **options) -> Collected:
    found = _found(served, **options)
    assert isinstance(found, Collected), found
    return found


def _of(collected, entity):
    return [fact.record() for fact in collected.facts if fact.entity == entity]


def test_every_host_comes_though_fleet_says_that_there_is_no_next_page():
    assert [one["name"] for one in _of(_collect(server()), "host")] == ["pc-1", "pc-2", "pc-3"]


def test_a_communication_tool_is_an_install_and_other_programs_are_not():
    found = _collect(server())

    assert [
        (one["host"], one["name"], one["version"], one["ecosystem"]) for one in _of(found, "software_install")
    ] == [(f"src/host/pc-{number}", "Element", "1.11.50", "msi") for number in (1, 2)]
    assert [one["product"] for one in _of(found, "application")] == ["element"]
    assert found.report.source_version.startswith("4 programs of 3 hosts looked at")


@pytest.mark.parametrize(
    ("source", "name", "ecosystem"),
    [
        ("deb_packages", "element-desktop", "deb"),
        ("rpm_packages", "element-desktop", "rpm"),
        ("apps", "Element.app", "macapp"),
    ],
)
def test_each_kind_of_program_is_looked_up_by_its_own_names(source, name, ecosystem):
    software = [{"name": name, "version": "1", "source": source, "bundle_identifier": ""}]
    found = _collect(server(hosts=(host(1, software=software),)))

    assert [one["ecosystem"] for one in _of(found, "software_install")] == [ecosystem]


def test_a_kind_of_software_that_nobody_knows_may_hide_a_tool():
    software = [{"name": "Element", "version": "1", "source": "moon_packages"}]
    report = _collect(server(hosts=(host(1, software=software),))).report

    assert report.problems == (
        "host pc-1: programs of the source moon_packages are not known to this collector",
    )


@pytest.mark.parametrize("software", [None, {}, [7], [{"name": "Element"}]])
def test_programs_that_are_not_shown_are_not_none(software):
    assert _collect(server(hosts=(host(1, software=software),))).report.completeness == "partial"


@pytest.mark.parametrize(
    ("stated", "system", "version", "reason"),
    [
        ("Debian GNU/Linux 12.7.0", "Debian GNU/Linux", "12.7.0", None),
        ("macOS 14.6", "macOS", "14.6", None),
        ("Arch Linux", "Arch Linux", None, "unparsable"),
        ("", None, None, "not_collected"),
        (7, None, None, "not_collected"),
    ],
)
def test_the_system_and_its_version_stand_in_one_text(stated, system, version, reason):
    (one,) = _of(_collect(server(hosts=(host(1, os_version=stated),))), "host")

    assert (one.get("os"), one.get("os_version"), one["unknown"].get("os_version")) == (
        system,
        version,
        reason,
    )


@pytest.mark.parametrize(
    ("stated", "encrypted", "reason"),
    [
        (True, "yes", None),
        (False, "no", None),
        (None, "unknown", "not_collected"),
        ("1", "unknown", "unparsable"),
    ],
)
def test_a_disk_of_which_nothing_is_known_is_not_open(stated, encrypted, reason):
    (one,) = _of(_collect(server(hosts=(host(1, disk_encryption_enabled=stated),))), "host")

    assert (one["disk_encrypted"], one["unknown"].get("disk_encrypted")) == (encrypted, reason)


@pytest.mark.parametrize(
    ("stated", "seen", "reason"),
    [
        ("2026-09-29T10:00:00.5+08:00", "2026-09-29T02:00:00Z", None),
        ("2026-09-29 02:00:00", None, "unparsable"),
        (1790000000, None, "unparsable"),
        (None, None, "not_collected"),
    ],
)
def test_when_a_host_was_seen(stated, seen, reason):
    (one,) = _of(_collect(server(hosts=(host(1, seen_time=stated),))), "host")

    assert (one.get("last_seen_at"), one["unknown"].get("last_seen_at")) == (seen, reason)


def test_two_hosts_of_one_name_are_told():
    found = _collect(server(hosts=(*HOSTS, host(4, hostname="pc-1"))))

    assert any("two hosts have this name" in problem for problem in found.report.problems)


def test_a_host_without_a_name_is_told():
    found = _collect(server(hosts=(*HOSTS, host(4, hostname="", display_name=None))))

    assert "host: a record without hostname" in found.report.problems


def test_hosts_that_must_be_there_and_are_not_are_named():
    report = _collect(server(), expected_hosts=("pc-1", "pc-7")).report

    assert report.problems == ("hosts that Fleet does not know: pc-7",)


@pytest.mark.parametrize("count", ["3", None, True])
def test_a_count_that_is_no_number_is_no_answer(count):
    assert isinstance(_found(counts(count)), UnparsableError)


def test_a_second_listing_that_fails_is_told():
    def change(path, asked, _times, answer):
        again = path == HOSTS_PATH and "populate_software" not in asked
        return httpx.Response(500, json={}) if again else answer

    assert any("second time" in problem for problem in _collect(server(change)).report.problems)
