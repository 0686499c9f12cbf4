"""The collectors under the contract: one module for each, and one line here."""

from contracted import (
    borg,
    cyclonedx,
    directory,
    dpkg,
    lynis,
    nmap,
    osquery,
    pgbackrest,
    rclone,
    registers,
    restic,
    roster,
    scim,
    sslyze,
    synapse,
    trivy,
)

CONTRACTS = (
    borg.CONTRACT,
    cyclonedx.CONTRACT,
    directory.CONTRACT,
    dpkg.CONTRACT,
    lynis.CONTRACT,
    nmap.CONTRACT,
    osquery.CONTRACT,
    pgbackrest.CONTRACT,
    rclone.CONTRACT,
    registers.CONTRACT,
    restic.CONTRACT,
    roster.CONTRACT,
    scim.CONTRACT,
    sslyze.CONTRACT,
    synapse.CONTRACT,
    trivy.CONTRACT,
)
