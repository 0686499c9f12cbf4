"""The report model: every number that any page shows, computed once; the pages only put it in words."""

from reports.model.company_shapes import Company
from reports.model.shapes import Department, Model
from reports.model.whole import ModelBuilder, build

__all__ = ["Company", "Department", "Model", "ModelBuilder", "build"]
