"""Clients that people sign in with, and who used them."""

from typing import ClassVar

from engine.facts.fact import Fact
from engine.facts.fields import Id, Tri, known, needed, optional, tri
from engine.facts.refs import HostRef, PersonRef


class Device(Fact):
    """A client that people sign in with: a computer, a phone, a terminal of a shift."""

    entity: ClassVar[str] = "device"
    plural: ClassVar[str] = "devices"
    home: ClassVar[tuple[str, ...]] = ("@host", "department_code")
    natural_keys: ClassVar[tuple[str, ...]] = ("key",)

    key: Id = needed("what sign-ins call it, hashed")
    host: HostRef | None = optional("the device on file that it is; none: it is none, like a private phone")
    department_code: Id | None = optional("department that it belongs to, if its host does not say")
    shared: Tri = tri("whether the register says that several people are to use it")
    users: tuple[PersonRef, ...] | None = known("who is to use it, if several are; empty: nobody is named")
