"""What no question tree can go under: the least mean number of answers to a screen that shows the right service. Pure.

Source coding (Shannon 1948; Huffman 1952; Kraft's inequality), with leaves that hold several services and levels that
branch unequally. It knows nothing of what the questions mean: no facets may reach it, none can beat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import inf


def least_taps(likely: Sequence[float], shown: int, widths: Sequence[int]) -> float:
    """The least mean depth of a tree whose leaves show ``shown`` services and whose questions have ``widths`` answers.

    ``likely`` are the services' probabilities. Why it is a bound: in the best tree the likeliest services share the
    shallowest leaves, so the leaves hold them in order, ``shown`` at a time. A question is asked once on a way, so d
    answers tell at most the product of the d widest questions apart (Kraft with that product in place of k^d). Answers
    that fit several services equally only mix such trees. Infinite when the questions cannot tell the services apart.
    """
    ordered = sorted(likely, reverse=True)
    groups = [sum(ordered[start : start + shown]) for start in range(0, len(ordered), shown)]
    tail = [sum(groups[start:]) for start in range(len(groups) + 1)]
    wide = sorted(widths, reverse=True)

    @cache
    def least(placed: int, level: int, places: int) -> float:
        """The least mean depth still to come: the groups from ``placed`` on, with ``places`` nodes at ``level``."""
        left = len(groups) - placed
        if places >= left:
            return 0.0
        if level == len(wide):
            return inf
        return min(
            tail[placed + leaves] + least(placed + leaves, level + 1, min(left, (places - leaves) * wide[level]))
            for leaves in range(places)
        )

    return least(0, 0, 1)
