"""The registers that can be read: one entry each, in the module of its family.

What a column holds, which values it allows and whether a cell may be empty follow from the field of the fact class
(`collectors.registers.columns`); an entry here only chooses the fields, their order and their headings. A new fact type
gets a register by one entry.
"""

from collectors.registers.kinds.disposals import DISPOSALS
from collectors.registers.kinds.governance import GOVERNANCE
from collectors.registers.kinds.incidents import INCIDENTS
from collectors.registers.kinds.inspections import INSPECTIONS
from collectors.registers.kinds.people import PEOPLE
from collectors.registers.kinds.platform import PLATFORM
from collectors.registers.kinds.publishing import PUBLISHING
from collectors.registers.kinds.samples import SAMPLES
from collectors.registers.kinds.security import SECURITY
from collectors.registers.kinds.shape import BareDate, Blank, Column, Register
from collectors.registers.kinds.software import SOFTWARE
from collectors.registers.kinds.storage import STORAGE
from collectors.registers.kinds.supervision import SUPERVISION
from collectors.registers.kinds.training import TRAINING

_FAMILIES = (
    PLATFORM,
    SOFTWARE,
    PUBLISHING,
    STORAGE,
    DISPOSALS,
    SECURITY,
    TRAINING,
    SUPERVISION,
    GOVERNANCE,
    PEOPLE,
    INCIDENTS,
    SAMPLES,
    INSPECTIONS,
)

REGISTERS: dict[str, Register] = {register.name: register for family in _FAMILIES for register in family}
"""Name in `company.yaml` -> register, in the order of a template folder."""

__all__ = ["REGISTERS", "BareDate", "Blank", "Column", "Register"]
