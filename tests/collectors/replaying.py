"""Replays the recordings of all collectors under the contract: `python replaying.py FOLDER` prints what comes of each, as JSON."""

import json
import sys
from pathlib import Path

from contracted import CONTRACTS

from collectors.transport import ReplayTransport

if __name__ == "__main__":
    recorded = Path(sys.argv[1])
    found = {
        one.name: one.collect(ReplayTransport(recorded / one.name)).model_dump_json() for one in CONTRACTS
    }
    sys.stdout.write(json.dumps(found))
