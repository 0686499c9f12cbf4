"""The collectors under the contract: one module for each, and one line here."""

from contracted import directory, dpkg, osquery, registers, restic, roster, scim, synapse

CONTRACTS = (
    directory.CONTRACT,
    dpkg.CONTRACT,
    osquery.CONTRACT,
    registers.CONTRACT,
    restic.CONTRACT,
    roster.CONTRACT,
    scim.CONTRACT,
    synapse.CONTRACT,
)
