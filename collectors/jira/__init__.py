"""Jira, where a company approves by tickets.

What is asked, all of it GET:

    /rest/api/3/search/jql?jql=…&expand=changelog          Cloud: page by page, to the last `nextPageToken`
    /rest/api/3/issue/<id>/changelog?startAt=0             Cloud: of an issue that changed more often than the list shows
    /rest/api/2/search?jql=…&expand=changelog&startAt=0    Data Center: page by page, to `total`
    /rest/servicedeskapi/request/<id>/approval             with `service_desk`: who was asked, and what they said
    the search once more, ids only: what came or went meanwhile
"""

from collectors.jira.collector import JiraCollector
from collectors.jira.options import JiraOptions

__all__ = ["JiraCollector", "JiraOptions"]
