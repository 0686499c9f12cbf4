"""Pseudonyms: the same thing has the same one in every pack that is made with the same key, and nobody can reckon it back.

A pseudonym is cut from HMAC-SHA256 of a uid under a secret key. The uid alone would not do: whoever knows how staff
numbers look could try them all. For the same reason fingerprints and digests of raw records are keyed too.
"""

import base64
import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.facts import FACT_TYPES
from engine.findings import Subject

IMPERSONAL = frozenset(
    {
        "announcement", "application", "approval", "attestation", "backup_plan", "backup_run", "data_set",
        "deletion_record", "department", "exception_request", "hold", "host_scan", "incident", "inspection",
        "integrity_check", "policy_version", "prior_finding", "rectification", "release", "restore_point",
        "restore_test", "sample", "sample_item", "security_assessment", "service_endpoint", "storage_location",
        "tls_check", "training_course", "training_session", "violation_report", "vuln_finding", "vuln_scan",
        "waiver",
    }
)  # fmt: skip
"""Kinds of things that are no person's: they keep their names, in which names of people are replaced all the same."""

PEOPLE = frozenset({"person", "account"})
"""Kinds whose names, numbers and logins are looked for in every free text."""

_UID = re.compile(r"(?P<source>[^/\s]+)/(?P<entity>[a-z_]+)/(?P<record>.+)", re.DOTALL)

_LETTERS = 12
"""Of 32 letters: with a million things the chance of one pseudonym for two of them is below one in a million."""

Named = tuple[str, str, Iterable[str]]
"""Kind, uid, and what people call it."""


def names_in(subjects: Mapping[str, Subject]) -> Iterator[Named]:
    """The people and accounts that a run names."""
    for subject in subjects.values():
        found = _UID.fullmatch(subject.uid)
        if found and found["entity"] in PEOPLE:
            yield found["entity"], subject.uid, (subject.name, subject.source_record_id, found["record"])


def is_uid(text: str) -> bool:
    """Whether a text is the uid of a fact."""
    found = _UID.fullmatch(text)
    return found is not None and found["entity"] in FACT_TYPES


class Pseudonyms:
    """Names and uids in, pseudonyms out; remembers what it gave, for the key file."""

    def __init__(self, secret: bytes, named: Iterable[Named] = (), kept: Iterable[str] = ()) -> None:
        """Takes the key, the people and accounts that are known, and words that are no names whatever else they are.

        Args:
            secret: the key
            named: people and accounts, and what each is called
            kept: codes and names of departments
        """
        self._secret = secret
        self.given: dict[str, str] = {}
        """Pseudonym -> what it stands for."""
        self.digests: dict[str, str] = {}
        """Keyed digest -> digest."""
        self._words = self._read(named, frozenset(word.lower() for word in kept))
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    def _read(self, named: Iterable[Named], kept: frozenset[str]) -> dict[str, str]:
        """Word -> whose it is: a person's before an account's; its own where several people share it."""
        whose: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for kind, uid, words in named:
            for word in words:
                small = word.strip().lower()
                if len(small) >= (3 if small.isdigit() else 2) and small not in kept:
                    whose[small][kind].add(uid)
        found = {}
        for word, kinds in whose.items():
            owners = kinds.get("person") or kinds["account"]
            found[word] = next(iter(owners)) if len(owners) == 1 else f"/name/{word}"
        return found

    def of(self, uid: str) -> str:
        """The pseudonym of a thing, without where it comes from."""
        cut = hmac.digest(self._secret, uid.encode("utf-8", "replace"), hashlib.sha256)
        made = "P-" + base64.b32encode(cut).decode()[:_LETTERS].lower()
        self.given[made] = uid
        return made

    def uid(self, uid: str) -> str:
        """A uid under which nobody is known; source and kind stay readable."""
        found = _UID.fullmatch(uid)
        if found is None:
            return self.text(uid)
        record = self.text(found["record"]) if found["entity"] in IMPERSONAL else self.of(uid)
        return f"{found['source']}/{found['entity']}/{record}"

    def called(self, uid: str, name: str) -> str:
        """What a thing is called: its pseudonym, unless it is no person's."""
        found = _UID.fullmatch(uid)
        return self.text(name) if found and found["entity"] in IMPERSONAL else self.of(uid)

    def name(self, name: str) -> str:
        """The name of a person, whether or not it is known whose it is."""
        return self.of(self._words.get(name.strip().lower(), f"/name/{name.strip().lower()}"))

    def digest(self, value: str) -> str:
        """A digest that only the holder of the key can compare."""
        if not value:
            return ""
        made = hmac.digest(self._secret, value.encode(), hashlib.sha256).hex()
        self.digests[made] = value
        return made

    def text(self, text: str) -> str:
        """Free text in which every known name, number and login is replaced; longer ones first."""
        small = text.lower()
        if len(small) != len(text):  # a letter that becomes two: places would no longer agree
            small = text
        parts: list[str] = []
        at = 0
        while at < len(text):
            word = next((word for word in self._at(small, at)), "")
            parts.append(self.of(self._words[word]) if word else text[at])
            at += len(word) or 1
        return "".join(parts)

    def _at(self, text: str, at: int) -> Iterator[str]:
        for length in self._lengths:
            word = text[at : at + length]
            if len(word) == length and word in self._words and _stands_alone(text, at, at + length):
                yield word

    def anything(self, value: object) -> object:
        """A value of which only the shape is known: uids and texts in it are replaced."""
        match value:
            case str():
                return self.uid(value)
            case list() | tuple():
                return [self.anything(item) for item in value]
            case dict():
                return {name: self.anything(item) for name, item in value.items()}
            case _:
                return value


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is none in the middle of another: Chinese names have no space round them, numbers and logins do."""
    return not (
        (start > 0 and _is_ascii_word(text[start - 1]) and _is_ascii_word(text[start]))
        or (end < len(text) and _is_ascii_word(text[end]) and _is_ascii_word(text[end - 1]))
    )


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
