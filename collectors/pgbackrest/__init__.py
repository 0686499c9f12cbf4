"""pgBackRest, by its command: the backups of one PostgreSQL stanza in one repository, and whether they are sound.

Three commands that only read: `version`, `info --output=json` and, on request, `verify`. In a recording their keys are
`version`, `info` and `verify`, their status is the exit code. A backup is a restore point and the run that made it.
"""

from collectors.pgbackrest.collector import PgbackrestCollector
from collectors.pgbackrest.options import PgbackrestOptions

__all__ = ["PgbackrestCollector", "PgbackrestOptions"]
