"""Inventories: which communication tools are on which hosts, and nothing else of a machine."""

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from collectors import Moment, Source, live
from collectors.inventory import (
    Catalogue,
    DpkgCollector,
    InventoryOptions,
    OsqueryCollector,
    Product,
    shipped,
)
from collectors.inventory.products import parsed
from collectors.transport import Request, Response
from engine.errors import ConfigurationError, SourceError, UnparsableError

AT = "2026-10-01T00:00:00Z"
MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))
TAKEN = "2026-09-28T02:00:00Z"


@dataclass(frozen=True)
class Folder:
    files: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, request):
        if request.key.endswith("/"):
            names = [name.removeprefix(request.key) for name in self.files if name.startswith(request.key)]
            return Response(json.dumps(names).encode(), AT)
        if request.key not in self.files:
            raise SourceError(f"{request.key}: there is no such file")
        return Response(self.files[request.key], AT)


def collected(collector, files, /, **options):
    given = {
        f"inv/{name}": body if isinstance(body, bytes) else body.encode() for name, body in files.items()
    }
    options = InventoryOptions.model_validate({"folder": "inv", **options})
    return collector.collect(Source("inv", "Inventory", options), Folder(given), MOMENT)


def package(name, status="ii ", **more):
    record = {
        "name": name,
        "version": "1.2-3",
        "arch": "amd64",
        "status": status,
        "modified": "1767225600",
        **more,
    }
    return json.dumps(record) + "\n"


def header(**more):
    return (
        json.dumps({"host": "srv-01", "collected_at": TAKEN, "os": "Debian", "os_version": "12", **more})
        + "\n"
    )


def tables(host="PC-1", **given):
    return json.dumps({"host": host, "collected_at": TAKEN, "tables": given})


def of(found, entity):
    return [fact.record() for fact in found.facts if fact.entity == entity]


def test_a_communication_tool_is_an_install_and_all_else_is_only_counted():
    found = collected(DpkgCollector(), {"a.jsonl": header(packages=2) + package("wechat") + package("bash")})

    assert of(found, "software_install") == [
        {
            "uid": "inv/software_install/srv-01/wechat",
            "host": "inv/host/srv-01",
            "name": "wechat",
            "version": "1.2-3",
            "ecosystem": "deb",
            "application": "key:wechat",
            "installed_at": "2026-01-01T00:00:00Z",
            "installed_at_kind": "last_change",
            "update_state": "unknown",
            "unknown": {
                "first_seen_at": "not_collected",
                "version_since": "not_collected",
                "publisher": "not_supported",
                "update_state": "not_supported",
                "lists_as_of": "not_supported",
                "release": "not_supported",
                "newer_releases": "not_supported",
            },
        }
    ]
    assert found.report.source_version == f"2 packages of 1 hosts looked at, products as of {shipped().as_of}"
    assert (found.report.completeness, found.report.delivers) == ("complete", ("host", "software_install"))


def test_a_host_is_known_by_what_its_file_states():
    host = of(collected(DpkgCollector(), {"a.jsonl": header() + package("bash")}), "host")[0]

    assert (host["name"], host["os"], host["os_version"], host["last_seen_at"]) == (
        "srv-01",
        "Debian",
        "12",
        TAKEN,
    )
    assert (host["unknown"]["owner"], host["unknown"]["managed"]) == ("not_collected", "not_supported")


def test_a_package_that_left_its_settings_behind_is_not_installed():
    found = collected(DpkgCollector(), {"a.jsonl": header() + package("linuxqq", "rc ")})

    assert of(found, "software_install") == []


def test_a_library_of_a_product_is_not_the_product():
    found = collected(DpkgCollector(), {"a.jsonl": header() + package("libpurple0", source="pidgin")})

    assert of(found, "software_install") == []


def test_a_product_that_was_seen_gets_a_record_of_its_own():
    found = of(
        collected(DpkgCollector(), {"a.jsonl": header() + package("wechat") + package("wechat-beta")}),
        "application",
    )

    assert [(one["product"], one["name"], one["category"], one["origin"]) for one in found] == [
        ("wechat", "微信 WeChat", "chat", "catalogue")
    ]
    assert {found[0]["registered"], found[0]["selected"], found[0]["unknown"]["owner"]} == {
        "unknown",
        "not_collected",
    }


@pytest.mark.parametrize(
    ("files", "options", "problem"),
    [
        (
            {"a.jsonl": header(packages=3) + package("bash")},
            {},
            "inv/a.jsonl: found 1 packages, its first line states 3",
        ),
        (
            {"a.jsonl": header() + package("bash")},
            {"expected_hosts": 2},
            "host: the source states 2 records, 1 came",
        ),
        (
            {"a.jsonl": header() + package("bash")},
            {"expected_hosts": ["srv-01", "srv-02"]},
            "hosts without a file: srv-02",
        ),
        (
            {"a.jsonl": header() + package("bash"), "b.jsonl": header() + package("bash")},
            {},
            "inv/b.jsonl: host srv-01 has a file already; the first one counts",
        ),
        (
            {"a.jsonl": header() + package("bash"), "b.jsonl": "gibberish\n"},
            {},
            "inv/b.jsonl, line 1: found no package, needs a line of dpkg-query",
        ),
        (
            {"a.jsonl": header(collected_at="yesterday") + package("bash")},
            {},
            "inv/a.jsonl: collected_at: found 'yesterday', needs an instant like 2026-09-30T02:00:00Z",
        ),
        (
            {"srv-09.jsonl": package("bash")},
            {},
            "inv/srv-09.jsonl: found no first line with host and collected_at: when it was taken is not known",
        ),
        (
            {"a.jsonl": header() + package("bash")},
            {"files": ["gone.jsonl"]},
            "gone.jsonl: there is no such file",
        ),
    ],
)
def test_what_is_missing_makes_it_partial(files, options, problem):
    report = collected(DpkgCollector(), files, **options).report

    assert (report.completeness, report.problems) == ("partial", (problem,))


def test_a_file_without_a_first_line_is_named_after_its_host_and_not_dated():
    host = of(collected(DpkgCollector(), {"srv-09.jsonl": package("bash")}), "host")[0]

    assert (host["name"], host["unknown"]["last_seen_at"]) == ("srv-09", "not_collected")


@pytest.mark.parametrize(
    ("files", "options", "error"),
    [
        ({}, {}, "found no file of any host"),
        ({}, {"folder": None}, "found neither folder nor files"),
        ({"a.jsonl": "x\n"}, {}, "no file of any host can be read"),
    ],
)
def test_nothing_at_all_is_a_failure(files, options, error):
    with pytest.raises(SourceError, match=error):
        collected(DpkgCollector(), files, **options)


def test_osquery_shows_programs_of_all_systems():
    found = collected(
        OsqueryCollector(),
        {
            "pc.json": tables(
                programs=[
                    {"name": "Zoom(64bit)", "version": "6.1", "publisher": "Zoom", "install_date": "20260312"}
                ]
            ),
            "mac.json": tables(
                "MAC-1",
                apps=[
                    {
                        "name": "x.app",
                        "bundle_identifier": "com.tencent.xinwechat",
                        "bundle_short_version": "4",
                    }
                ],
            ),
            "deb.json": tables(
                "DEB-1",
                deb_packages=[
                    {
                        "name": "signal-desktop",
                        "version": "7",
                        "revision": "1",
                        "status": "install ok installed",
                    },
                    {"name": "discord", "version": "1", "status": "deinstall ok config-files"},
                ],
            ),
            "rpm.json": tables("RPM-1", rpm_packages=[{"name": "slack", "version": "4", "release": "2"}]),
        },
    )

    shown = [
        (
            one["host"],
            one["name"],
            one["version"],
            one["ecosystem"],
            one["application"],
            one.get("installed_at"),
        )
        for one in of(found, "software_install")
    ]
    assert shown == [
        ("inv/host/DEB-1", "signal-desktop", "7-1", "deb", "key:signal", None),
        ("inv/host/MAC-1", "x.app", "4", "macapp", "key:wechat", None),
        ("inv/host/PC-1", "Zoom(64bit)", "6.1", "msi", "key:zoom", "2026-03-11T16:00:00Z"),
        ("inv/host/RPM-1", "slack", "4-2", "rpm", "key:slack", None),
    ]


@pytest.mark.parametrize(
    ("rows", "answer", "reason"),
    [
        (["1", "1"], "yes", None),
        (["0"], "no", None),
        (["1", "0"], "unknown", "ambiguous"),
        ([], "unknown", "not_collected"),
    ],
)
def test_a_host_is_encrypted_if_all_its_disks_are(rows, answer, reason):
    given = tables(
        programs=[], disk_encryption=[{"name": str(n), "encrypted": row} for n, row in enumerate(rows)]
    )

    host = of(collected(OsqueryCollector(), {"a.json": given}), "host")[0]

    assert (host["disk_encrypted"], host["unknown"].get("disk_encrypted")) == (answer, reason)


def test_a_table_that_was_not_asked_for_is_not_an_empty_one():
    report = collected(
        OsqueryCollector(), {"a.json": tables(os_version=[{"name": "Windows 11", "version": "10"}])}
    ).report

    assert report.completeness == "partial"
    assert "its programs are not known" in report.problems[0]


@pytest.mark.parametrize(
    "body", ["[]", "{}", "x", '{"host": "a", "collected_at": "x", "tables": {"programs": [{}]}}']
)
def test_a_file_that_is_no_inventory_is_a_problem_of_that_host(body):
    report = collected(OsqueryCollector(), {"a.json": tables(programs=[]), "b.json": body}).report

    assert (report.completeness, report.problems) == (
        "partial",
        ("inv/b.json: found no inventory, needs host, collected_at and tables",),
    )


def test_an_inventory_without_a_zone_is_not_dated():
    found = collected(
        OsqueryCollector(), {"a.json": tables(programs=[]).replace(TAKEN, "2026-09-28T02:00:00")}
    )

    assert (found.report.completeness, of(found, "host")[0]["unknown"]["last_seen_at"]) == (
        "partial",
        "not_collected",
    )


def test_several_versions_of_one_program_are_several_installs():
    found = collected(
        OsqueryCollector(),
        {"a.json": tables(programs=[{"name": "QQ", "version": v} for v in ("9", "8", "9")])},
    )

    assert [one["uid"] for one in of(found, "software_install")] == [
        "inv/software_install/PC-1/QQ/8",
        "inv/software_install/PC-1/QQ/9",
    ]


def test_nothing_but_programs_leaves_a_machine():
    private = "li.na@corp.example"
    osquery = tables(
        users=[{"username": private}], programs=[{"name": "QQ", "version": "9", "user": private}]
    )
    dpkg = header(user=private) + package("qq", maintainer=private)

    for collector, body in ((OsqueryCollector(), osquery), (DpkgCollector(), dpkg)):
        source = Source("inv", "I", InventoryOptions(folder="inv"))
        once = collector.strip(source, Request("file", "inv/a.json"), Response(body.encode(), AT))

        assert private.encode() not in once.body
        assert collector.strip(source, Request("file", "inv/a.json"), once) == once
        assert of(collected(collector, {"a.json": once.body}), "host")[0]["last_seen_at"] == TAKEN


def test_listings_and_catalogues_pass_as_they_are_and_rubbish_does_not():
    source, listing = Source("inv", "I", InventoryOptions(folder="inv")), Response(b'["a.json"]', AT)

    assert OsqueryCollector().strip(source, Request("file", "inv/"), listing) == listing
    assert OsqueryCollector().strip(source, Request("file", "own.yaml"), listing) == listing
    assert (
        OsqueryCollector().strip(source, Request("file", "inv/a.json"), Response(b"13800000000", AT)).body
        == b"{}"
    )


OWN = "as_of: 2027-01-01\nproducts:\n- {product: corpchat, name: {en: CorpChat}, publisher: us, category: chat, packages: [corpchat]}\n"


def test_a_company_may_search_for_products_of_its_own():
    files = {
        "inv/a.jsonl": (header() + package("corpchat") + package("wechat")).encode(),
        "own.yaml": OWN.encode(),
    }
    options = InventoryOptions(folder="inv", own_products="own.yaml")

    found = DpkgCollector().collect(Source("inv", "I", options), Folder(files), MOMENT)

    assert [one["application"] for one in of(found, "software_install")] == ["key:corpchat", "key:wechat"]
    assert [one["name"] for one in of(found, "application")] == ["CorpChat", "微信 WeChat"]


@pytest.mark.parametrize("text", ["products: 1", "[", "as_of: 2026-01-01\nproducts: [{product: A B}]"])
def test_a_catalogue_of_the_wrong_shape_fails_the_source(text):
    options = InventoryOptions(folder="inv", own_products="own.yaml")

    with pytest.raises(UnparsableError, match=r"own.yaml: no catalogue of products"):
        DpkgCollector().collect(Source("inv", "I", options), Folder({"own.yaml": text.encode()}), MOMENT)


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("微信", "wechat"),
        ("WeChat 3.9.12", "wechat"),
        ("Signal 7.1.0", "signal"),
        ("Zoom Workplace (64-bit)", "zoom"),
        ("Mozilla Thunderbird (x64 zh-CN)", "thunderbird"),
        ("Microsoft Teams (work or school)", "teams"),
        ("QQ音乐", None),
        ("QQ Music 20", None),
        ("ZoomText 2024", None),
        ("Lineage", None),
        ("Slackware Notes", None),
        ("1.2.3", None),
    ],
)
def test_a_program_is_known_by_its_whole_name(name, product):
    found = shipped().of_program(name)

    assert (found.product if found else None) == product


def test_no_name_of_the_shipped_catalogue_stands_for_two_products():
    products = shipped().products
    for names in ("packages", "bundles", "programs"):
        every = [name.casefold() for product in products for name in getattr(product, names)]
        assert len(every) == len(set(every)), names
    assert len({product.product for product in products}) == len(products)
    assert all(set(product.name) == {"zh-Hant", "en"} for product in products)


def test_a_collector_searches_for_what_it_is_given():
    only = Product(product="bash", name={"en": "Bash"}, publisher="GNU", category="other", packages=("bash",))
    collector = DpkgCollector(lambda: Catalogue(as_of="2026-01-01", products=(only,)))

    found = collected(collector, {"a.jsonl": header() + package("bash") + package("wechat")})

    assert [one["application"] for one in of(found, "software_install")] == ["key:bash"]


def test_a_broken_catalogue_is_the_configurations_fault():

    with pytest.raises(ConfigurationError, match=r"x\.yaml: no catalogue of products"):
        parsed("x.yaml", "[]")


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="not a Debian system")
def test_what_dpkg_writes_on_a_real_machine_is_read():
    shown = "name=Package version=Version arch=Architecture status=db:Status-Abbrev modified=db-fsys:Last-Modified"
    form = ",".join(f'"{key}":"${{{field}}}"' for key, field in (pair.split("=") for pair in shown.split()))
    command = ["dpkg-query", "-W", f"-f={{{form}}}\\n"]

    lines = subprocess.run(command, capture_output=True, check=True).stdout
    found = collected(DpkgCollector(), {"a.jsonl": header(packages=lines.count(b"\n")).encode() + lines})

    assert (found.report.completeness, found.report.received["host"]) == ("complete", 1)


def test_a_package_without_a_time_has_none():
    found = collected(DpkgCollector(), {"a.jsonl": header() + "\n" + package("wechat", modified="")})

    assert of(found, "software_install")[0]["unknown"]["installed_at"] == "not_supported"


def test_a_live_inventory_is_a_folder_beside_company_yaml(tmp_path):
    (tmp_path / "a.jsonl").write_text(header() + package("wechat"))
    source = Source("inv", "I", InventoryOptions(files=("a.jsonl",)))

    with live(DpkgCollector(), source, "", tmp_path) as transport:
        found = DpkgCollector().collect(source, transport, MOMENT)

    assert [one["name"] for one in of(found, "host")] == ["srv-01"]
