"""Accounts and how they are used, groups with members and outsiders, devices with programs, and what was asked for."""

from generated_draw import NONE, UNKNOWN, Maker

from engine.facts import (
    Account,
    Application,
    Approval,
    ExceptionRequest,
    Group,
    Host,
    IdentityLink,
    LendingSignal,
    LoginEvent,
    Membership,
    RegisterEntry,
    SoftwareInstall,
)

_TRI = ("yes", "no", UNKNOWN)
_CODES = ("FIN", "ENG", "GD")


def make_accounts(make: Maker, people: list[str]) -> list[str]:
    """An account for most people, and some for nobody or for several; their uids."""
    found = []
    for number in range(len(people) + 2):
        kind = make.mostly("human", "guest", "shared", "service", "bot", "room_device", UNKNOWN)
        created = make.around(400, 30, 31, 10)
        uid = make.add(
            Account, str(number), "im", source_system="im", login=f"@{number}:corp.test", display_name="甲", kind=kind,
            state=make.mostly(make.pick("active", "active", "deactivated"), "suspended", "locked", "invited", "deleted", UNKNOWN),
            owner=make.mostly(NONE if kind == "human" else make.pick(*people), NONE, UNKNOWN),
            department_code=make.mostly("FIN", "ENG", UNKNOWN), position="專員", created_at=make.mostly(created, UNKNOWN),
            reactivated_at=make.mostly(NONE, make.around(20, 30, 91), UNKNOWN),
            deactivated_at=make.mostly(NONE, make.around(5, 100), UNKNOWN), last_activity=_activity(make),
            privileged="no", is_collector=make.mostly("no", "yes", UNKNOWN),
            auth_source=make.mostly("local", "sso", "directory", UNKNOWN),
            mfa_enrolled=make.mostly(*_TRI), mfa_enforced=make.mostly(*_TRI), password_compromised=make.mostly("no", "yes", UNKNOWN),
            password_changed_at=make.mostly(make.at(30), make.around(365), NONE, UNKNOWN),
            authenticates_with=make.mostly(NONE, "im/account/0", UNKNOWN), first_seen_at=created, distinct_devices_30d=1,
        )  # fmt: skip
        found.append(uid)
        _links(make, number, uid, people)
        _uses(make, number, uid)
    return found


def _activity(make: Maker) -> object:
    kind = make.mostly("api", "attempt", "login")
    return make.pick(
        {"state": "at", "at": make.at(2), "precision_s": 120, "kind": kind},
        {"state": "at", "at": make.around(90, 1, 30), "kind": kind},
        {"state": "at", "at": make.around(200, 100), "precision_s": 120, "kind": kind},
        {"state": "at", "at": make.at(91), "precision_s": make.pick(86400, 86399, 86401), "kind": kind},
        {"state": "not_since", "bound": make.around(90, 28, 100), "kind": kind},
        {"state": "never", "basis": "系統如此記錄"},
        UNKNOWN,
    )


def _links(make: Maker, number: int, account: str, people: list[str]) -> None:
    own = people[number % len(people)] if number < len(people) else make.pick(NONE, *people)
    if own is not NONE and not make.now_and_then():
        strength = make.mostly("exact", "derived", "derived", "weak")
        person = make.mostly(own, UNKNOWN)
        make.add(
            IdentityLink, f"{number}-a", "im", account=account, person=person, method="external_id", strength=strength
        )  # fmt: skip
        if make.now_and_then():
            other = make.pick(*people)
            make.add(
                IdentityLink, f"{number}-b", "im", account=account, person=other, method="email", strength=strength
            )  # fmt: skip


def _uses(make: Maker, number: int, account: str) -> None:
    for step in range(make.pick(0, 1, 2)):
        make.add(
            LoginEvent, f"{number}-{step}", "im", account=account, at=make.mostly(make.around(0.5, 1, 2, 20, 40, -1), UNKNOWN),
            result=make.mostly("success", "failure", UNKNOWN), interactive="yes", abnormal="no",
        )  # fmt: skip
    if make.now_and_then():
        make.add(
            LendingSignal, str(number), "im", account=account, observed_at=make.at(5),
            kind=make.pick("shared_by_register", "many_devices", UNKNOWN),
        )  # fmt: skip
    if make.now_and_then():
        make.add(
            RegisterEntry, str(number), "service_accounts", kind="service_account", subject=account, subject_key=account,
            owner=make.mostly("hr/person/001", NONE, UNKNOWN),
        )  # fmt: skip


def make_groups(make: Maker, accounts: list[str], people: list[str]) -> list[str]:
    """Groups of a department with their register entries, members, outsiders and sponsors; their uids."""
    found = []
    for number in range(make.number(2, 5)):
        uid = make.add(
            Group, str(number), "im", source_system="im", native_id=f"!{number}", kind="room",
            name=make.mostly(f"第{number}組", "", UNKNOWN), purpose=make.mostly("工作", "", UNKNOWN),
            purpose_origin="native", label=make.pick("internal", "confidential", make.mostly("secret", "public", UNKNOWN)),
            owners=make.mostly((make.pick(*accounts),), (), (make.pick(*accounts), make.pick(*accounts)), UNKNOWN),
            owner_origin="native_owner", creator=accounts[0], created_at=make.at(300), messages_kept="yes",
            last_message_at={"state": "at", "at": make.at(3)}, archived=make.mostly("no", "yes", UNKNOWN),
            direct=make.mostly("no", "yes", UNKNOWN), visibility="private", join_rule=make.mostly("invite", "open", "approval", UNKNOWN),
            external_members_allowed="no", e2e_encrypted="no", retention_mode=make.mostly("forever", "unset", "days", UNKNOWN), retention_days=make.mostly(NONE, 30, 400), member_count=make.mostly(3, UNKNOWN, NONE, 2),
            owner_department=make.mostly(NONE, "FIN", "OLD", "OPS", "GONE"),
        )  # fmt: skip
        found.append(uid)
        if not make.now_and_then():
            make.add(
                RegisterEntry, str(number), "groups", kind="group", subject=uid, subject_key=uid,
                manager=make.mostly(NONE, make.pick(*accounts)), purpose="協作", department_code=make.mostly(NONE, *_CODES),
                label=make.mostly(NONE, "confidential", "internal"), scope_departments=make.mostly(("FIN",), NONE),
            )  # fmt: skip
        for account in dict.fromkeys(make.pick(*accounts) for _ in range(make.number(1, 4))):
            _membership(make, uid, account, people)
    return found


def _membership(make: Maker, group: str, account: str, people: list[str]) -> None:
    until = make.mostly(NONE, make.around(0, 1, 30, -20, -400), UNKNOWN)
    joined = make.mostly(make.around(400, 100, 40), UNKNOWN)
    key = f"{group.rpartition('/')[2]}-{account.rpartition('/')[2]}"
    make.add(
        Membership, key, "im", group=group, account=account, role="member", via=make.mostly("direct", "nested", UNKNOWN),
        joined_at=joined, first_seen_at=make.mostly(make.at(300), make.at(20)), added_by=make.mostly(account, "im/account/0", "im/account/1", UNKNOWN), external=make.pick("no", "no", make.mostly("yes", UNKNOWN)),
        sponsor=make.mostly(make.pick(*people), NONE, UNKNOWN),
        sponsored_until=until and (until if until is UNKNOWN else until[:10]), sponsored_until_ends_at=until,
    )  # fmt: skip
    if make.now_and_then():
        make.add(
            RegisterEntry, key, "sponsors", kind="sponsor", subject=account, subject_key=account,
            group=make.pick(NONE, group), owner=make.mostly(make.pick(*people), NONE, UNKNOWN),
        )  # fmt: skip


def make_software(make: Maker, people: list[str]) -> tuple[list[str], list[str]]:
    """Applications, requests for others, devices and what is on them; uids of devices, and of programs."""
    applications = [_application(make, product) for product in ("element", "wechat", "qq")]
    for number in range(make.pick(1, 2, 3, 0)):
        _request(make, number, applications, people)
    servers, installs = [], []
    for number in range(make.number(2, 4)):
        serves = make.pick((), (), (applications[0],), make.mostly((), UNKNOWN))
        uid = make.add(
            Host, f"pc-{number}", "devices", name=f"pc-{number}", os="linux", owner=make.mostly(make.pick(*people), NONE, UNKNOWN),
            serves=serves, hosted=make.mostly("self", "provider", UNKNOWN), retired=make.mostly("no", "yes", UNKNOWN),
            last_seen_at=make.mostly(make.at(2), make.around(30), UNKNOWN), managed=make.mostly(*_TRI), disk_encrypted="yes",
            firewall_active=make.mostly(*_TRI), firewall_rules_present="yes", intrusion_detection_active=make.mostly(*_TRI),
            department_code=make.mostly(NONE, "FIN", "ENG"),
        )  # fmt: skip
        servers.append(uid)
        for application in dict.fromkeys(make.pick(*applications, NONE) for _ in range(make.pick(1, 2))):
            program = make.add(
                SoftwareInstall, f"{number}-{application or 'editor'}", "devices", host=uid, name="程序", version="1.0", ecosystem="deb",
                publisher="x", application=make.mostly(application, application, UNKNOWN), update_state="current",
                installed_at=make.mostly(make.around(100, 20), UNKNOWN), version_since=make.at(10),
                installed_at_kind=make.mostly("install", "last_change", UNKNOWN), first_seen_at=make.mostly(make.at(15), make.at(200)),
            )  # fmt: skip
            installs.append(program)
    return servers, installs


def _application(make: Maker, product: str) -> str:
    return make.add(
        Application, product, "applications", product=product, name=product,
        category=make.mostly("chat", "mail", UNKNOWN), origin=make.mostly("register", "catalogue"), registered="yes", collected="no",
        source_systems=make.mostly(("im",), (), UNKNOWN), selected=make.mostly("yes" if product == "element" else "no", *_TRI),
        standard=make.mostly("yes" if product == "element" else "no", *_TRI), hosted=make.mostly("self", "provider", UNKNOWN),
        exception_approvals=(), evaluated_at=make.mostly(make.at(100), *make.edges(730), make.at(-1), NONE, UNKNOWN),
        selected_at=make.mostly(make.at(300), make.at(150), make.at(40), NONE, UNKNOWN), deployed_at=make.mostly(make.at(400), NONE, UNKNOWN),
        last_maintained_at=make.mostly(make.at(30), *make.edges(90), NONE, UNKNOWN),
        support_ends_at=make.mostly(NONE, *make.edges(0), UNKNOWN),
    )  # fmt: skip


def _request(make: Maker, number: int, applications: list[str], people: list[str]) -> None:
    requester, decided = make.pick(*people), make.around(40, 10, -1)
    approval = make.add(
        Approval, f"r{number}", "requests", number=f"r{number}", kind="software_exception", subject="工具", requested_by=requester,
        requested_at=make.at(50), released_departments=(), decided_at=make.mostly(decided, NONE),
        decisions=make.mostly(_decisions(make, people, decided), (), UNKNOWN),
        state=make.mostly("approved", "rejected", "pending", "expired", UNKNOWN),
        valid_from=make.mostly(NONE, make.around(30, 10, -1), UNKNOWN), valid_until=make.mostly(NONE, make.around(0, 10, -30), UNKNOWN),
    )  # fmt: skip
    make.add(
        ExceptionRequest, str(number), "requests", number=str(number), department_code=make.mostly(make.pick(*_CODES), UNKNOWN),
        also_for=make.mostly((), ("FIN",)), application=make.mostly(make.pick(*applications), UNKNOWN), reason=make.mostly("x", "", UNKNOWN),
        software="x", functions="x", requester=make.mostly(requester, UNKNOWN), requested_at=make.at(50),
        assessor=make.mostly(make.pick(*people), NONE, UNKNOWN), assessed_at=make.mostly(make.around(45, 40, 10), NONE, UNKNOWN),
        approval=make.mostly(approval, NONE, UNKNOWN), state=make.mostly("approved", "pending", "rejected", UNKNOWN),
    )  # fmt: skip


def _decisions(make: Maker, people: list[str], at: str) -> tuple[dict[str, str], ...]:
    found = {"by": make.pick(*people), "role": make.mostly("approver", "assessor", "unknown"), "at": at}
    return ({**found, "decision": make.mostly("approved", "rejected", "pending", "unknown")},)
