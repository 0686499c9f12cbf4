"""Registers of the policy itself: versions, statements, waivers."""

from collectors.registers.kinds.shape import DEPARTMENT, Column, Register, on

GOVERNANCE: tuple[Register, ...] = (
    Register(
        "policy_versions", "制度版本", "Versions of the policy", "policy_version", ("version",),
        (
            Column("version", "版本", "version"),
            on("valid_from", "生效日期", "valid from"),
            on("valid_until", "失效日期", "valid until", "end"),
            Column("reviewed_on", "覆審日期", "reviewed on"),
            Column("reviewed_by", "覆審人工號", "reviewed by"),
            Column("owner_department", "歸口部門代碼", "owner department"),
            Column("sha256", "文本摘要", "sha256"),
        ),
    ),
    Register(
        "attestations", "聲明", "Attestations", "attestation", ("check", "department_code", "signed_at"),
        (
            Column("number", "聲明編號", "number"),
            Column("check", "檢查項", "check"),
            DEPARTMENT,
            Column("statement", "聲明內容", "statement"),
            Column("conforms", "符合", "conforms"),
            Column("signed_by", "簽署人工號", "signed by"),
            on("signed_at", "簽署日期", "signed at"),
            Column("valid_until", "有效期至", "valid until"),
        ),
    ),
    Register(
        "waivers", "豁免", "Waivers", "waiver", ("number",),
        (
            Column("number", "豁免編號", "number"),
            Column("check", "檢查項", "check"),
            DEPARTMENT,
            Column("subject", "對象", "subject", "refused"),
            Column("reason", "理由", "reason"),
            Column("requested_by", "申請人工號", "requested by"),
            Column("approved_by", "批准人工號", "approved by"),
            on("approved_at", "批准日期", "approved at"),
            on("valid_from", "生效日期", "valid from"),
            Column("valid_until", "有效期至", "valid until"),
        ),
    ),
    Register(
        "notices", "通知送達登記表", "Notices of findings", "notice", ("run", "department_code"),
        (
            Column("run", "檢查季度", "run"),
            Column("department_code", "部門代碼", "department code", "refused"),
            Column("sent_on", "送達日期", "sent on", "unknown"),
            Column("acknowledged_on", "簽收日期", "acknowledged on"),
        ),
    ),
    Register(
        "rectifications", "整改登記表", "Rectifications", "rectification", ("finding",),
        (
            Column("finding", "問題編號", "finding"),
            Column("done_on", "整改完成日期", "done on"),
            Column("done_by", "整改人工號", "done by"),
            Column("verified_by", "覆核人工號", "verified by"),
            Column("verified_on", "覆核日期", "verified on"),
            on("confirmed_at", "認定違規日期", "confirmed at"),
            Column("persons", "責任人工號", "persons"),
            Column("extended_until", "延期至", "extended until"),
            Column("extension", "延期批准號", "extension approval"),
        ),
    ),
)  # fmt: skip
