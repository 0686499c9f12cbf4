"""Directories under the contract: a tree in memory behind the port, and sockets that fail where the library is tried."""

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from contract import SECRET, TEXT, Contract, Law, Stage

from collectors.directory import DirectoryCollector, DirectoryOptions
from collectors.directory.port import SIZE_LIMIT, Bonsai, Page, Sign
from collectors.directory.searches import Search, searches
from collectors.directory.transport import LdapTransport
from collectors.transport import Transport

_BASE = "DC=corp,DC=test"
_READER = f"CN=audit,{_BASE}"
_OPTIONS = DirectoryOptions(
    url="ldaps://dc.corp.test", ca_file=Path("ca.pem"), bind_dn=_READER, base=_BASE, service_bases=()
)
_TABLE = searches(_OPTIONS)

Entry = tuple[str, dict[str, tuple[bytes, ...]]]


def account(name: str, number: int, **values: str | None) -> Entry:
    """An account as Active Directory shows it; a value of None is hidden."""
    usual: dict[str, str | None] = {
        "sAMAccountName": name,
        "userAccountControl": "512",
        "msDS-User-Account-Control-Computed": "0",
        "pwdLastSet": "134399341713699450",
        "lastLogonTimestamp": "134399342199990600",
        "accountExpires": "9223372036854775807",
        "whenCreated": "20260203190251.0Z",
        "employeeID": f"E{number:04}",
        "mail": f"{TEXT}@corp.test",
        "unicodePwd": SECRET,
    }
    shown = {key: (value.encode(),) for key, value in (usual | values).items() if value is not None}
    return f"CN={name},{_BASE}", shown | {"objectGUID": (number.to_bytes(16, "little"),)}


def group(name: str, number: int, *members: str, kind: int = 2, **values: tuple[bytes, ...]) -> Entry:
    """A group; one for mail if nothing else is said."""
    names = tuple(f"CN={member},{_BASE}".encode() for member in members)
    return f"CN={name},{_BASE}", {
        "sAMAccountName": (name.encode(),),
        "groupType": (str(kind).encode(),),
        "whenCreated": (b"20260203190251.0Z",),
        "objectGUID": (number.to_bytes(16, "little"),),
        "info": (TEXT.encode(),),
        **({"member": names} if names else {}),
        **values,
    }


ACCOUNTS = (account("audit", 1), account("li.na", 2), account("wang.fang", 3))
GROUPS = (group("budget", 11, "li.na", "wang.fang"),)


class Tree:
    """A directory in memory, two entries a page. `change` may put another page in place of one."""

    def __init__(
        self,
        accounts: tuple[Entry, ...] = ACCOUNTS,
        groups: tuple[Entry, ...] = GROUPS,
        change: Callable[[str, int, Page], Page] = lambda _name, _number, page: page,
    ) -> None:
        self._lists = {"domain": (("", {}),), "accounts": accounts, "groups": groups}
        self._lists |= {"account_ids": accounts, "group_ids": groups}
        self._change = change

    def pages(self, search: Search) -> Iterator[Page]:
        """The pages of one of the searches."""
        name = next(name for name, one in _TABLE.items() if one == search)
        entries = self._lists[name]
        for number, start in enumerate(range(0, max(len(entries), 1), 2)):
            yield self._change(name, number, Page(tuple(entries[start : start + 2])))

    def close(self) -> None:
        """Nothing is open."""


def tree(make: Callable[[], Tree] = Tree) -> Stage:
    """The transport that `connect` makes, with a tree in place of the library."""

    def stage(contract: Contract, folder: Path) -> Transport:
        transport = contract.collector.connect(contract.source, SECRET, folder)
        assert isinstance(transport, LdapTransport)
        transport._connect = make
        return transport

    return stage


def _second(status: int) -> Callable[[str, int, Page], Page]:
    return lambda name, number, page: Page((), status=status) if (name, number) == ("accounts", 1) else page


def _in_second_list(*entries: Entry) -> Callable[[str, int, Page], Page]:
    def change(name: str, number: int, page: Page) -> Page:
        return replace(page, entries=entries) if (name, number) == ("account_ids", 1) else page

    return change


def _refusing(error: str, *, at_once: bool) -> Stage:
    """The port, with a client of the library that refuses."""

    def stage(_contract: Contract, folder: Path) -> Transport:
        bonsai = pytest.importorskip("bonsai")

        class Client:
            def connect(self, timeout: float) -> "Client":
                del timeout
                if at_once:
                    raise getattr(bonsai, error)
                return self

            def set_raw_attributes(self, names: list[str]) -> None:
                del names

            def search(self, *_asked: object) -> None:
                raise getattr(bonsai, error)

            def close(self) -> None:
                pass

        def connect() -> Bonsai:
            port = Bonsai.__new__(Bonsai)
            port._client, port._sign = Client(), Sign(_OPTIONS.url, _READER, SECRET, folder, 1)
            port._connection = port._connected()
            return port

        return LdapTransport(connect, _TABLE)

    return stage


def _listening(serve: Callable[[socket.socket, Path], None]) -> Stage:
    """The port and the library, against a socket that behaves badly."""

    def stage(_contract: Contract, folder: Path) -> Transport:
        pytest.importorskip("bonsai")
        made = ("-days", "9", "-subj", "/CN=x", "-keyout", "key.pem", "-out", "ca.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made],  # noqa: S607
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
        listener = socket.create_server(("127.0.0.1", 0))

        def accept() -> None:
            with listener, contextlib.suppress(OSError):
                serve(listener.accept()[0], folder)

        threading.Thread(target=accept, daemon=True).start()
        url = f"ldaps://127.0.0.1:{listener.getsockname()[1]}"
        return LdapTransport(partial(Bonsai, Sign(url, _READER, SECRET, folder / "ca.pem", 0.5)), _TABLE)

    return stage


def _silent(connection: socket.socket, _folder: Path) -> None:
    with connection:
        while connection.recv(4096):
            pass


def _cut(connection: socket.socket, _folder: Path) -> None:
    connection.close()


def _for_another_host(connection: socket.socket, folder: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    with context.wrap_socket(connection, server_side=True) as wrapped:
        wrapped.recv(4096)


CONTRACT = Contract(
    name="directory",
    collector=DirectoryCollector(),
    options=_OPTIONS,
    good=tree(
        lambda: Tree(
            groups=(
                *GROUPS,
                group(
                    "Domain Admins",
                    12,
                    "audit",
                    kind=-2147483646,
                    objectSid=(bytes.fromhex("01050000000000051500000088adccc218e5b9dc05e2a75400020000"),),
                ),
            )
        )
    ),
    permission="may not search",
    stages={
        Law.CUT_SHORT: tree(lambda: Tree(change=_second(SIZE_LIMIT))),
        Law.TOTAL_SMALLER: tree(lambda: Tree(change=_in_second_list())),
        Law.TOTAL_LARGER: tree(lambda: Tree(change=_in_second_list(ACCOUNTS[2], account("zhao", 4)))),
        Law.CHANGED: tree(lambda: Tree(change=_in_second_list(account("zhao", 4)))),
        Law.LIMITED_SECONDS: "LDAP has no such answer: a limit is one of size, which cuts the list short",
        Law.LIMITED_DATE: "LDAP has no such answer: a limit is one of size, which cuts the list short",
        Law.ERROR_IN_OK: "the result code of LDAP is the answer: there is no second one inside it",
        Law.UNKNOWN_WHO: _refusing("AuthenticationError", at_once=True),
        Law.NOT_PERMITTED: _refusing("InsufficientAccess", at_once=False),
        Law.TIME_OUT: _listening(_silent),
        Law.RESET: _listening(_cut),
        Law.TLS: _listening(_for_another_host),
        Law.UNKNOWN_WORD: tree(lambda: Tree((*ACCOUNTS, account("zhao", 4, userAccountControl="odd")))),
        Law.HIDDEN: tree(lambda: Tree((*ACCOUNTS, account("zhao", 4, userAccountControl=None)))),
    },
)
