"""Reports: what an audit found, for the people who act on it."""
