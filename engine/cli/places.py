"""Where things lie: what the package ships, and what this user keeps."""

import os
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path


def policies() -> Path:
    """The folder of the policy that is shipped: never one that happens to lie in the current directory."""
    return Path(str(files("policies")))


def fixtures() -> Path:
    """The folder of the fixture company."""
    return Path(str(files("fixtures")))


def cache() -> Path:
    """Where fetched programs are kept."""
    named = os.environ.get("CLAUSEWISE_CACHE")
    return Path(named) if named else user_cache_path("clausewise")
