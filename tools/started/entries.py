"""Writes to a directory what its collector is to find. Needs the extra `ldap`."""

from typing import Any

import bonsai

from tools.started.directories import Running


def client(server: Running, user: str = "", password: str = "") -> bonsai.LDAPClient:
    """A client that signs in as the administrator, or as this user."""
    client = bonsai.LDAPClient(server.url)
    client.set_ca_cert(str(server.ca_file))
    client.set_credentials("SIMPLE", user=user or server.admin, password=password or server.password)
    client.set_raw_attributes(["unicodePwd", "objectGUID"])
    return client


def add(connection: bonsai.LDAPConnection, dn: str, *classes: str, **values: Any) -> None:
    """Add an entry."""
    entry = bonsai.LDAPEntry(dn)
    entry["objectClass"] = list(classes)
    for name, value in values.items():
        entry[name] = value
    connection.add(entry)


def change(connection: bonsai.LDAPConnection, dn: str, **values: Any) -> None:
    """Change an entry that is there."""
    entry = connection.search(dn, bonsai.LDAPSearchScope.BASE, "(objectClass=*)")[0]
    for name, value in values.items():
        entry[name] = value
    entry.modify()


def quoted(password: str) -> bytes:
    """A password as Active Directory takes it."""
    return f'"{password}"'.encode("utf-16-le")
