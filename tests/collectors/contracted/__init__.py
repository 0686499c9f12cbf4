"""The collectors under the contract: one module for each, and one line here."""

from contracted import (
    borg,
    dingtalk,
    directory,
    dpkg,
    feishu,
    fleet,
    graph,
    mattermost,
    osquery,
    registers,
    restic,
    roster,
    scim,
    slack,
    synapse,
    wecom,
)

CONTRACTS = (
    borg.CONTRACT,
    dingtalk.CONTRACT,
    directory.CONTRACT,
    dpkg.CONTRACT,
    feishu.CONTRACT,
    fleet.CONTRACT,
    graph.CONTRACT,
    mattermost.CONTRACT,
    osquery.CONTRACT,
    registers.CONTRACT,
    restic.CONTRACT,
    roster.CONTRACT,
    scim.CONTRACT,
    slack.CONTRACT,
    synapse.CONTRACT,
    wecom.CONTRACT,
)
