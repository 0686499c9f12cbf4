"""Slack, by its Web API; an answer with the status 200 says in `ok` whether it is one.

What is asked, all of it GET:

    /api/auth.test                                        whose token it is
    /api/users.list?limit=200                             page by page, to an empty `next_cursor`
    /api/conversations.list?types=public_channel,…        if `groups` says so, page by page
    /api/conversations.members?channel=C1                 for each channel, page by page
    /api/team.accessLogs?count=1000&page=1                if `access_logs` says so, which paid plans have
    users once more: who came or went meanwhile
"""

from collectors.slack.collector import SlackCollector
from collectors.slack.options import SlackOptions

__all__ = ["SlackCollector", "SlackOptions"]
