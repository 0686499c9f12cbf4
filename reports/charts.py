"""Geometry of the charts: coordinates as text with fixed decimals, so that every machine draws the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.findings import SEVERITIES
from reports.model.check_shapes import CoverageView
from reports.model.past_shapes import Point

WIDTH = 340.0
"""Width of a chart in its own units."""

_TOP, _BOTTOM, _SIDE = 22.0, 70.0, 24.0

_LABELS, _CENTURY = 5, "20"
"""Labels in full that stand beside each other without touching, and what is left out of each where there are more."""

_LEFT, _ROW, _TALL, _LEAST = 78.0, 36.0, 18.0, 1.5
"""Where bars begin, how high a row of them is, the highest bar, and the lowest that is not nothing."""

_HIGH, _LOW, _SLANT, _GAP = 2.0, 22.0, 12.0, 6.0


@dataclass(frozen=True)
class Dot:
    """A period of the trend."""

    x: str
    y: str
    label_y: str
    label: str
    short: str
    """What fits under the dot: `24Q4` where there are many."""
    total: int


@dataclass(frozen=True)
class TrendChart:
    """Dots joined by thin lines, but not over a break."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    breaks: tuple[str, ...]
    """Where a dashed line stands: from there on something is counted otherwise."""


@dataclass(frozen=True)
class Bar:
    """How many findings of a severity were open in a period."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    label_y: str
    count: int


@dataclass(frozen=True)
class Row:
    """The bars of a severity, on a ground of their own."""

    severity: str
    ground: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class SeverityChart:
    """A row of bars a severity, all to the same scale: told apart by their place and their numbers, not by colour."""

    rows: tuple[Row, ...]
    labels: tuple[tuple[str, str], ...]
    """Where the label of a period stands, and what fits there."""
    breaks: tuple[str, ...]


@dataclass(frozen=True)
class Stroke:
    """A line of a hatch."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Segment:
    """A part of the coverage bar."""

    kind: str
    x: str
    width: str
    count: int
    hatch: tuple[Stroke, ...]


def trend_chart(points: Sequence[Point]) -> TrendChart:
    """Where the dots of the trend stand."""
    century = len(_CENTURY) if len(points) > _LABELS else 0
    highest = max((point.total for point in points), default=0) or 1
    step = (WIDTH - 2 * _SIDE) / max(len(points) - 1, 1)
    dots = []
    for place, point in enumerate(points):
        x = _SIDE + place * step if len(points) > 1 else WIDTH / 2
        y = _BOTTOM - (point.total / highest) * (_BOTTOM - _TOP)
        dots.append(
            Dot(
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                label_y=f"{y - 8:.1f}",
                label=point.label,
                short=point.label[century:],
                total=point.total,
            )
        )
    parts: list[list[Dot]] = []
    breaks = []
    for place, (point, dot) in enumerate(zip(points, dots, strict=True)):
        if place and point.breaks:
            breaks.append(f"{_SIDE + (place - 0.5) * step:.1f}")
        if not place or point.breaks:
            parts.append([])
        parts[-1].append(dot)
    lines = tuple(" ".join(f"{dot.x},{dot.y}" for dot in part) for part in parts if len(part) > 1)
    return TrendChart(dots=tuple(dots), lines=lines, breaks=tuple(breaks))


def severity_chart(points: Sequence[Point]) -> SeverityChart:
    """Where the bars of each severity stand, period by period."""
    century = len(_CENTURY) if len(points) > _LABELS else 0
    highest = max((count for point in points for count in point.open.values()), default=0) or 1
    step = (WIDTH - _LEFT) / max(len(points), 1)
    rows = []
    for place, severity in enumerate(SEVERITIES):
        ground = (place + 1) * _ROW
        bars = []
        for number, point in enumerate(points):
            count = point.open[severity]
            height = max(count / highest * _TALL, _LEAST) if count else 0.0
            middle = _LEFT + (number + 0.5) * step
            bars.append(
                Bar(
                    x=f"{middle - step / 4:.1f}",
                    y=f"{ground - height:.1f}",
                    width=f"{step / 2:.1f}",
                    height=f"{height:.1f}",
                    middle=f"{middle:.1f}",
                    label_y=f"{ground - height - 3:.1f}",
                    count=count,
                )
            )
        rows.append(Row(severity=severity, ground=f"{ground:.1f}", bars=tuple(bars)))
    return SeverityChart(
        rows=tuple(rows),
        labels=tuple(
            (f"{_LEFT + (number + 0.5) * step:.1f}", point.label[century:])
            for number, point in enumerate(points)
        ),
        breaks=tuple(
            f"{_LEFT + number * step:.1f}" for number, point in enumerate(points) if number and point.breaks
        ),
    )


def coverage_bar(coverage: CoverageView) -> tuple[Segment, ...]:
    """How wide the parts of the coverage bar are; parts of nothing are left out."""
    parts = {
        "automated": coverage.automated,
        "sampled": coverage.sampled,
        "attested": coverage.attested,
        "not_assessed": coverage.not_assessed,
    }
    segments = []
    x = 0.0
    for kind, count in parts.items():
        if count:
            width = count / coverage.total * WIDTH
            hatch = _hatch(x, width) if kind == "not_assessed" else ()
            segments.append(Segment(kind=kind, x=f"{x:.1f}", width=f"{width:.1f}", count=count, hatch=hatch))
            x += width
    return tuple(segments)


def _hatch(left: float, width: float) -> tuple[Stroke, ...]:
    """Slanted lines inside a part, drawn one by one: a pattern would need a reference, and pages refer to nothing."""
    strokes = []
    start = left - _SLANT
    while start < left + width:
        x1, x2 = max(start, left), min(start + _SLANT, left + width)
        y1, y2 = (_LOW - (x - start) / _SLANT * (_LOW - _HIGH) for x in (x1, x2))
        strokes.append(Stroke(x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}"))
        start += _GAP
    return tuple(strokes)
