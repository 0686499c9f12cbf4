"""Real servers on this machine: for the tests of collectors, and for the recordings of the fixture company."""


class NotHereError(Exception):
    """Something that a server needs is not to be had on this machine."""
