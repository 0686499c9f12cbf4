"""HR's roster under the contract."""

from contract import TEXT, Contract, Files, Law, no_network

from collectors.roster import RosterCollector, RosterOptions

_PEOPLE = (
    "employee_no,name,status,employment_type,hire_date,last_working_day,left_recorded_at,department_code,position,"
    "post_since,manager_employee_no,second_department_code,second_position,leave_from,leave_until,home address"
)
_ROWS = (
    f"00001,沈知遠,active,employee,2019-03-01,,,GD,總經理,,,,,,,{TEXT}",
    f"00002,喬安寧,active,employee,2020-05-06,,,GD,秘書,,00001,,,,,{TEXT}",
)


def _file(headings: str, *rows: str, total: int | None = None) -> bytes:
    stated = f"as_of,2026-09-30\nrows,{len(rows) if total is None else total}\n"
    return (stated + "\n".join((headings, *rows)) + "\n").encode()


_GOOD = Files(
    {
        "people.csv": _file(_PEOPLE, *_ROWS),
        "departments.csv": _file(
            "code,name,parent_code,valid_from,valid_until,renamed_from,merged_into", "GD,總部,,,,,"
        ),
        "heads.csv": _file(
            "department_code,employee_no,from,until,acting,deputy", "GD,00001,2019-03-01,,no,"
        ),
    }
)

CONTRACT = Contract(
    name="roster",
    collector=RosterCollector(),
    options=RosterOptions(),
    good=_GOOD,
    # a roster with a wrong total or a wrong cell is sent back whole: everything else hangs on it
    refuses=frozenset({Law.CUT_SHORT, Law.TOTAL_SMALLER, Law.TOTAL_LARGER, Law.UNKNOWN_WORD}),
    stages=no_network("files of HR")
    | {
        Law.CUT_SHORT: _GOOD.but(people__csv=_file(_PEOPLE, _ROWS[0], total=2)),
        Law.TOTAL_SMALLER: _GOOD.but(people__csv=_file(_PEOPLE, *_ROWS, total=1)),
        Law.TOTAL_LARGER: _GOOD.but(people__csv=_file(_PEOPLE, *_ROWS, total=3)),
        Law.CHANGED: "each file is read once and whole",
        Law.UNKNOWN_WORD: _GOOD.but(
            people__csv=_file(_PEOPLE, _ROWS[0], _ROWS[1].replace("active", "elsewhere"))
        ),
    },
)
