"""The report model: every number that any page shows, computed once; the pages only put it in words."""

from reports.model.company import build
from reports.model.shapes import Company, Department, Model

__all__ = ["Company", "Department", "Model", "build"]
