"""WeCom 企業微信, by its server API; every answer has the status 200, and says in `errcode` what it is.

What is asked, with a token that `gettoken` gives for the secret of an app:

    GET  /cgi-bin/department/list                            with `contacts: list`
    GET  /cgi-bin/user/list?department_id=1&fetch_child=0    for each department
    POST /cgi-bin/user/list_id {"cursor": …, "limit": 1000}  with `contacts: ids`, page by page
    the same once more: who came or went meanwhile
"""

from collectors.wecom.collector import WecomCollector
from collectors.wecom.options import WecomOptions

__all__ = ["WecomCollector", "WecomOptions"]
