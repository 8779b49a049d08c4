"""Signs in a worry that someone is unsafe. Missing one is far worse than seeing one too many.

Knows the kinds of danger an admin wrote, and nothing of services or of what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import LANGUAGES, DangerKind, Language, Lines
from bot.matching.normalising import sentences
from bot.matching.signs import Finder, Sign

_DENYING: Mapping[
    Language, str
] = {  # not the Finnish "et": whoever writes as she speaks says "et isä löi", that he hit
    "fi": "ei en emme ette eivat eika enka ettei etten ettemme alkaa ala eipa enpa",
    "sv": "inte int ej aldrig ingen inga inget icke",
    "en": "not never no dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant cannot couldnt"
    " neither nor",
}
_PASSING = """
ole ollut olla olisi ikina koskaan enaa todellakaan sentaan kuitenkaan onneksi ollenkaan mitenkaan varsinaisesti
halua haluaisi ajatellut missaan tapauksessa saa yrittanyt aio mina han minua minun
har hade varit blivit nansin nagonsin alls vara bli vill mig jag
been ever be being actually really yet to any want going has have had he she i is was feel feeling
"""
_DENIALS = {language: frozenset(words.split()) for language, words in _DENYING.items()}
_LIGHT = frozenset(_PASSING.split())  # words that may stand between a denial and what it denies
_AFTER = frozenset({"inte", "int", "ej", "aldrig"})
_FEAR = ("pelk", "pelo", "pelott", "hata", "auttakaa", "livradd", "radd", "scared", "afraid", "terrified", "emergency")


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: ids of kinds, strongest first, and for each the sign that spoke, in the admin's words."""

    kinds: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gives. ``hushed``: a sign stood there, but was denied or taken away by an idiom."""

    danger: Danger | None
    hushed: bool


@dataclass(frozen=True, slots=True)
class _Role:
    kind: int
    strength: int  # 2 strong, 1 weak, 0 unless


@dataclass(frozen=True)
class Watch:
    """Looks for every kind of danger. Made once per base; safe to share."""

    _kinds: tuple[DangerKind, ...]
    _roles: tuple[_Role, ...]
    _finder: Finder

    @classmethod
    def of(cls, kinds: Sequence[DangerKind], known: Callable[[str], bool]) -> Watch:
        """``known`` tells correctly written words, in which no slip of the finger is looked for."""
        read = [(sign, _Role(number, strength)) for number, kind in enumerate(kinds) for sign, strength in _signs(kind)]
        usable = [(sign, role) for sign, role in read if sign.words]
        finder = Finder.of((sign for sign, _ in usable), known)
        return cls(tuple(kinds), tuple(role for _, role in usable), finder)

    def look(self, normalised: str, languages: Sequence[Language] = LANGUAGES) -> Seen:
        """The danger in a normalised text. ``languages``: those whose signs are looked for."""
        strong: dict[int, list[int]] = {}
        weak: dict[int, list[int]] = {}
        hushed = False
        for words in sentences(normalised):
            speaking, silent = self._speaking(words, languages)
            hushed = hushed or silent
            for number in speaking:
                role = self._roles[number]
                (strong if role.strength == 2 else weak).setdefault(role.kind, []).append(number)
        afraid = any(word.startswith(_FEAR) for word in normalised.split())
        return Seen(self._told(strong, weak, afraid=afraid), hushed)

    def _speaking(self, words: Sequence[str], languages: Sequence[Language]) -> tuple[list[int], bool]:
        """Numbers of the signs in a sentence that nothing takes away, and whether one was taken away."""
        found = self._finder.find(words, languages)
        taken = [(self._roles[n].kind, set(span)) for n, span in found if not self._roles[n].strength]
        signs = [(number, span) for number, span in found if self._roles[number].strength]
        speaking = [
            number
            for number, span in signs
            if not _denied(words, span, self._finder.signs[number].language)
            and not _taken(self._roles[number].kind, span, taken)
        ]
        return list(dict.fromkeys(speaking)), len(speaking) < len(signs)

    def _told(self, strong: dict[int, list[int]], weak: dict[int, list[int]], *, afraid: bool) -> Danger | None:
        weights: dict[int, tuple[int, str]] = {}
        for kind in {*strong, *weak}:
            strongs, weaks = set(strong.get(kind, ())), set(weak.get(kind, ()))
            if strongs or len(weaks) > 1 or (weaks and afraid):
                sign = min(strongs or weaks)
                weights[kind] = (3 * len(strongs) + len(weaks), self._finder.signs[sign].written)
        if not weights:
            return None
        order = sorted(weights, key=lambda kind: (-weights[kind][0], kind))
        return Danger(tuple(self._kinds[kind].id for kind in order), tuple(weights[kind][1] for kind in order))


def _signs(kind: DangerKind) -> Iterable[tuple[Sign, int]]:
    for lines, strength in ((kind.strong, 2), (kind.weak, 1), (kind.unless, 0)):
        yield from ((sign, strength) for sign in _read(lines, exact=not strength))


def _read(lines: Lines, *, exact: bool) -> Iterable[Sign]:
    return (Sign.read(line, language, exact=exact) for language, line in lines.pairs())


def _denied(words: Sequence[str], span: Sequence[int], language: Language) -> bool:
    """Whether a word of denial stands right before a word of the sign ("ei ole lyönyt") or, in Swedish, right after."""
    denials = _DENIALS[language]
    if any(words[at] in denials for at in span):
        return False
    return any(_denial_before(words, at, denials) for at in span) or (
        language == "sv" and any(at + 1 < len(words) and words[at + 1] in _AFTER for at in span)
    )


def _denial_before(words: Sequence[str], at: int, denials: frozenset[str]) -> bool:
    for before in range(at - 1, max(at - 5, -1), -1):
        if words[before] in denials:
            return True
        if words[before] not in _LIGHT:
            return False
    return False


def _taken(kind: int, span: Sequence[int], taken: Iterable[tuple[int, set[int]]]) -> bool:
    return any(kind == by and not places.isdisjoint(span) for by, places in taken)
