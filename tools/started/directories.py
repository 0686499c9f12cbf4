"""Real directories on loopback: Samba as an Active Directory, and OpenLDAP with Microsoft's schema."""

import base64
import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from collectors.directory.handshake import check
from engine.errors import SourceError
from tools.started import NotHereError
from tools.started.ports import free_port

_ROOT = Path(__file__).resolve().parents[2]

BASE = "DC=corp,DC=test"
PASSWORD = "canary-Passw0rd-1234"  # noqa: S105  # of accounts that live as long as the test
_ADMIN = "Adm1n-Passw0rd!"
_PORTS = (389, 636, 3268, 3269)


@dataclass(frozen=True)
class Running:
    """A directory that answers."""

    url: str
    starttls: str
    ca_file: Path
    strange_ca: Path
    admin: str
    password: str


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise NotHereError(f"{name} is not installed: .ci/run installs it")
    return found


def _run(*words: object, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{words[:3]}: {done.stderr.decode()[-2000:]}")


def certificates(folder: Path, days: int = 30, env: Mapping[str, str] | None = None) -> None:
    """`ca.pem`, and `cert.pem` with `key.pem` for 127.0.0.1; `strange.pem` has signed nothing."""
    openssl = _program("openssl")
    new = ("req", "-newkey", "rsa:2048", "-nodes", "-days", str(days))
    for name in ("ca", "strange"):
        made = ("-x509", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")
        _run(openssl, *new, *made, "-addext", "basicConstraints=critical,CA:TRUE", cwd=folder, env=env)
    _run(openssl, *new[:-2], "-subj", "/CN=dc", "-keyout", "key.pem", "-out", "req.pem", cwd=folder, env=env)
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    signed = (
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-set_serial",
        "2",
        "-days",
        str(days),
        "-extfile",
        "names",
    )
    _run(openssl, "x509", "-req", "-in", "req.pem", *signed, "-out", "cert.pem", cwd=folder, env=env)
    (folder / "key.pem").chmod(0o600)


def _provisioned() -> Path:
    """An empty domain in the ignored cache: made once for each version of Samba, in some seconds; its files name the place they are in."""
    version = subprocess.run([_program("samba"), "--version"], capture_output=True, text=True, check=True)
    place = _ROOT / ".cache" / f"samba-{version.stdout.split()[-1]}"
    home = place.resolve()
    done = home / "done"
    if not (done.exists() and done.read_text("utf-8") == str(home)):
        # what another checkout made, and this one has a link to, is never cleared from here
        if place.is_symlink():
            place.unlink()
        home, done = place, place / "done"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        provision(home, "CORP.TEST")
        done.write_text(str(home), "utf-8")
    return home


def provision(home: Path, realm: str, *settings: str, env: Mapping[str, str] | None = None) -> None:
    """An empty domain below a folder, with further settings for passwords."""
    tool = _program("samba-tool")
    name = realm.partition(".")[0]
    _run(
        *(tool, "domain", "provision", f"--realm={realm}", f"--domain={name}", "--server-role=dc"),
        *("--dns-backend=NONE", f"--adminpass={_ADMIN}", f"--targetdir={home}/d", "--host-ip=127.0.0.1"),
        *("--option=interfaces=127.0.0.1/8", "--option=bind interfaces only=yes"),
        cwd=home,
        env=env,
    )
    usual = ("--complexity=off", "--account-lockout-threshold=2", "--history-length=0")
    configuration = home / "d" / "etc" / "smb.conf"
    _run(tool, "domain", "passwordsettings", "set", *usual, *settings, "-s", configuration, cwd=home, env=env)


@contextlib.contextmanager
def samba(folder: Path) -> Iterator[Running]:
    """A domain controller of its own, from a copy of the empty domain."""
    home = _provisioned()
    certificates(folder)
    shutil.copytree(home / "d", folder / "d", symlinks=True)
    with controller(folder, home) as running:
        yield running


@contextlib.contextmanager
def controller(
    folder: Path, home: Path, base: str = BASE, env: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """A domain controller.

    Args:
        folder: with its certificates, and with the domain
        home: where the domain was provisioned: its files name that place
        base: distinguished name of the domain
        env: further variables for it
    """
    for port in _PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise NotHereError(
                    f"port {port}, which a domain controller must have, cannot be had ({error.strerror})"
                ) from error
    configuration = folder / "d" / "etc" / "smb.conf"
    words = []
    for line in (home / "d" / "etc" / "smb.conf").read_text().replace(str(home), str(folder)).splitlines():
        kept = "\tserver services = ldap" if line.startswith("\tserver services") else line
        words += [kept, f"\ttls certfile = {folder}/cert.pem", f"\ttls keyfile = {folder}/key.pem",
                  f"\ttls cafile = {folder}/ca.pem", f"\tlog file = {folder}/log", f"\tpid directory = {folder}"] if (
            line == "[global]") else [kept]  # fmt: skip
    configuration.write_text("\n".join(words) + "\n")
    command = [_program("samba"), "-F", "--no-process-group", "-s", str(configuration), "-M", "single"]
    with _served(command, folder, "ldaps://127.0.0.1", env):
        yield Running(
            "ldaps://127.0.0.1", "ldap://127.0.0.1", folder / "ca.pem", folder / "strange.pem",
            f"CN=Administrator,CN=Users,{base}", _ADMIN,
        )  # fmt: skip


_SLAPD = """
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
include {schema}/nis.schema
include {schema}/msuser.schema
include {home}/sp.schema
moduleload back_mdb
pidfile {home}/slapd.pid
TLSCACertificateFile {home}/ca.pem
TLSCertificateFile {home}/cert.pem
TLSCertificateKeyFile {home}/key.pem
sizelimit {limit}
database mdb
suffix "dc=corp,dc=test"
rootdn "cn=admin,dc=corp,dc=test"
rootpw {password}
directory {home}/db
lastbind on
access to attrs=userPassword by anonymous auth by * none
access to dn.subtree="ou=hidden,dc=corp,dc=test" attrs=userAccountControl by * none
access to * by users read by * none
"""

_PRINCIPAL = """objectclass ( 1.2.840.113556.1.5.6 NAME 'securityPrincipal' SUP top AUXILIARY
 MUST ( sAMAccountName ) MAY ( objectSid $ mail $ employeeID $ department ) )
"""


def person(name: str, number: int, where: str = "", **values: object) -> str:
    """An entry of Microsoft's class `user`, as LDIF; one with a password can sign in."""
    guid = base64.b64encode(number.to_bytes(16, "little")).decode()
    lines = [
        f"dn: cn={name},{where}dc=corp,dc=test", "objectClass: user", "objectClass: securityPrincipal",
        *(["objectClass: simpleSecurityObject"] if "userPassword" in values else []),
        f"cn: {name}", f"sn: {name}", "instanceType: 4", "nTSecurityDescriptor:: AQAEgA==",
        "objectCategory: cn=Person", f"sAMAccountName: {name}", f"objectGUID:: {guid}",
    ]  # fmt: skip
    given = {"userAccountControl": 512, "whenCreated": "20260101000000.0Z"} | values
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in given.items())]) + "\n\n"


@contextlib.contextmanager
def openldap(folder: Path, ldif: str, limit: int | str = "unlimited") -> Iterator[Running]:
    """A directory with these entries below its root."""
    slapd, slapadd = _program("slapd"), _program("slapadd")
    schema = Path("/etc/ldap/schema")
    if not (schema / "msuser.schema").exists():
        raise NotHereError("this OpenLDAP has no msuser.schema")
    certificates(folder)
    (folder / "db").mkdir()
    (folder / "sp.schema").write_text(_PRINCIPAL)
    configuration = folder / "slapd.conf"
    configuration.write_text(_SLAPD.format(schema=schema, home=folder, limit=limit, password=_ADMIN))
    root = "dn: dc=corp,dc=test\nobjectClass: dcObject\nobjectClass: organization\ndc: corp\no: Corp\n\n"
    (folder / "all.ldif").write_text(root + ldif)
    _run(slapadd, "-q", "-f", configuration, "-l", folder / "all.ldif", cwd=folder)
    ports = [free_port(), free_port()]
    urls = f"ldaps://127.0.0.1:{ports[0]}", f"ldap://127.0.0.1:{ports[1]}"
    command = [slapd, "-h", "/ ".join(urls) + "/", "-f", str(configuration), "-d", "0"]
    with _served(command, folder, urls[0]):
        yield Running(*urls, folder / "ca.pem", folder / "strange.pem", "cn=admin,dc=corp,dc=test", _ADMIN)


@contextlib.contextmanager
def _served(
    command: list[str], folder: Path, url: str, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """The server, once it shakes hands: one that listens need not be ready to encrypt."""
    with (folder / "out").open("wb") as out:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            for _ in range(300):
                if server.poll() is not None:
                    raise RuntimeError(f"{command[0]} did not start: {(folder / 'out').read_text()[-2000:]}")
                try:
                    check(url, folder / "ca.pem", 10)
                    break
                except SourceError:
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(30)
