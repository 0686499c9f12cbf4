"""Makes recordings of real servers and tools for the fixture company: `python -m tools.record_sources [source …]`.

Each source has a module: it starts the real thing on this machine, fills it with a slice of the company, and has
Clausewise collect from it with `--record`. The company's quarter is over, so everything runs under libfaketime, at the
time at which it would have happened; what a server numbers by chance gets a number that stays (`steady`). Run by hand, when
a collector asks for something new: the recordings are kept in the repository, and the tests replay them.
"""
