"""The week as a plain SVG: how many wait, hour by hour over the desk's open hours, and how long they waited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.builders import front_door
from tests.simulation.figures import Spread, spans, waits
from tests.simulation.playing import Week

WIDE, HIGH, LEFT, TOP = 960, 560, 56, 64
PLOT, BAR = 220, 150  # heights of the two drawings
UPPER, LOWER = TOP, TOP + PLOT + 96
BUCKETS = ((0, 5), (5, 15), (15, 30), (30, 60), (60, 120), (120, 240), (240, 480), (480, 10**9))
INK, OPEN, LINE, SOFT, RED = "#1d2b36", "#e3efe6", "#1f6f5c", "#8aa39b", "#b3452f"


def drawn(week: Week) -> str:
    """The whole picture."""
    calm = [case for case in week.cases() if not case.danger]
    hours, all_ = waits(calm, "caught_at", by_clock=False), waits(calm, "caught_at", by_clock=True)
    title = f"A week of a desk, simulated: {len(week.cases())} cases, three workers"
    parts = [
        _text(LEFT, 28, title, 18, weight=600),
        _text(LEFT, 48, "Cases that wait, hour by hour; the desk is open where it is shaded (holiday on Wednesday)"),
        *_queue(week),
        _text(LEFT, LOWER - 26, "How long until a worker came (all but danger)"),
        *_bars(hours, all_),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" role="img">'
    return "\n".join(
        [head, f"<title>{title}</title>", f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>', *parts, "</svg>\n"]
    )


def _text(
    x: float, y: float, text: str, size: int = 13, *, anchor: str = "start", weight: int = 400, ink: str = INK
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}" fill="{ink}">{text}</text>'
    )


def _rect(x: float, y: float, wide: float, high: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"/>'


def _rule(x1: float, y1: float, x2: float, y2: float, ink: str = SOFT, dash: str = "") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" stroke-dasharray="{dash}"/>'


# The queue --------------------------------------------------------------------------------------------------------


def by_hour(week: Week) -> list[int]:
    """The most that waited at once in each hour."""
    most, last = [0] * (week.days * 24), 0
    place = 0
    for hour in range(len(most)):
        end = week.first + timedelta(hours=hour + 1)
        most[hour] = last
        while place < len(week.seen.waiting) and week.seen.waiting[place][0] < end:
            last = week.seen.waiting[place][1]
            most[hour] = max(most[hour], last)
            place += 1
    return most


def _queue(week: Week) -> Iterator[str]:
    counts = by_hour(week)
    step = next(each for each in (2, 5, 10, 20, 25, 50, 100, 1000) if max(counts) <= each * 6)
    top = max(1, -(-max(counts) // step)) * step
    across = (WIDE - LEFT - 16) / len(counts)

    def at(moment: datetime) -> float:
        return LEFT + (moment - week.first) / timedelta(hours=1) * across

    for since, until in spans(front_door(), week.first, week.until):
        if since < week.until:
            yield _rect(at(since), UPPER, at(until) - at(since), PLOT, OPEN)
    for level in range(0, top + 1, step):
        y = UPPER + PLOT * (1 - level / top)
        yield _rule(LEFT, y, WIDE - 16, y, "#d7dfdb")
        yield _text(LEFT - 8, y + 4, str(level), 12, anchor="end", ink="#52646f")
    points = [(LEFT + (hour + 0.5) * across, UPPER + PLOT * (1 - count / top)) for hour, count in enumerate(counts)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{line}" fill="none" stroke="{LINE}" stroke-width="2.5" stroke-linejoin="round"/>'
    for day in range(week.days):
        start = week.first + timedelta(days=day)
        yield _rule(at(start), UPPER, at(start), UPPER + PLOT, "#c3cfca", "3 3")
        yield _text(
            at(start) + 12 * across, UPPER + PLOT + 18, f"{start:%a} {start.day}.{start.month}.", anchor="middle"
        )


# How long they waited ---------------------------------------------------------------------------------------------


def _bars(hours: Spread, clock: Spread) -> Iterator[str]:
    shares = [(_shares(hours), LINE), (_shares(clock), SOFT)]
    top = max(max(each) for each, _ in shares) or 1.0
    wide = (WIDE - LEFT - 16) / len(BUCKETS)
    for place, bucket in enumerate(BUCKETS):
        x = LEFT + place * wide
        for row, (each, fill) in enumerate(shares):
            high = BAR * each[place] / top
            left = x + wide * (0.14 + 0.37 * row)
            yield _rect(left, LOWER + BAR - high, wide * 0.34, high, fill)
            if each[place] >= 0.005:
                yield _text(left + wide * 0.17, LOWER + BAR - high - 5, f"{each[place]:.0%}", 11, anchor="middle")
        yield _text(x + wide / 2, LOWER + BAR + 18, _named(*bucket), 12, anchor="middle")
    yield _rule(LEFT, LOWER + BAR, WIDE - 16, LOWER + BAR, INK)
    yield _rect(WIDE - 306, LOWER - 38, 12, 12, LINE)
    yield _text(WIDE - 288, LOWER - 27, "in the desk's open time", 12)
    yield _rect(WIDE - 136, LOWER - 38, 12, 12, SOFT)
    yield _text(WIDE - 118, LOWER - 27, "by the clock", 12)


def _shares(spread: Spread) -> list[float]:
    count = len(spread.minutes) or 1
    return [sum(low <= each < high for each in spread.minutes) / count for low, high in BUCKETS]


def _named(low: int, high: int) -> str:
    one, unit = (1, "min") if high <= 60 else (60, "h")
    if low == 0 or high > 10**8:
        return f"under {high} min" if low == 0 else f"over {low // 60} h"
    return f"{low // one}–{high // one} {unit}"
