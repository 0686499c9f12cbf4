"""All relations of a company, in the order in which they build on each other."""

from dataclasses import dataclass

from engine.relations.accounts import merge_account_registers, settle_holders
from engine.relations.groups import count_namesakes, merge_group_register, merge_sponsors, settle_departments
from engine.relations.keys import resolve_keys
from engine.relations.lending import add_journeys, settle_devices, settle_relays
from engine.relations.organisation import Organisation, list_cycles, list_strays, settle_heads
from engine.relations.partition import Partition
from engine.relations.past import Change, Past, settle_past
from engine.relations.publishing import mark_outsiders
from engine.relations.releases import settle_releases
from engine.relations.samples import summarise_samples
from engine.relations.scans import add_host_scans
from engine.relations.software import (
    add_registered_hosts,
    fill_backups,
    merge_applications,
    merge_endpoints,
    merge_host_register,
    merge_hosts,
)
from engine.relations.workspace import Workspace


@dataclass(frozen=True)
class Company:
    """A company whose relations are settled."""

    space: Workspace
    organisation: Organisation
    partition: Partition
    changes: tuple[Change, ...] = ()
    """What came, went and changed since the earlier snapshot."""


def relate(space: Workspace, as_of: str, past: Past | None = None) -> Company:
    """Settles who holds, heads, owns and manages what, as of the instant.

    Args:
        space: the records as the sources delivered them; they are changed
        as_of: the snapshot's instant
        past: the snapshot before, if there is one
    """
    merge_hosts(space)
    merge_endpoints(space)
    add_registered_hosts(space)
    merge_applications(space)
    resolve_keys(space)
    settle_heads(space, as_of)
    organisation = Organisation(space.all("department"), as_of)
    list_cycles(space, organisation)
    list_strays(space, organisation)
    settle_holders(space)
    merge_account_registers(space)
    settle_relays(space)
    add_journeys(space)
    settle_devices(space, organisation)
    merge_group_register(space)
    settle_departments(space, organisation)
    count_namesakes(space)
    merge_sponsors(space)
    mark_outsiders(space)
    merge_host_register(space)
    settle_releases(space, as_of)
    add_host_scans(space)
    fill_backups(space)
    changes = settle_past(space, past, as_of)
    partition = Partition(space, organisation)
    summarise_samples(space, partition.home, as_of)
    return Company(space, organisation, partition, changes)
