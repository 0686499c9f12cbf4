"""Links from accounts to people that a company declares: by the ids of a directory, which are exact, and by a rule for login names."""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeGuard

from engine.canonical import canonical
from engine.facts import KEY, Account, Collected, Fact, IdentityLink, Provenance, RawRecord
from engine.facts.delivery import gathered_facts, gathered_provenance, gathered_raw, raw_key
from engine.facts.kept import finder

EMPLOYEE_NO = "employee_no"
"""Name of the group in a rule that holds the employee number."""

LOGIN = "login"
"""Name of the group in a rule that holds the login name of the same person in another source."""

_GUID_OCTETS = 16

_NOBODYS = frozenset({"service", "bot", "room_device"})


def login_pattern(rule: str, group: str = EMPLOYEE_NO) -> re.Pattern[str]:
    """The rule as an expression for whole login names, with a group that says whose they are.

    Raises:
        ValueError: it is no expression, or does not say which part is the employee number
    """
    try:
        pattern = re.compile(rule)
    except re.error as error:
        raise ValueError(f"found {rule!r}, which is no regular expression: {error}") from error
    if group not in pattern.groupindex:
        what = "the employee number" if group == EMPLOYEE_NO else "the login name in the other source"
        example = r"@u(?P<employee_no>\d+):corp" if group == EMPLOYEE_NO else "@(?P<login>[^:]+):corp"
        raise ValueError(f"found {rule!r}, needs a group (?P<{group}>…) around {what}, as in {example}")
    return pattern


def linked_by_directory(collected: Collected, directory: str) -> Collected:
    """What a source delivered, its external ids taken for the directory's own ids of accounts.

    Whoever holds that account of the directory holds this one. An id that the directory does not show leaves the account
    somebody's who is not known.

    Args:
        collected: what it delivered
        directory: the source that is the directory
    """
    if not any(_is_named(fact) for fact in collected.facts):
        text = "directory_of: none of its accounts states an external id; see what of this kind of source holds one"
        report = collected.report
        return collected.model_copy(
            update={"report": report.model_copy(update={"problems": (*report.problems, text)})}
        )
    facts = gathered_facts()
    for fact in collected.facts:
        facts.put(fact.uid, _through(fact, directory) if _is_named(fact) else fact)
    return collected.model_copy(update={"facts": facts.in_order()})


def _is_named(fact: Fact) -> TypeGuard[IdentityLink]:
    return isinstance(fact, IdentityLink) and fact.method == "external_id"


def _through(link: IdentityLink, directory: str) -> IdentityLink:
    own = directory_id((link.person or "").removeprefix(KEY))
    return IdentityLink.make(
        uid=link.uid,
        account=link.account,
        through=f"{directory}/{Account.entity}/{own}",
        method="directory_guid",
        strength="exact",
        conflict="no",
    )


def directory_id(text: str) -> str:
    """An id as the directory's collector writes it, however another system writes it: plain, in braces, as hex or Base64."""
    with suppress(ValueError):
        return str(uuid.UUID(text))
    with suppress(ValueError):
        octets = base64.b64decode(text, validate=True)
        if len(octets) == _GUID_OCTETS:
            # Microsoft writes the first three groups back to front
            return str(uuid.UUID(bytes_le=octets))
    return text


def linked_by_login(collected: Collected, pattern: re.Pattern[str], other: str = "") -> Collected:
    """What a source delivered, with a link for every account that a person may have.

    Args:
        collected: what it delivered
        pattern: the rule
        other: the source in which the same person has the login that the rule finds; empty: it finds the employee number

    A login that follows the rule names its holder. One that does not says nothing: where no other link can, a weak
    link without a person keeps it from being taken for an account that belongs to nobody.
    """
    has_others = IdentityLink.entity in collected.report.delivers
    facts, provenance, raw = gathered_facts(), gathered_provenance(), gathered_raw()
    links = 0
    for link, came, record in _links(collected, pattern, other, has_others=has_others):
        links += 1
        facts.put(link.uid, link)
        provenance.put(came.uid, came)
        raw.put(raw_key(record), record)
    if not links and has_others:
        return collected
    for fact in collected.facts:
        facts.put(fact.uid, fact)
    for row in collected.provenance:
        provenance.put(row.uid, row)
    for record in collected.raw:
        raw.put(raw_key(record), record)
    report = collected.report
    received = {
        **report.received,
        IdentityLink.entity: report.received.get(IdentityLink.entity, 0) + links,
    }
    return Collected(
        report=report.model_copy(
            update={
                "delivers": tuple(sorted({*report.delivers, IdentityLink.entity})),
                "received": dict(sorted(received.items())),
                "limits": {
                    name: why for name, why in report.limits.items() if name != "identity_link.person"
                },
            }
        ),
        facts=facts.in_order(),
        provenance=provenance.in_order(),
        raw=raw.in_order(),
    )


def _links(
    collected: Collected, pattern: re.Pattern[str], other: str, *, has_others: bool
) -> Iterator[tuple[IdentityLink, Provenance, RawRecord]]:
    came = finder(collected.provenance, lambda row: row.uid)
    for account in collected.facts:
        if not isinstance(account, Account) or account.kind in _NOBODYS:
            continue
        found = pattern.fullmatch(account.login)
        named = found[LOGIN if other else EMPLOYEE_NO] if found else None
        if not named and has_others:
            continue
        source = came(account.uid)
        record_id = f"{source.source_record_id}/login"
        body = canonical({"login": account.login, "rule": pattern.pattern})
        link = IdentityLink.make(
            uid=f"{source.source_id}/{IdentityLink.entity}/{record_id}",
            account=account.uid,
            person=f"{KEY}{named}" if named and not other else None,
            through=f"{KEY}{other}:{named}" if named and other else None,
            method="login_rule",
            strength="derived" if named else "weak",
            conflict="no",
        )
        yield (
            link,
            source.model_copy(
                update={
                    "uid": link.uid,
                    "name": f"{account.login} = {named or '?'}",
                    "source_record_id": record_id,
                    "raw_sha256": hashlib.sha256(body).hexdigest(),
                }
            ),
            RawRecord(id=record_id, entity=IdentityLink.entity, body=body.decode()),
        )
