"""An OPA server that somebody else runs: it is given our rules and documents, and rid of them at the end."""

import time
from collections.abc import Iterable
from math import inf
from typing import Any

import orjson

from engine.errors import EngineError, RulesError
from engine.opa.client import PREFIX, Client, GoneError, SilentError
from engine.opa.guard import RuleSet
from engine.opa.interface import EngineSpec
from engine.opa.locate import FLOOR, is_older

_KEEP = "system"
"""Packages below it configure the server itself."""

_MOMENT_S = 1.5
"""How long whoever stops an audit is kept waiting."""
_PATIENT_S = 60.0
_IMPATIENT_S = 0.1


class RemoteServer:
    """The server at the configured address, holding nothing but our rules and documents."""

    def __init__(self, spec: EngineSpec, rules: RuleSet) -> None:
        self.client = Client(spec.url, token=spec.token, connections=spec.workers + 1)
        self._documents: dict[str, Any] = orjson.loads(spec.documents.read_bytes())
        self._names: list[str] = []
        self._stopped = False
        try:
            self._refuse(spec.url)
            self._give(rules)
        except (GoneError, SilentError) as error:
            raise EngineError(
                f"{spec.url}: no OPA answers there: {error}", "start it, or mend --opa-url"
            ) from error
        except BaseException as error:
            self.stop(hurry=not isinstance(error, Exception))
            raise

    def stop(self, *, hurry: bool = False) -> None:
        """Take back what we gave; the server goes on.

        Args:
            hurry: break off what is being asked, and take back the documents first and rules while a moment lasts: a server
                makes up its rules anew for each file that it loses. Those that are left say nothing without documents, and the next
                audit takes them away.
        """
        if self._stopped:
            return
        self._stopped = True
        until = time.monotonic() + (_MOMENT_S if hurry else inf)
        self.client.hang_up()
        try:
            for name in self._documents:
                self.client.delete_document(name, _left(until))
            self._take_back(self._names, until)
        except (GoneError, SilentError):
            pass
        finally:
            self.client.close()

    def _take_back(self, names: Iterable[str], until: float = inf) -> list[str]:
        """Take files of rules from the server; those that it still needs, or that time was too short for, come back."""
        left = list(names)
        while left:
            still = [
                name
                for name in left
                if time.monotonic() >= until or not self.client.delete_policy(name, _left(until))
            ]
            if len(still) == len(left):
                break
            left = still
        return left

    def _refuse(self, url: str) -> None:
        version = self.client.version()
        if version and is_older(version, FLOOR):
            raise EngineError(f"{url}: OPA {version} is too old, needs {FLOOR}", "upgrade the server")
        for name, package in self.client.policies().items():
            if not name.startswith(PREFIX) and package[:1] != (_KEEP,):
                raise EngineError(
                    f"{url}: holds rules of others: {name}", "name a server that is used for audits alone"
                )
        for name in self._documents:
            if self.client.document(name) is not None:
                raise EngineError(
                    f"{url}: already holds data.{name}",
                    "another audit is at work there, or one broke off: restart it",
                )

    def _give(self, rules: RuleSet) -> None:
        for name, value in self._documents.items():
            self.client.put_document(name, orjson.dumps(value))
        ours = {PREFIX + file.name for file in rules.files}
        stale = self._take_back(
            name.removeprefix(PREFIX)
            for name in self.client.policies()
            if name.startswith(PREFIX) and name not in ours
        )
        left = {file.name: file.text for file in rules.files}
        # a file is taken once the functions that it calls are there: so as often as it helps
        while left:
            problems = {name: self.client.put_policy(name, text) for name, text in left.items()}
            taken = [name for name, problem in problems.items() if not problem]
            self._names.extend(taken)
            if not taken:
                raise RulesError(
                    f"the server refuses rules: {next(iter(problems.values()))}", "mend the rule"
                )
            left = {name: text for name, text in left.items() if problems[name]}
        self._take_back(stale)
        self.client.prepare()


def _left(until: float) -> float:
    """Seconds until then that one request may take."""
    return min(_PATIENT_S, max(_IMPATIENT_S, until - time.monotonic()))
