"""Which release a program is, which newer ones it lacks, and what is not known of it."""

import pytest
from reported import reported

from engine.facts import (
    Application,
    Collected,
    Fact,
    Host,
    Release,
    SoftwareInstall,
    SoftwareUpdate,
)
from engine.relations import Workspace, relate
from engine.relations.versions import version_of

AS_OF = "2026-09-30T15:59:59Z"
LISTED = "2026-09-30T15:59:59Z"


def source(kind: str, *facts: Fact, completeness: str = "complete") -> Collected:
    about = reported(kind, {fact.entity for fact in facts}, AS_OF, type=kind, completeness=completeness)
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
    missing: str = "complete",
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
            source("register:software_updates", *updates, completeness=missing),
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


def update(candidate: str = "6.6", **fields: object) -> SoftwareUpdate:
    return SoftwareUpdate.make(
        uid=f"mdm/software_update/{candidate}", install="key:pc1/Zoom", candidate_version=candidate, lists_as_of=LISTED, **fields
    )  # fmt: skip


def test_a_list_of_missing_updates_says_that_a_program_is_behind():
    found = settled("6.5.3", updates=(update(),))

    assert (found["update_state"], found["lists_as_of"]) == ("behind", LISTED)
    assert "release" in found["unknown"]


@pytest.mark.parametrize(
    ("version", "row", "ecosystem", "state"),
    [
        ("6.5.3", update("6.5.3"), "msi", "current"),
        # the list is older than the inventory
        ("6.5.3", update("6.5.2", installed_version="6.5.1"), "msi", "current"),
        # only to be tried
        ("6.5.3", update("6.6.0-beta.2", installed_version="6.5.3"), "msi", "current"),
        # of another branch, which is no duty of this one
        ("6.5.3", update("7.0.1", installed_version="6.5.3"), "msi", "current"),
        ("6.5.3", update("6.5.4"), "msi", "behind"),
        # a revision of the distribution, of which the list alone can tell
        ("6.5.3-1", update("6.5.3-1~deb12u1", installed_version="6.5.3-1"), "deb", "behind"),
        ("6.5.3-1", update("6.5.3-1~deb12u1"), "deb", "unknown"),
        ("6.5.3", update("summer"), "msi", "unknown"),
    ],
)
def test_what_a_list_calls_missing_may_have_been_installed_since(version, row, ecosystem, state):
    rows = (release("6.5.3", "6.5"), release("7.0.1", "7.0"))

    assert settled(version, *rows, updates=(row,), ecosystem=ecosystem)["update_state"] == state


def test_an_update_of_which_nobody_can_tell_hides_no_newer_release():
    rows = (release("6.5.3", "6.5"), release("6.5.4", "6.5"))

    assert settled("6.5.3", *rows, updates=(update("summer"),))["update_state"] == "behind"


def test_a_list_says_since_when_a_program_has_the_version_that_it_saw():
    since = {"version_since": "2026-05-01T00:00:00Z"}
    seen, later = (update("6.6", installed_version=version, **since) for version in ("6.5.3", "6.5.2"))
    nameless = update("6.6", **since)

    assert settled("6.5.3", updates=(seen,))["version_since"] == "2026-05-01T00:00:00Z"
    assert "version_since" not in settled("6.5.3", updates=(later,))
    assert "version_since" not in settled(None, updates=(nameless,))


def test_a_release_of_the_future_is_none_that_anybody_lacks():
    planned = release("6.5.4", "6.5", released_at="2026-10-15T00:00:00Z")

    assert of(settled("6.5.3", release("6.5.3", "6.5"), planned)) == ("6.5.3", "current", [])


def test_a_list_of_updates_that_came_in_part_is_no_newest_word():
    found = settled("6.5.3", release("6.5.3", "6.5"), missing="partial")

    assert (found["update_state"], found["unknown"]["lists_as_of"]) == ("current", "source_partial")
