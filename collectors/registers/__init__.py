"""Registers: lists that a company keeps by hand or exports from a ticket system, read by one reader.

`kinds` is the table of them, `columns` derives from the fact classes what a column holds, `sheets` makes rows of CSV,
XLSX and YAML, `cells` reads one cell, `entries` one register, `collector` is the source.
"""

from collectors.registers.collector import RegisterCollector, RegisterOptions, report_type
from collectors.registers.kinds import REGISTERS, Column, Register

__all__ = ["REGISTERS", "Column", "Register", "RegisterCollector", "RegisterOptions", "report_type"]
