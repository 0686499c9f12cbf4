"""The roll-forward ties, in each department and in total, whatever comes, goes or moves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rolls import Roll, Standing, rolled, total

CODES = ("A", "B", "C")
keys = st.tuples(st.sampled_from([f"f{number}" for number in range(6)]), st.sampled_from(CODES))


def test_each_way_to_come_and_go_is_a_term_of_its_own():
    was = [
        ("stays", "A", ("stays", "A")),
        ("gone", "A", ("gone", "A")),
        ("excused", "A", ("excused", "A")),
        ("unseen", "A", ("unseen", "A")),
        ("person", "A", ("person", "A")),
        ("renamed", "OLD", ("renamed2", "A")),
        ("joined", "OLD", ("stays", "A")),
    ]
    now = {
        ("stays", "A"): Standing.OPEN,
        ("excused", "A"): Standing.WAIVED,
        ("unseen", "A"): Standing.UNVERIFIED,
        ("person", "B"): Standing.OPEN,
        ("renamed2", "A"): Standing.OPEN,
        ("fresh", "A"): Standing.OPEN,
        ("back", "A"): Standing.OPEN,
        ("ended", "B"): Standing.OPEN,
    }

    assert rolled(was, now, {"back": "closed", "ended": "waived"}) == {
        "A": Roll(
            opening=5, new=1, recurred=1, moved_in=2, moved_out=1, merged=1, closed=1, waived=1, closing=5,
            unverified=1,
        ),
        "B": Roll(resumed=1, moved_in=1, closing=2),
        "OLD": Roll(opening=2, moved_out=2),
    }  # fmt: skip


def test_what_is_waived_from_the_start_was_never_open():
    assert rolled([], {("x", "A"): Standing.WAIVED}, {}) == {}


@settings(max_examples=60, deadline=None)
@given(
    was=st.dictionaries(keys, keys, max_size=10),
    now=st.dictionaries(keys, st.sampled_from(list(Standing)), max_size=12),
    ended=st.dictionaries(
        st.sampled_from([f"f{n}" for n in range(6)]), st.sampled_from(["closed", "waived"])
    ),
)
def test_every_roll_forward_ties_and_what_moves_out_moves_in(was, now, ended):
    found = rolled([(key, code, today) for (key, code), today in was.items()], now, ended)

    everything = total(found.values())
    assert all(roll.ties for roll in found.values())
    assert everything.ties
    assert everything.moved_in == everything.moved_out
    assert everything.opening == len(was)
    assert everything.closing == sum(standing is not Standing.WAIVED for standing in now.values())
