"""Which fields a report of Lynis can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "host": {
        "firewall_active": "where its rules were counted; that there is none: where it was looked for",
        "firewall_rules_present": "where its rules were counted, which root alone can",
        "intrusion_detection_active": "where OSSEC or Suricata was seen running",
        "last_seen_at": "",
        "name": "",
    }
}
"""What each fact can hold from this kind of source, and on what condition."""
