"""Mattermost, by its REST API.

What is asked, all of it GET:

    /api/v4/users/me                                      whose token it is
    /api/v4/users/stats                                   the control total
    /api/v4/users?page=0&per_page=200                     page by page, to an empty one
    /api/v4/reports/users?page_size=100&…                 if `report` says so, from the last name on
    /api/v4/users/<id>/sessions                           if `sessions` says so, for each open account
    /api/v4/channels?page=0&per_page=200&include_deleted=true&include_total_count=true   to an empty page
    /api/v4/channels/<id>/members?page=0&per_page=200     for each channel, to an empty page
    users once more: who came or went meanwhile
"""

from collectors.mattermost.collector import MattermostCollector
from collectors.mattermost.options import MattermostOptions

__all__ = ["MattermostCollector", "MattermostOptions"]
