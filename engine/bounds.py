"""How far the share found in a sample may be from the share in everything that it was drawn from."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

CONFIDENCE = 0.95
_MILLION = 1_000_000
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True)
class Bounds:
    """Lower and upper bound in millionths, rounded outwards, and how they were reckoned."""

    lower_ppm: int
    upper_ppm: int
    interval: Literal["wilson", "exact"]

    def shown(self) -> str:
        """Both in percent, rounded outwards too.

        >>> bounds(2, 25).shown()
        '2.2-25.0 %'
        >>> bounds(0, 25).shown()
        '0.0-11.3 %'
        """
        lower, upper = self.lower_ppm // 1000, -(-self.upper_ppm // 1000)
        return f"{lower // 10}.{lower % 10}-{upper // 10}.{upper % 10} %"


def bounds(hits: int, of: int) -> Bounds:
    """The bounds of a share at 95 %: Wilson's, two-sided; at zero hits the exact upper bound, one-sided.

    Zero found is not zero: none of 25 still allows one in nine. Of nothing looked at anything may be so.

    Raises:
        ValueError: there are more hits than were looked at, or fewer than none
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} hits of {of}")
    if hits == 0:
        # the chance to find none of n is (1 - p)^n; the bound is the p where it is 5 %
        upper = 1.0 if of == 0 else 1 - (1 - CONFIDENCE) ** (1 / of)
        return Bounds(0, _up(upper), "exact")
    share, square = hits / of, _Z * _Z
    middle = share + square / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return Bounds(_down((middle - reach) / whole), _up((middle + reach) / whole), "wilson")


def _down(share: float) -> int:
    return max(0, math.floor(share * _MILLION))


def _up(share: float) -> int:
    return min(_MILLION, math.ceil(share * _MILLION))
