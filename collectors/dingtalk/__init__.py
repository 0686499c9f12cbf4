"""DingTalk 釘釘, by its server API (`oapi`); every answer has the status 200, and says in `errcode` what it is.

What is asked, with a token that `gettoken` gives for the app's secret; all of it is a POST that reads:

    /topapi/v2/department/listsub {"dept_id": 1}                      one level, from the root down
    /topapi/v2/user/list {"cursor": 0, "dept_id": 1, "size": 100}     for each department, page by page
    /topapi/inactive/user/v2/get {"query_date": "20260930", …}        if `activity_days` says how far back, day by day
    departments and their members once more: who came or went meanwhile
"""

from collectors.dingtalk.collector import DingtalkCollector
from collectors.dingtalk.options import DingtalkOptions

__all__ = ["DingtalkCollector", "DingtalkOptions"]
