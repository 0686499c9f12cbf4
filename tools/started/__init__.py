"""Real servers on this machine: for the tests of collectors, and for the recordings of the fixture company."""
