"""The real sslyze against servers of ours: a good one, one with TLS 1.0, an expired and a foreign certificate, one without TLS."""

import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from contract import MOMENT
from installed import python_of  # it lies in the folder above

from collectors import Source, live
from collectors.sslyze import SslyzeCollector, SslyzeOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.facts import Collected
from tools.started import tls

_ROOT = Path(__file__).resolve().parents[2]


def _certificates(folder: Path) -> None:
    """An authority, and what it signed: for this machine, for this machine until yesterday, and for another one."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed on this machine: .ci/run installs openssl")

    def openssl(*words: str) -> None:
        subprocess.run([program, *words], cwd=folder, check=True, capture_output=True, timeout=60)

    tls.authority(openssl, "Corp Test CA")
    for name, host, days in (
        ("good", "localhost", 30),
        ("expired", "localhost", -1),
        ("other", "chat.test", 30),
    ):
        tls.certificate(openssl, folder, name, host, days)


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> tuple[dict[str, dict], Collected, Path]:
    """What one scan of all servers says of each, and its recording."""
    folder = tmp_path_factory.mktemp("tls")
    _certificates(folder)
    scanner = python_of("sslyze", "sslyze").with_name("sslyze")
    with ExitStack() as running:
        addresses = {
            name: f"localhost:{running.enter_context(tls.served(encrypts))}"
            for name, encrypts in {
                "good": tls.context(folder, "good"),
                "old": tls.context(folder, "good", old=True),
                "expired": tls.context(folder, "expired"),
                "other": tls.context(folder, "other"),
                "plain": None,
            }.items()
        }
        options = SslyzeOptions(
            endpoints=(*addresses.values(), "localhost:1"),
            ca_file="ca.pem",
            program=str(scanner),
        )
        source, collector = Source("tls", "Tls", options), SslyzeCollector()
        with live(collector, source, "", folder) as transport, RecordingFolder(folder / "kept") as written:
            collected = collector.collect(source, Recorded(transport, written), MOMENT)
    checks = {fact.record()["endpoint"].removeprefix("key:"): fact.record() for fact in collected.facts}
    replayed = collector.collect(source, ReplayTransport(folder / "kept"), MOMENT)
    assert replayed.model_dump_json() == collected.model_dump_json()
    named = {name: checks[address] for name, address in addresses.items()}
    return named | {"closed": checks["localhost:1"]}, collected, folder


def test_a_good_server_is_good_and_is_seen_whole(seen):
    checks, collected, _ = seen
    good = checks["good"]

    assert collected.report.completeness == "complete"
    assert good["unknown"] == {}
    assert (good["chain_trusted"], good["name_matches"], good["trust_store"]) == ("yes", "yes", "both")
    versions = [good[field] for field in ("ssl2", "ssl3", "tls10", "tls11", "tls12", "tls13")]
    assert versions == ["no", "no", "no", "no", "yes", "yes"]
    assert good["checked_at"] < good["not_after"]


def test_one_that_accepts_tls_1_0_an_expired_one_and_one_of_another_name_are_told_apart(seen):
    checks, _, _ = seen
    old, expired, other = checks["old"], checks["expired"], checks["other"]

    assert (old["tls10"], old["tls11"], old["chain_trusted"]) == ("yes", "yes", "yes")
    assert expired["not_after"] < expired["checked_at"]
    assert (expired["tls10"], expired["chain_trusted"]) == ("no", "unknown")
    assert (other["name_matches"], other["chain_trusted"]) == ("no", "unknown")
    assert other["not_after"] > other["checked_at"]


def test_a_port_without_tls_and_a_closed_one_show_nothing(seen):
    checks, collected, _ = seen

    assert (checks["plain"]["reachable"], checks["closed"]["reachable"]) == ("yes", "no")
    assert checks["plain"]["plain_text_offered"] == checks["closed"]["tls10"] == "unknown"
    said = sorted(problem.partition(": ")[2] for problem in collected.report.problems)
    assert said == ["answers, and not in a TLS that the scanner knows", "refuses the connection"]


def test_no_trace_path_or_authority_is_kept(seen):
    _, _, folder = seen
    files = "".join(path.read_text() for path in (folder / "kept").iterdir())

    told = (str(folder), str(_ROOT), "Traceback", "127.0.0.1", "Android")
    assert [word for word in told if word in files] == []
