"""Which release a program is, which newer ones it lacks, and what is not known of it."""

import pytest

from engine.facts import (
    Application,
    Collected,
    Fact,
    Host,
    Release,
    SoftwareInstall,
    SoftwareUpdate,
    SourceReport,
)
from engine.relations import Workspace, relate
from engine.relations.releases import version_of

AS_OF = "2026-09-30T15:59:59Z"
LISTED = "2026-09-30T15:59:59Z"


def source(kind: str, *facts: Fact, completeness: str = "complete") -> Collected:
    about = SourceReport(
        id=kind, type=kind, title=kind, delivers=tuple({fact.entity for fact in facts}), completeness=completeness,
        problems=(), collected_from=AS_OF, collected_to=AS_OF, collector="test/1", expected={}, received={},
        limits={}, unmapped=(),
    )  # fmt: skip
    return Collected(report=about, facts=facts, provenance=(), raw=())


def release(version: str, branch: str | None = None, product: str = "zoom", **fields: object) -> Release:
    return Release.make(
        uid=f"reg/release/{product}|{version}", application=f"reg/application/{product}", version=version,
        branch=branch, lists_as_of=LISTED, **fields,
    )  # fmt: skip


def settled(
    version: str | None,
    *releases: Release,
    updates: tuple[SoftwareUpdate, ...] = (),
    ecosystem: str = "msi",
    completeness: str = "complete",
) -> dict[str, object]:
    """The install after all relations are settled."""
    tools = [
        Application.make(uid=f"reg/application/{name}", product=name, name=name, origin="register")
        for name in ("zoom", "slack")
    ]
    host = Host.make(uid="inv/host/pc1", name="pc1")
    install = SoftwareInstall.make(
        uid="inv/software_install/pc1/Zoom", host=host.uid, name="Zoom", version=version, ecosystem=ecosystem,
        application="key:zoom",
    )  # fmt: skip
    space = Workspace.of(
        [
            source("inventory", host, install),
            source("register:applications", *tools),
            source("register:releases", *releases, completeness=completeness),
            source("register:software_updates", *updates),
        ]
    )
    (found,) = relate(space, AS_OF).space.all("software_install")
    return found


def of(found: dict[str, object]) -> tuple[object, object, list[str]]:
    newer = found.get("newer_releases", [found["unknown"].get("newer_releases")])
    return (
        found.get("release", "").rpartition("|")[2],
        found["update_state"],
        [uid.rpartition("|")[2] for uid in newer],
    )


@pytest.mark.parametrize(
    ("text", "ecosystem", "numbers"),
    [
        ("6.5.3", "msi", (6, 5, 3)),
        ("v6.5.3", "msi", (6, 5, 3)),
        ("6.5.3 (7650)", "macapp", (6, 5, 3)),
        ("6.5.0", "msi", (6, 5)),
        ("0", "msi", (0,)),
        ("1:9.2-3", "deb", (9, 2)),
        ("9.2-3", "msi", None),
        ("1.163.2+bookworm1", "deb", (1, 163, 2)),
        ("1.0~rc1", "deb", None),
        ("1.11.113-rc.1", "msi", None),
        ("", "msi", None),
    ],
)
def test_a_version_is_its_numbers(text, ecosystem, numbers):
    assert version_of(text, ecosystem) == numbers


ROWS = (release("6.4.9", "6.4"), release("6.4.10", "6.4"), release("6.5.3", "6.5"))


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("6.4.9", ("6.4.9", "behind", ["6.4.10"])),
        ("6.4.10", ("6.4.10", "current", [])),
        # not listed, and between two that are
        ("6.4.9.5", ("6.4.9", "behind", ["6.4.10"])),
        # older than all that are listed
        ("6.4.2", ("6.4.9", "behind", ["6.4.10", "6.4.9"])),
        ("6.4.11", ("6.4.10", "current", [])),
        ("6.40.1", ("", "unknown", ["not_collected"])),
        ("6.5.3 (7650)", ("6.5.3", "current", [])),
        ("latest", ("", "unknown", ["not_collected"])),
        (None, ("", "unknown", ["not_collected"])),
    ],
)
def test_a_program_is_behind_only_within_its_branch(version, found):
    assert of(settled(version, *ROWS)) == found


def test_without_branches_all_versions_are_one_line():
    assert of(settled("6.4.9", release("6.4.9"), release("6.5.3"), release("9.9", product="slack"))) == (
        "6.4.9",
        "behind",
        ["6.5.3"],
    )


def test_a_branch_ends_where_its_numbers_end():
    rows = (release("2.0.1", "2.0"), release("2.1.4", "2.1"))

    assert of(settled("2.0.0", *rows))[0] == "2.0.1"
    assert of(settled("2.1.5", *rows)) == ("2.1.4", "current", [])
    assert of(settled("2", *rows))[0] == "2.0.1"


def test_a_preview_is_no_release_that_anybody_lacks():
    assert of(settled("6.5.3", release("6.5.3"), release("6.6.0-beta.2"), release("6.6.0-rc1"))) == (
        "6.5.3",
        "current",
        [],
    )


def test_what_cannot_be_compared_or_placed_is_not_known():
    odd = settled("6.5.3", release("6.5.3"), release("summer"))
    adrift = settled("6.5.3", release("6.5.3"), release("6.6", unknown={"branch": "stale"}))

    assert (of(odd), of(adrift)) == (
        ("6.5.3", "unknown", ["unparsable"]),
        ("6.5.3", "unknown", ["not_collected"]),
    )


@pytest.mark.parametrize(
    ("completeness", "state", "newer"),
    [("partial", "unknown", ["source_partial"]), ("stale", "current", [])],
)
def test_a_register_that_is_not_whole_proves_no_newest(completeness, state, newer):
    assert of(settled("6.5.3", release("6.5.3"), completeness=completeness)) == ("6.5.3", state, newer)


def test_a_list_of_missing_updates_says_that_a_program_is_behind():
    update = SoftwareUpdate.make(
        uid="mdm/software_update/1", install="key:pc1/Zoom", candidate_version="6.6", lists_as_of=LISTED
    )
    found = settled("6.5.3", updates=(update,))

    assert (found["update_state"], found["lists_as_of"]) == ("behind", LISTED)
    assert "release" in found["unknown"]
