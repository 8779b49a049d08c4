"""One typo in every longer word, the same ones every time. Knows the Finnish keyboard, and no service."""

from __future__ import annotations

import random
import re

SHORTEST = 4
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_PLAIN = {"ä": "a", "ö": "o", "Ä": "A", "Ö": "O"}


def _neighbours() -> dict[str, str]:
    """The keys beside each key, and above and below it; each row stands half a key to the right of the one above."""
    at = {letter: (row, place) for row, letters in enumerate(_ROWS) for place, letter in enumerate(letters)}
    return {
        letter: "".join(
            other
            for other, (line, there) in at.items()
            if (line == row and abs(there - place) == 1)
            or (line == row - 1 and there - place in (0, 1))
            or (line == row + 1 and place - there in (0, 1))
        )
        for letter, (row, place) in at.items()
    }


NEIGHBOURS = _neighbours()


def slipped(text: str, seed: int = 1) -> str:
    """The text with one typo in every word of four letters or more. The same text and seed give the same typos."""
    chance = random.Random(f"{seed} {text}")  # noqa: S311  # typos, not secrets
    return _WORD.sub(lambda word: slip(word[0], chance), text)


def slip(word: str, chance: random.Random) -> str:
    """One typo: a neighbouring key, a letter dropped or doubled, or ä and ö without their dots."""
    kinds = [_beside, _dropped, _doubled]
    if any(letter in _PLAIN for letter in word):
        kinds.append(_undotted)
    return chance.choice(kinds)(word, chance)


def _beside(word: str, chance: random.Random) -> str:
    places = [place for place, letter in enumerate(word) if letter.lower() in NEIGHBOURS]
    if not places:
        return _dropped(word, chance)
    place = chance.choice(places)
    other = chance.choice(NEIGHBOURS[word[place].lower()])
    return word[:place] + (other.upper() if word[place].isupper() else other) + word[place + 1 :]


def _dropped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[: place + 1] + word[place:]


def _undotted(word: str, chance: random.Random) -> str:
    place = chance.choice([place for place, letter in enumerate(word) if letter in _PLAIN])
    return word[:place] + _PLAIN[word[place]] + word[place + 1 :]
