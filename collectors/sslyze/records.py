"""What sslyze prints, as records of its own shape: checked once, here.

It ends with exit code 0 whatever happens, and judges nothing: whether it got through stands at each server and at each scan.
"""

from pydantic import BaseModel, ConfigDict, Field

from collectors.parsing import parsed
from collectors.sslyze.strip import CERTIFICATES, ENDED, OTHER_NAME, OWN, PUBLIC, UNTRUSTED
from collectors.transport import Request, Response
from engine.errors import UnparsableError

_OLDEST = 6
_DONE = "COMPLETED"


class Record(BaseModel):
    """A record of the tool; fields that a later version adds are of no interest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Location(Record):
    """Which server it is."""

    hostname: str
    port: int

    @property
    def address(self) -> str:
        """Name and port, as in company.yaml."""
        return f"[{self.hostname}]:{self.port}" if ":" in self.hostname else f"{self.hostname}:{self.port}"


class Name(Record):
    """Whom a certificate names."""

    rfc4514_string: str


class Certificate(Record):
    """The server's own certificate."""

    not_valid_after: str
    issuer: Name | None = None
    subject: Name | None = None


class Store(Record):
    """Some authorities that may be believed."""

    name: str


class Validation(Record):
    """Whether a chain holds by one store."""

    trust_store: Store
    was_validation_successful: bool
    validation_error: str = ""


class Deployment(Record):
    """A certificate that the server shows; there may be one a kind of key."""

    received_certificate_chain: tuple[Certificate, ...] = Field(min_length=1)
    path_validation_results: tuple[Validation, ...]

    @property
    def signs_itself(self) -> bool:
        """Whether no authority stands behind it."""
        own = self.received_certificate_chain[0]
        return own.subject is not None and own.subject == own.issuer

    def worth(self, *, own_authority: bool) -> tuple[str, str, str]:
        """Whether it leads to an authority that is believed, whether it is for the server's name, and else why that is not known.

        The program looks at the name and the dates first, and no further if they are wrong.
        """
        stores = {PUBLIC, OWN} if own_authority else {PUBLIC}
        asked = [one for one in self.path_validation_results if one.trust_store.name in stores]
        if any(one.was_validation_successful for one in asked):
            return "yes", "yes", ""
        faults = {one.validation_error for one in asked}
        if faults == {UNTRUSTED} and len(asked) == len(stores):
            return "no", "yes", ""
        if faults == {OTHER_NAME}:
            return "unknown", "no", "ambiguous"
        if faults == {ENDED}:
            return "unknown", "unknown", "ambiguous"
        if self.signs_itself and not own_authority:
            return "no", "unknown", "ambiguous"
        return "unknown", "unknown", "unparsable"


class VersionResult(Record):
    """Whether the server accepts a version."""

    is_tls_version_supported: bool


class VersionScan(Record):
    """A look for one version."""

    status: str
    result: VersionResult | None = None

    @property
    def answer(self) -> str:
        """Whether the version is accepted; unknown if the look failed."""
        if self.status != _DONE or self.result is None:
            return "unknown"
        return "yes" if self.result.is_tls_version_supported else "no"


class CertificatesResult(Record):
    """The certificates that a server shows."""

    certificate_deployments: tuple[Deployment, ...]


class CertificateScan(Record):
    """A look at the certificates."""

    status: str
    result: CertificatesResult | None = None

    @property
    def shown(self) -> tuple[Deployment, ...]:
        """The certificates; none if the look failed."""
        return self.result.certificate_deployments if self.status == _DONE and self.result else ()


class Server(Record):
    """One server that was looked at."""

    server_location: Location
    connectivity_status: str
    connectivity_error_trace: str = ""
    scan_result: dict[str, VersionScan | CertificateScan] = {}

    @property
    def answered(self) -> bool:
        """Whether it spoke TLS with us."""
        return self.connectivity_status == _DONE

    def version(self, name: str) -> str:
        """Whether it accepts a version of the protocol."""
        found = self.scan_result.get(name)
        return found.answer if isinstance(found, VersionScan) else "unknown"

    @property
    def certificates(self) -> tuple[Deployment, ...]:
        """What it shows; none if that is not known."""
        found = self.scan_result.get(CERTIFICATES)
        return found.shown if isinstance(found, CertificateScan) else ()


class Invalid(Record):
    """An address that nothing could be done with."""

    server_string: str


class Scan(Record):
    """Everything that one command saw."""

    sslyze_version: str
    date_scans_completed: str
    invalid_server_strings: tuple[Invalid, ...] = ()
    server_scan_results: tuple[Server, ...]


def scan(source: str, request: Request, response: Response) -> Scan:
    """What the command saw.

    Raises:
        UnparsableError: it is no sslyze, one that is too old, or the answer has another shape than this collector knows
    """
    found = parsed(Scan, request, response, "run the same command by hand to see why, or see its version")
    oldest = found.sslyze_version.partition(".")[0]
    if not oldest.isdecimal() or int(oldest) < _OLDEST:
        message = f"{source}: found sslyze {found.sslyze_version}, needs 6 or later"
        raise UnparsableError(message, "install a later version")
    return found
