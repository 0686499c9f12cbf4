"""Feishu 飛書 and Lark, by their open API; every answer says in `code` what it is.

What is asked, all of it GET, with a tenant's token that the app's secret is exchanged for:

    /open-apis/contact/v3/departments/0/children?fetch_child=true     page by page
    /open-apis/contact/v3/users/find_by_department?department_id=0    for the root and each department, page by page
    /open-apis/admin/v1/admin_user_stats?start_date=…&end_date=…      if `activity_days` says how far back
    /open-apis/im/v1/chats                                            if `groups` says so, page by page
    for each chat:
        /open-apis/im/v1/chats/oc_1
        /open-apis/im/v1/chats/oc_1/members                           page by page
    departments and their members once more: who came or went meanwhile
"""

from collectors.feishu.collector import FeishuCollector
from collectors.feishu.options import FeishuOptions

__all__ = ["FeishuCollector", "FeishuOptions"]
