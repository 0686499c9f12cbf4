"""HR's roster: three tables, as CSV or XLSX, each with the day that it describes and its number of rows.

    people        employee_no, name, status, employment_type, hire_date, last_working_day, left_recorded_at,
                  department_code, position, post_since, manager_employee_no, second_department_code,
                  second_position, leave_from, leave_until; a rehire has one row for each employment
    departments   code, name, parent_code, valid_from, valid_until, renamed_from, merged_into
    heads         department_code, employee_no, from, until, acting, deputy

Leavers stay in `people`: a roster without them cannot prove that somebody has left. Above the headings of each table,
or in a side file (`as_of: 2026-09-30`, `totals: {people: 186, departments: 9, heads: 11}`), stand `as of` and `rows`.
Days are civil dates; `last_working_day`, `valid_until`, `until` and `leave_until` are the last day that still counts.
"""

from collectors.roster.collector import RosterCollector
from collectors.roster.options import RosterOptions

__all__ = ["RosterCollector", "RosterOptions"]
