"""The static picture of a network, and the marks of its groups: every colour is welded to a shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from undazzle.publish.report.facts import Member, Pair
from undazzle.publish.report.layout import MAX_LINES, MAX_PICTURED
from undazzle.publish.report.text import as_markup, plural

SIZE = 480
_MARGIN = 26
_LEAST_LINES = 3

# Outlines in a box from -1 to 1; the circle, bar and ring are drawn by name.
_OUTLINES = {
    3: ((0, -1.05), (1.05, 0.85), (-1.05, 0.85)),
    4: ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    5: ((0, -1.05), (1.05, -0.25), (0.65, 0.95), (-0.65, 0.95), (-1.05, -0.25)),
    7: (
        (-0.4, -1.1),
        (0.4, -1.1),
        (0.4, -0.4),
        (1.1, -0.4),
        (1.1, 0.4),
        (0.4, 0.4),
        (0.4, 1.1),
        (-0.4, 1.1),
        (-0.4, 0.4),
        (-1.1, 0.4),
        (-1.1, -0.4),
        (-0.4, -0.4),
    ),
}


def mark(group: int, x: float, y: float, radius: float, css: str) -> str:
    """Return the shape of a group (0 to 7) as SVG, centred at a point."""
    kind = group % 8 + 1
    look = f'class="{css} k{kind}"'
    if kind in _OUTLINES:
        points = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in _OUTLINES[kind])
        return f'<polygon {look} points="{points}"/>'
    if kind in (2, 6):
        wide, tall = (0.92, 0.92) if kind == 2 else (1.15, 0.62)
        return (
            f'<rect {look} x="{x - wide * radius:.1f}" y="{y - tall * radius:.1f}"'
            f' width="{2 * wide * radius:.1f}" height="{2 * tall * radius:.1f}"/>'
        )
    ring = f'<circle class="{css} k8" cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.6:.1f}"/>' if kind == 8 else ""
    return f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{ring}'


def icons() -> list[Markup]:
    """Return the mark of every group, 14 pixels wide, for tables and keys."""
    return [as_markup(mark(group, 7, 7, 5.4, "shape")) for group in range(8)]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture and what it leaves out."""

    svg: Markup
    accounts: int
    lines: int
    thinnest: int
    thickest: int


def draw_network(
    members: Sequence[Member],
    pairs: Sequence[Pair],
    positions: Mapping[int, tuple[float, float]],
    groups: Sequence[int],
) -> Picture:
    """Return the picture of a network: accounts with most co-actions, strongest pairs as lines.

    Parameters
    ----------
    members, pairs
        All of them; what does not fit is left out and counted.
    positions
        Places in the unit square by member row.
    groups
        Sizes of the groups, for the description.
    """
    shown = [member for member in members if member.row in positions]
    limit = min(MAX_LINES, max(200, 6 * len(shown)))
    lines = _drawn([pair for pair in pairs if pair.a in positions and pair.b in positions], limit)
    at = {row: (_scaled(x), _scaled(y)) for row, (x, y) in positions.items()}
    radius = 14.0 if len(shown) <= 30 else 10.0 if len(shown) <= 80 else 5.5 if len(shown) <= 160 else 4.0
    parts = [_lines(lines, at), *(_node(member, at, radius) for member in reversed(shown))]
    label = escape(
        f"Network of {plural(len(shown), 'account')}"
        + (f" in {len(groups)} groups of {', '.join(map(str, groups))}" if len(groups) > 1 else "")
        + ". Thicker lines mean more co-actions. The same facts are in the table beside the picture."
    )
    ends = [y for _, y in at.values()] or [SIZE / 2]
    top, tall = min(ends) - _MARGIN, max(ends) - min(ends) + 2 * _MARGIN
    few = " few" if len(shown) <= 6 else ""
    svg = (
        f'<svg class="plot graph{few}" id="picture" viewBox="0 {top:.0f} {SIZE} {tall:.0f}"'
        f' role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )
    counts = [pair.co_actions for pair in lines] or [0]
    return Picture(as_markup(svg), len(shown), len(lines), min(counts), max(counts))


def pictured_rows(members: Sequence[Member]) -> list[int]:
    """Return the rows that fit into the picture: those with most co-actions."""
    return [member.row for member in members[:MAX_PICTURED]]


def _drawn(pairs: Sequence[Pair], limit: int) -> list[Pair]:
    """Return every account's three strongest pairs, then the strongest of the rest up to the limit.

    The strongest alone would leave whole groups without a line.
    """
    if len(pairs) <= limit:
        return list(pairs)
    drawn: Counter[int] = Counter()
    leading, rest = [], []
    for pair in pairs:
        if min(drawn[pair.a], drawn[pair.b]) < _LEAST_LINES:
            drawn.update((pair.a, pair.b))
            leading.append(pair)
        else:
            rest.append(pair)
    return sorted((leading + rest)[: max(limit, len(leading))], key=lambda pair: pair.number)


def _scaled(value: float) -> float:
    return _MARGIN + value * (SIZE - 2 * _MARGIN)


def _lines(lines: Sequence[Pair], at: Mapping[int, tuple[float, float]]) -> str:
    """Draw lines in five widths, one path each: a fraction of the size of single lines."""
    most = max((pair.co_actions for pair in lines), default=1)
    paths: dict[int, list[str]] = {}
    for pair in lines:
        width = min(4, int(5 * (pair.co_actions / most) ** 0.7))
        (x1, y1), (x2, y2) = at[pair.a], at[pair.b]
        paths.setdefault(width, []).append(f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}")
    thin = 0.22 if len(lines) > 600 else 0.5 if len(lines) > 250 else 1.0
    return "".join(
        f'<path class="tie" stroke-width="{thin * (0.9 + 1.1 * width):.2f}" d="{"".join(found)}"/>'
        for width, found in sorted(paths.items())
    )


def _node(member: Member, at: Mapping[int, tuple[float, float]], radius: float) -> str:
    x, y = at[member.row]
    shape = mark(member.group, x, y, radius, "node")
    if radius < 9:
        return shape
    size = "" if radius > 12 else ' class="small"'
    lower = y + (5 if radius > 12 else 3.6) + (2 if member.group % 8 == 2 else 0)
    return f'{shape}<text{size} x="{x:.1f}" y="{lower:.1f}">{member.row}</text>'
