"""Who belongs to what: what several sources say about one thing, put together before a snapshot is sealed.

Everything here is pure: records in, records out, and a list of what is wrong in the data. Nothing is decided about a
clause; what cannot be settled is named in the record's `unknown`.
"""

from engine.relations.company import Company, relate
from engine.relations.workspace import Workspace

__all__ = ["Company", "Workspace", "relate"]
