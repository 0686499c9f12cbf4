"""The engine: facts, snapshots, checks, audit, findings."""
