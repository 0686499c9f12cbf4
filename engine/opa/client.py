"""OPA's REST interface, through opa-python-client: bytes in, a value out, and three ways to have none.

The client library makes the connection; bodies go past its own methods, which would parse and write every shard again.
It and the library below it take a while to import, and OPA a while to start: they are imported when it is on its way.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import orjson

from engine.errors import EngineError
from engine.opa.asking import UnansweredError

if TYPE_CHECKING:
    from requests import Response

PREFIX = "clausewise/"
"""Stands before the name of each rule file in the server."""

PREPARED = "lib/prepared/company"
"""The rule of what is the same for every shard."""

_CONNECT_S = 5.0
_ADMIN_S = 60.0
_UNDEFINED_CHECK = b'{"input":{"only":""}}'


class GoneError(Exception):
    """The server hung up, or is not there."""


class SilentError(Exception):
    """The server did not answer in time."""


class Client:
    """One OPA server."""

    def __init__(self, url: str, *, token: str = "", path: Path | None = None, connections: int = 1) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise EngineError(
                f"OPA server: found {url!r}, needs an address such as http://localhost:8181", "mend --opa-url"
            )
        from opa_client.opa import OpaClient  # noqa: PLC0415  # see above

        secure = parts.scheme == "https"
        self._opa = OpaClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 8181),
            ssl=secure,
            token=token or None,
            retries=0,
            timeout=_CONNECT_S,
        )
        # what the environment says about proxies and passwords is none of this connection's business
        self._session = self._opa._session  # noqa: SLF001  # the library has no method that takes bytes
        self._session.trust_env = False
        self._root = f"{self._opa.schema}{self._opa.host}:{self._opa.port}"
        if path is not None:
            from engine.opa.socketed import UnixAdapter  # noqa: PLC0415  # see above

            self._session.mount(f"{self._root}/", UnixAdapter(path, connections, _CONNECT_S))
            self._network = None
        else:
            from engine.opa.network import NetworkAdapter  # noqa: PLC0415  # see above

            self._network = NetworkAdapter(connections)
            self._session.mount(f"{self._root}/", self._network)

    def is_ready(self) -> bool:
        """Whether the server has started."""
        return bool(self._opa.check_health())

    def is_well(self) -> bool:
        """Whether the server still answers a question that costs nothing."""
        try:
            self._send("POST", "/v1/data/audit/answer", _UNDEFINED_CHECK, _CONNECT_S)
        except (GoneError, SilentError):
            return False
        return True

    def query(self, path: str, body: bytes, timeout_s: float) -> Any:
        """The value of a document for this body; `None` if it is undefined.

        Raises:
            UnansweredError: a rule failed; the message has file and row
            GoneError: the server hung up
            SilentError: no answer in time; the server has stopped working on it
            EngineError: the server refuses us
        """
        response = self._send("POST", f"/v1/data/{path}", body, timeout_s)
        if response.status_code == 200:  # noqa: PLR2004
            return orjson.loads(response.content).get("result")
        if response.status_code == 500:  # noqa: PLR2004
            raise UnansweredError("rule_error", refusal(response))
        raise _refused(response)

    def version(self) -> str:
        """The server's version; empty if it does not tell."""
        response = self._send(
            "POST", "/v1/query", b'{"query":"version := opa.runtime().version"}', _CONNECT_S
        )
        with suppress(ValueError, KeyError, IndexError, TypeError):
            return str(orjson.loads(response.content)["result"][0]["version"])
        return ""

    def policies(self) -> dict[str, tuple[str, ...]]:
        """Id and package of each policy that the server holds."""
        response = self._checked(self._send("GET", "/v1/policies", None, _ADMIN_S))
        listed = orjson.loads(response.content).get("result", ())
        return {
            row["id"]: tuple(part["value"] for part in row["ast"]["package"]["path"][1:]) for row in listed
        }

    def put_policy(self, name: str, text: str) -> str:
        """Give the server a file of rules; empty, or why it does not take it (yet)."""
        response = self._send(
            "PUT", f"/v1/policies/{quote(PREFIX + name)}", text.encode(), _ADMIN_S, "text/plain"
        )
        if response.status_code == 400:  # noqa: PLR2004
            return refusal(response)
        self._checked(response)
        return ""

    def delete_policy(self, name: str, timeout_s: float = _ADMIN_S) -> bool:
        """Take a file of rules from the server; no if others need it or it is not there."""
        return self._send("DELETE", f"/v1/policies/{quote(PREFIX + name)}", None, timeout_s).ok

    def document(self, name: str) -> Any:
        """What the server holds under `data`; `None` if nothing."""
        return orjson.loads(
            self._checked(self._send("GET", f"/v1/data/{quote(name)}", None, _ADMIN_S)).content
        ).get("result")

    def put_document(self, name: str, body: bytes) -> None:
        """Give the server a document."""
        self._checked(self._send("PUT", f"/v1/data/{quote(name)}", body, _ADMIN_S))

    def prepare(self) -> None:
        """Lay what the rules say of the company's registers alone beside them; else each shard would have it worked out anew.

        No answer rests on these tables: if they are not there in time, each shard is asked about without them.

        Raises:
            GoneError: the server hung up
            SilentError: no answer in time, nor to a question that costs nothing
            EngineError: the server refuses us
        """
        # a rule that fails over these registers fails in the checks that need it, too, and they say so
        with suppress(UnansweredError):
            try:
                tables = self.query(PREPARED, b"{}", _ADMIN_S)
                if tables is not None:
                    self.put_document("company/prepared", orjson.dumps(tables))
            except SilentError:
                if not self.is_well():
                    raise

    def delete_document(self, name: str, timeout_s: float = _ADMIN_S) -> None:
        """Take a document from the server, if it has it."""
        self._send("DELETE", f"/v1/data/{quote(name)}", None, timeout_s)

    def hang_up(self) -> None:
        """Break off what is being asked, in whichever threads: each of them hears that the server is gone."""
        if self._network is not None:
            self._network.hang_up()

    def close(self) -> None:
        """Close all connections."""
        from opa_client.errors import ConnectionsError  # noqa: PLC0415  # with the client

        with suppress(ConnectionsError):
            self._opa.close_connection()

    def _send(
        self, method: str, path: str, body: bytes | None, timeout_s: float, kind: str = "application/json"
    ) -> "Response":
        from requests import ReadTimeout, RequestException  # noqa: PLC0415  # with the client

        try:
            return self._session.request(  # type: ignore[no-any-return]  # no types in the library
                method,
                self._root + path,
                data=body,
                headers={"Content-Type": kind},
                timeout=(_CONNECT_S, timeout_s),
            )
        except ReadTimeout as error:
            raise SilentError(f"no answer within {timeout_s:g} s") from error
        except (RequestException, OSError) as error:
            raise GoneError(f"{type(error).__name__}") from error

    def _checked(self, response: "Response") -> "Response":
        if not response.ok:
            raise _refused(response)
        return response


def located(errors: list[dict[str, Any]]) -> str:
    """OPA's list of errors as one line: file, row, message of each."""
    lines = []
    for error in errors:
        place = error.get("location") or {}
        file = str(place.get("file", "")).removeprefix(PREFIX)
        where = f"{file}:{place['row']}: " if file and "row" in place else ""
        lines.append(f"{where}{' '.join(str(error.get('message', error)).split())}")
    return "; ".join(lines)


def refusal(response: "Response") -> str:
    """Why the server did not do it, with file and row where it tells."""
    try:
        body = orjson.loads(response.content)
    except ValueError:
        return f"HTTP {response.status_code}"
    if not isinstance(body, dict):
        return f"HTTP {response.status_code}"
    return located(body.get("errors") or [body])


def _refused(response: "Response") -> EngineError:
    if response.status_code in {401, 403}:
        return EngineError(
            "OPA server: refuses us",
            "give the token that it asks for, with the rights to put policies and data",
        )
    return EngineError(
        f"OPA server: HTTP {response.status_code}: {refusal(response)}",
        "is this an OPA, and is the shard JSON?",
    )
