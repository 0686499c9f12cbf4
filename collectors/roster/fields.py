"""Which fields HR's roster can fill: the coverage matrix is made of this."""

from collectors.interface import Fields

FIELDS: Fields = {
    "department": {
        "code": "",
        "deputies": "",
        "heads": "",
        "merged_into": "",
        "name": "",
        "parent": "",
        "renamed_from": "",
        "valid_from": "",
        "valid_until": "",
    },
    "person": {
        "department_code": "",
        "employee_no": "",
        "employment_type": "",
        "employments": "",
        "hire_date": "",
        "hire_day_ends_at": "",
        "hire_day_starts_at": "",
        "last_day_ends_at": "",
        "last_working_day": "",
        "leave_ends_at": "",
        "leave_starts_at": "",
        "left_recorded_at": "",
        "manager": "",
        "name": "",
        "position": "",
        "post_since": "",
        "posts": "",
        "status": "",
    },
}
"""What each fact can hold from this kind of source, and on what condition."""
