"""Bounds of a share: the figures of the textbooks, and laws that any bounds keep."""

from math import comb

import pytest

from engine.bounds import bounds


@pytest.mark.parametrize(
    ("hits", "of", "shown", "interval"),
    [
        (0, 25, "0.0-11.3 %", "exact"),
        (0, 60, "0.0-4.9 %", "exact"),
        (0, 100, "0.0-3.0 %", "exact"),
        (2, 25, "2.2-25.0 %", "wilson"),
        (25, 25, "86.6-100.0 %", "wilson"),
        (0, 0, "0.0-100.0 %", "exact"),
    ],
)
def test_known_figures(hits, of, shown, interval):
    found = bounds(hits, of)

    assert (found.shown(), found.interval) == (shown, interval)


@pytest.mark.parametrize("of", [1, 2, 7, 25, 500])
def test_the_share_lies_between_its_bounds_and_more_hits_move_both_up(of):
    found = [bounds(hits, of) for hits in range(of + 1)]

    assert all(one.lower_ppm * of <= hits * 1_000_000 <= one.upper_ppm * of for hits, one in enumerate(found))
    assert [one.lower_ppm for one in found] == sorted(one.lower_ppm for one in found)
    assert [one.upper_ppm for one in found] == sorted(one.upper_ppm for one in found)


@pytest.mark.parametrize("of", [1, 5, 25, 100])
def test_at_the_exact_bound_none_is_found_once_in_twenty(of):
    upper = bounds(0, of).upper_ppm / 1_000_000

    assert comb(of, 0) * (1 - upper) ** of == pytest.approx(0.05, abs=1e-4)


def test_wilsons_lower_bound_is_above_a_limit_exactly_where_the_equation_without_a_root_says_so():
    """`100k > nP` and `(100k - nP)^2 > 3.8415 n P (100 - P)`."""
    for of in (10, 20, 25, 60):
        for hits in range(1, of + 1):
            for limit in (1, 5, 20, 50, 90):
                over = 100 * hits - of * limit
                expected = over > 0 and over**2 > 3.841459 * of * limit * (100 - limit)

                assert (bounds(hits, of).lower_ppm > limit * 10_000) == expected, (hits, of, limit)


@pytest.mark.parametrize(("hits", "of"), [(2, 1), (-1, 5)])
def test_more_hits_than_looked_at_is_a_fault(hits, of):
    with pytest.raises(ValueError, match="hits of"):
        bounds(hits, of)
