"""The collector of Jira: approvals."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import httpx

from collectors.harvest import Harvest
from collectors.interface import Fields, Moment, Options, Source
from collectors.jira.facts import FIELDS, NEVER, add_approval, from_service_desk, from_statuses
from collectors.jira.options import JiraOptions
from collectors.jira.walk import GETS, Walk, of_status, shape
from collectors.transport import Request, Response, Transport
from collectors.webapi import ApiTransport, HeldToken, Shape, WebCollector, bearer, needs_secret
from engine.facts import Collected, Decision


class JiraCollector(WebCollector):
    """Reads approvals from tickets of Jira."""

    type: ClassVar[str] = "jira"
    title: ClassVar[str] = "Jira"
    delivers: ClassVar[tuple[str, ...]] = ("approval",)
    fields: ClassVar[Fields] = FIELDS
    options: ClassVar[Options] = JiraOptions

    def connect(self, source: Source, secret: str, folder: Path) -> Transport:
        """A connection, with an API token or a personal access token as the secret."""
        options = _options(source)
        needs_secret(source, secret, "token")
        held = HeldToken(secret, bearer())
        auth = held if options.user is None else httpx.BasicAuth(options.user, secret)
        return ApiTransport(options, folder, GETS, auth)

    def shape(self, source: Source, request: Request) -> Shape:
        """The fields that are read."""
        return shape(request, _options(source))

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer with nothing but the fields that are read, and of changes those of the status."""
        short = super().strip(source, request, response)
        if not short.body:
            return short
        body = json.dumps(
            of_status(json.loads(short.body)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return replace(short, body=body.encode())

    def collect(self, source: Source, transport: Transport, moment: Moment) -> Collected:
        """Every ticket of the search that the account sees.

        Raises:
            AccessError: the token is not valid, or may not search
            SourceError: Jira does not answer
        """
        options = _options(source)
        harvest = Harvest(source, kind=self.type, delivers=self.delivers)
        for name in NEVER:
            harvest.limit(f"approval.{name}", "not_supported")
        if not options.every_issue_visible:
            harvest.problem(
                "Jira leaves out tickets that the account may not see: see to it that it sees all, and say every_issue_visible: true"
            )
        walk = Walk(transport, harvest, options)
        issues = walk.issues()
        for issue, at in issues.values():
            add_approval(harvest, issue, at, self._decisions(walk, harvest, issue, options), options, moment)
        walk.again(set(issues))
        return harvest.collected()

    def _decisions(
        self, walk: Walk, harvest: Harvest, issue: dict[str, Any], options: JiraOptions
    ) -> list[Decision] | str:
        if options.service_desk:
            approvals = walk.approvals(issue["id"])
            return "source_partial" if approvals is None else from_service_desk(harvest, approvals, options)
        histories = walk.histories(issue)
        return "source_partial" if histories is None else from_statuses(harvest, histories, options)


def _options(source: Source) -> JiraOptions:
    return JiraOptions.model_validate(source.options.model_dump())
