"""Clients that people sign in with, and who used them."""

from typing import ClassVar

from engine.facts.fact import Fact, Value
from engine.facts.fields import Count, Id, Instant, Latitude, Longitude, Tri, known, needed, optional, tri
from engine.facts.refs import AccountRef, HostRef, PersonRef


class DeviceUse(Value):
    """An account that was used on a device."""

    account: AccountRef = needed("the account")
    at: Instant | None = optional("when; left out if it is not known")
    certain: Tri = needed("whether somebody surely was signed in")
    supporting: Tri = needed("whether a register says what the account is for beside its holder's own")


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
    uses: tuple[DeviceUse, ...] | None = known(
        "who used it, oldest first; of an account's uses on one day the first and the last; empty: nobody"
    )


class Place(Fact):
    """A place or network from which people sign in."""

    entity: ClassVar[str] = "place"
    plural: ClassVar[str] = "places"
    company_wide: ClassVar[bool] = True
    natural_keys: ClassVar[tuple[str, ...]] = ("key",)

    key: Id = needed("what sign-ins call it, hashed")
    latitude: Latitude | None = known("degrees north")
    longitude: Longitude | None = known("degrees east")
    radius_km: Count | None = known("how far from there somebody at this place may be, in km")
    relay: Tri = tri(
        "whether it is an exit of the company or of a mobile network, behind which people are elsewhere"
    )
