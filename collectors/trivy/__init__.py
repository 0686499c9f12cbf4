"""Trivy: which vulnerabilities hosts have, as the reports of its scans say, one file a scan.

A file holds whose host it is, what `trivy version` says of the database, and the report, which itself does not say how old the database was.
"""

from collectors.trivy.collector import TrivyCollector
from collectors.trivy.options import TrivyOptions

__all__ = ["TrivyCollector", "TrivyOptions"]
