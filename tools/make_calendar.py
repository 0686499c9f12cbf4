"""Write the mainland calendar of working days from the package `chinesecalendar`.

python tools/make_calendar.py
"""

import json
from datetime import date
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

TARGET = Path(__file__).parents[1] / "policies" / "calendar" / "CN.json"


def main() -> None:
    """Write the file; the same version of the package gives the same bytes."""
    years = sorted({day.year for day in holidays})
    document = {
        "first": date(years[0], 1, 1).isoformat(),
        "last": date(years[-1], 12, 31).isoformat(),
        "holidays": [day.isoformat() for day in sorted(holidays)],
        "make_up_days": [day.isoformat() for day in sorted(workdays)],
    }
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {document['first']} to {document['last']}")


if __name__ == "__main__":
    main()
