"""What web services of vendors have in common, once: tokens, errors inside good answers, pages by cursor, hidden fields.

ApiTransport        GET, and the POSTs by which some vendors read; a token that is exchanged and renewed
ExchangedToken      the exchange: the secret goes to the vendor, the token into a header or the address, neither is recorded
Answers             an answer, judged: refused, failed although its status is 200, or good; lists page by page
Reading             one record, field by field: absent and odd values become `unknown`, each with its reason
kept                what of an answer may leave the transport, by a list of its fields
"""

from collectors.webapi.accounts import add_account, department_of, link_to
from collectors.webapi.answers import Answers, Manners, Rows, by_id, compare, listed_again
from collectors.webapi.collector import WebCollector
from collectors.webapi.exchange import exchanged
from collectors.webapi.groups import add_group, add_membership, add_outsider
from collectors.webapi.keep import SCALAR, Shape, kept
from collectors.webapi.options import WebOptions
from collectors.webapi.reading import Reading
from collectors.webapi.token import ExchangedToken, HeldToken, bearer, in_address
from collectors.webapi.transport import ApiTransport, needs_secret, posted

__all__ = [
    "SCALAR",
    "Answers",
    "ApiTransport",
    "ExchangedToken",
    "HeldToken",
    "Manners",
    "Reading",
    "Rows",
    "Shape",
    "WebCollector",
    "WebOptions",
    "add_account",
    "add_group",
    "add_membership",
    "add_outsider",
    "bearer",
    "by_id",
    "compare",
    "department_of",
    "exchanged",
    "in_address",
    "kept",
    "link_to",
    "listed_again",
    "needs_secret",
    "posted",
]
