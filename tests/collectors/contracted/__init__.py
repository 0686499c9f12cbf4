"""The collectors under the contract: one module for each, and one line here."""

from contracted import dpkg, osquery, registers, restic, roster, synapse

CONTRACTS = (
    dpkg.CONTRACT,
    osquery.CONTRACT,
    registers.CONTRACT,
    restic.CONTRACT,
    roster.CONTRACT,
    synapse.CONTRACT,
)
