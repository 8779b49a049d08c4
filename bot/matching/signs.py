"""Signs of danger as the admins write them, made ready to be found in a text.

How a sign is written stands at the top of ``knowledge/danger.yaml``. This module knows how to read and find signs;
what a sign means is :mod:`bot.matching.danger`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.normalising import normal
from bot.matching.slips import Slips
from bot.matching.stems import stems

GAP = 2  # other words between the words of a sign in order
REACH = 6  # other words among the parts of a sign in any order
_LONG_ENOUGH = 7  # letters of a beginning in which a slip of the finger is forgiven
_MOST = 24  # places of one part looked at in one sentence: a wall of one word must not cost minutes

Places = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: parts in any order, each of words in order, each of forms that may stand for one another.

    A form is ``fi:word`` (any ending), ``=word`` (only this), ``word*`` (any word that begins so)
    or ``*part*`` (any word that holds it).
    """

    written: str
    language: Language
    parts: tuple[tuple[tuple[str, ...], ...], ...]

    @classmethod
    def read(cls, written: str, language: Language, *, exact: bool = False) -> Sign:
        """A line of danger.yaml. ``exact`` forgives no endings."""
        parts = tuple(
            tuple(_forms(word, language, exact=exact) for word in part.split()) for part in written.split(" + ")
        )
        return cls(written, language, tuple(tuple(word for word in part if word) for part in parts))

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """All its words, each as its forms."""
        return tuple(word for part in self.parts for word in part)

    def spans(self, places: Places) -> tuple[tuple[int, ...], ...]:
        """Where it stands in a sentence: for each finding the places of its words, in the order of the sign."""
        found = [self._ordered(part, places) for part in self.parts]
        if not all(found):
            return ()
        spans = (_gathered(first, found[1:]) for first in found[0])
        return tuple(span for span in spans if span is not None)

    @staticmethod
    def _ordered(part: Sequence[tuple[str, ...]], places: Places) -> list[tuple[int, ...]]:
        spans: list[tuple[int, ...]] = [(at,) for at in _standing(part[0], places)]
        for word in part[1:]:
            standing = _standing(word, places)
            nexts = ((span, next((at for at in standing if 0 < at - span[-1] <= GAP + 1), None)) for span in spans)
            spans = [(*span, at) for span, at in nexts if at is not None]
        return spans[:_MOST]


def _forms(word: str, language: Language, *, exact: bool) -> tuple[str, ...]:
    forms: list[str] = []
    for alternative in word.split("|"):
        known = normal(alternative.strip("*")).split()
        if not known:
            continue
        if alternative.endswith("*"):
            forms.append(f"*{known[0]}*" if alternative.startswith("*") else f"{known[0]}*")
        else:
            only = exact or alternative.startswith("=")
            forms.append(f"={known[0]}" if only else f"{language}:{known[0]}")
    return tuple(forms)


def _standing(word: tuple[str, ...], places: Places) -> list[int]:
    return sorted({at for form in word for at in places.get(form, ())})[:_MOST]


def _gathered(first: tuple[int, ...], others: Iterable[Sequence[tuple[int, ...]]]) -> tuple[int, ...] | None:
    """The nearest place of every other part around the first, or None when they are not near each other."""
    span = first
    for candidates in others:
        apart = [other for other in candidates if not set(other) & set(span)]
        if not apart:
            return None
        span += min(apart, key=lambda other: max(*span, *other) - min(*span, *other))
    return span if max(span) - min(span) < len(span) + REACH else None


@dataclass(frozen=True)
class Finder:
    """Finds many signs at once. Made once; safe to share."""

    signs: tuple[Sign, ...]
    _anchored: Mapping[str, tuple[int, ...]]
    _prefixes: AbstractSet[str]
    _parts: tuple[str, ...]
    _stems: Mapping[Language, Mapping[str, tuple[str, ...]]]
    _slips: Slips
    _known: Callable[[str], bool]

    @classmethod
    def of(cls, signs: Iterable[Sign], known: Callable[[str], bool]) -> Finder:
        """``known`` tells the words that are right as they stand, in which no slip of the finger is looked for."""
        all_signs = tuple(sign for sign in signs if sign.words)
        uses = _uses(all_signs)
        anchored: dict[str, list[int]] = {}
        for number, sign in enumerate(all_signs):
            rarest = min(sign.words, key=lambda word: (sum(uses[form] for form in word), word))
            for form in rarest:
                anchored.setdefault(form, []).append(number)
        return cls(
            all_signs,
            {form: tuple(numbers) for form, numbers in anchored.items()},
            {form[:-1] for form in uses if form.endswith("*")},
            tuple(sorted(form[1:-1] for form in uses if form.startswith("*"))),
            {language: _by_stem(uses, language) for language in LANGUAGES},
            Slips.of(form[:-1] for form in uses if form.endswith("*") and len(form) > _LONG_ENOUGH),
            known,
        )

    def find(
        self, sentence: Sequence[str], languages: Sequence[Language] = LANGUAGES
    ) -> list[tuple[int, tuple[int, ...]]]:
        """Number of each sign found in a sentence of normalised words, with the places of its words."""
        places = self.places(sentence, languages)
        candidates = {number for form in places for number in self._anchored.get(form, ())}
        spoken = (number for number in sorted(candidates) if self.signs[number].language in languages)
        return [(number, span) for number in spoken for span in self.signs[number].spans(places)]

    def places(self, sentence: Sequence[str], languages: Sequence[Language] = LANGUAGES) -> dict[str, list[int]]:
        """Every form that stands in the sentence, and where."""
        places: dict[str, list[int]] = {}
        for language in languages:
            for at, (word, stem) in enumerate(zip(sentence, stems(sentence, language), strict=True)):
                for other in self._stems[language].get(stem, ()):
                    if _begin_alike(word, other):
                        places.setdefault(f"{language}:{other}", []).append(at)
        for at, word in enumerate(sentence):
            places.setdefault(f"={word}", []).append(at)
            for form in self._beginnings(word):
                places.setdefault(form, []).append(at)
        return places

    def _beginnings(self, word: str) -> list[str]:
        found = [f"{word[:end]}*" for end in range(2, len(word) + 1) if word[:end] in self._prefixes]
        found.extend(f"*{part}*" for part in self._parts if part in word)
        if found or self._known(word):
            return found
        cuts = {word[:end] for end in range(6, min(len(word), 16) + 1)}
        return sorted({f"{near}*" for cut in cuts for near in self._slips.near(cut)})


def _uses(signs: Iterable[Sign]) -> dict[str, int]:
    uses: dict[str, int] = {}
    for sign in signs:
        for word in sign.words:
            for form in word:
                uses[form] = uses.get(form, 0) + 1
    return uses


def _by_stem(forms: Iterable[str], language: Language) -> dict[str, tuple[str, ...]]:
    words = sorted(form[3:] for form in forms if form.startswith(f"{language}:"))
    filed: dict[str, tuple[str, ...]] = {}
    for word, stem in zip(words, stems(words, language), strict=True):
        filed[stem] = (*filed.get(stem, ()), word)
    return filed


def _begin_alike(word: str, other: str) -> bool:
    """Short stems lie ("kännissä" and "kanssa" share "kan"), so all but the last two letters must agree as well."""
    shorter = min(len(word), len(other))
    return word[: shorter - 2] == other[: shorter - 2]
