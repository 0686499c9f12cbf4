"""Microsoft Graph: accounts of Entra, and the teams and groups that people talk in.

What is asked, all of it GET, with a token by client credentials (`@odata.nextLink` is followed to the end of each list):

    /v1.0/users/$count                                            with `ConsistencyLevel: eventual`
    /v1.0/users?$select=…,signInActivity&$top=120                 without signInActivity where the edition has none
    /v1.0/reports/authenticationMethods/userRegistrationDetails
    /v1.0/groups?$select=…                                        if `groups` says so
    for each group:
        /v1.0/groups/<id>/owners?$select=id
        /v1.0/groups/<id>/members?$select=id
        /v1.0/groups/<id>/transitiveMembers?$select=id            where a member is a group
    users once more, by id: who came or went meanwhile
"""

from collectors.graph.collector import GraphCollector
from collectors.graph.options import GraphOptions

__all__ = ["GraphCollector", "GraphOptions"]
