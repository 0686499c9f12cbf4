"""A small roster as files, and what its collector makes of it."""

from pathlib import Path
from zoneinfo import ZoneInfo

from collectors import Moment, Source, live
from collectors.roster import RosterCollector, RosterOptions
from collectors.transport import Recorded, RecordingFolder, ReplayTransport
from engine.facts import Collected

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENT = Moment("2026-09-30T15:59:59Z", SHANGHAI)

PEOPLE = (
    "employee_no,name,status,employment_type,hire_date,last_working_day,left_recorded_at,department_code,position,"
    "post_since,manager_employee_no,second_department_code,second_position,leave_from,leave_until"
)
SHEN = "00001,沈知遠,active,employee,2019-03-01,,,GD,總經理,,,,,,"
QIAO = "00002,喬安寧,active,employee,2020-05-06,,,FIN,會計,2024-01-01,00001,GD,秘書,,"
DEPARTMENTS = "code,name,parent_code,valid_from,valid_until,renamed_from,merged_into"
HEADS = "department_code,employee_no,from,until,acting,deputy"


def table(headings: str, *rows: str, as_of: str = "2026-09-30", total: int | None = None) -> str:
    stated = f"as_of,{as_of}\nrows,{len(rows) if total is None else total}\n"
    return stated + "\n".join((headings, *rows)) + "\n"


def write(folder: Path, **files: str | bytes) -> Path:
    default = {
        "people": table(PEOPLE, SHEN, QIAO),
        "departments": table(DEPARTMENTS, "GD,總部,,,,,", "FIN,財務部,GD,,,,"),
        "heads": table(HEADS, "GD,00001,2019-03-01,,no,"),
    }
    for name, content in (default | files).items():
        path = folder / (name if "." in name else f"{name}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def collect(folder: Path, moment: Moment = MOMENT, **options) -> Collected:
    source, collector = Source("hr", "HR", RosterOptions(**options)), RosterCollector()
    with live(collector, source, "", folder) as transport:
        return collector.collect(source, transport, moment)


def recorded(folder: Path, recording: Path, **options) -> tuple[Collected, Collected]:
    """What is collected while it is recorded, and what its replay says."""
    source, collector = Source("hr", "HR", RosterOptions(**options)), RosterCollector()
    with live(collector, source, "", folder) as transport, RecordingFolder(recording) as kept:
        collected = collector.collect(source, Recorded(transport, kept), MOMENT)
    return collected, collector.collect(source, ReplayTransport(recording), MOMENT)


def fact_of(collected: Collected, uid: str) -> dict:
    return next(fact.record() for fact in collected.facts if fact.uid == f"hr/{uid}")
