"""Which fields reports of Trivy can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "host": {"last_seen_at": "", "name": ""},
    "vuln_finding": {
        "acceptance": "of one that is suppressed, where the statement is the number of an approval",
        "component": "",
        "fixed_version": "",
        "first_seen_at": "with all_kept, or where an earlier report does not show it",
        "last_seen_at": "",
        "scan": "",
        "severity": "where somebody graded it",
        "status": "",
        "target": "",
        "target_kind": "",
        "vuln_id": "",
    },
    "vuln_scan": {
        "authenticated": "",
        "db_built_at": "where the database says so",
        "finished_at": "",
        "number": "",
        "result": "where the report lists packages",
        "scope": "",
        "started_at": "",
        "tool": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
