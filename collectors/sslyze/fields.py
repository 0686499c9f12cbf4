"""Which fields a scan of encryption can fill."""

from collectors.interface import Fields

FIELDS: Fields = {
    "tls_check": {
        "chain_trusted": "not of a certificate that has ended or has another name",
        "checked_at": "",
        "endpoint": "",
        "name_matches": "not of a certificate that has ended",
        "not_after": "where it answers with TLS",
        "plain_text_offered": "known of endpoints that speak TLS at once",
        "reachable": "",
        **dict.fromkeys(("ssl2", "ssl3", "tls10", "tls11", "tls12", "tls13"), "where it answers with TLS"),
        "trust_store": "",
    }
}
"""What each fact can hold from this kind of source, and on what condition."""
