"""Ages in a text: "4v", "5kk", "rv 30", "nelivuotias", "treåring", "3 years old", "vauva".

Tells what is written, not whose age it is. Knows the answers of the question "age" by id and no service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YOUNGEST_ADULT = 30
_GROUPS = ((1, "baby"), (3, "toddler"), (7, "preschool"), (13, "school"), (18, "teen"), (YOUNGEST_ADULT, "young"))

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "",
            "yksi yks yhden ett one",
            "kaksi kaks kahden tva two",
            "kolme kolmen tre three",
            "nelja neli neljan fyra four",
            "viisi viis viiden fem five",
            "kuusi kuus kuuden sex six",
            "seitseman seittaman sju seven",
            "kahdeksan kaheksan atta eight",
            "yhdeksan yheksan nio nine",
            "kymmenen kymppi tio ten",
            "yksitoista yksitoistavuotias elva eleven",
            "kaksitoista tolv twelve",
            "kolmetoista tretton thirteen",
            "neljatoista fjorton fourteen",
            "viisitoista femton fifteen",
            "kuusitoista sexton sixteen",
            "seitsemantoista sjutton seventeen",
        )
    )
    for word in words.split()
}
_COUNT = r"(\d{1,3}(?:,\d)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"


def _unit(*forms: str) -> re.Pattern[str]:
    """A number and one of the forms after it; a space between is as people please."""
    return re.compile(rf"\b{_COUNT} ?(?:{'|'.join(forms)})\b")


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


_YEARS = _unit(
    r"v(?:uotia\w*|uotis\w*|ee)?",
    r"vuotta (?:vanha\w*|taytta\w*)",
    r"ar gam\w+|aring\w*|ariga?|arig\w*",
    r"yo|y o|year ?olds?|years? olds?|yr olds?|yrs? old",
)
_MONTHS = _unit(
    r"kk|kuukau\w+ (?:ikai\w+|vanha\w*)|kuukau(?:tinen|tis\w+|tta)",
    r"man(?:ader)?(?: gam\w+)?|manaders",
    r"months? olds?|mos?",
)
_WEEKS = _unit(r"vk|viikkoi\w+|viikon ikai\w+", r"veckor gam\w+|veckors", r"weeks? olds?|wk olds?")
_PREGNANT = _any(
    r"rv ?\d{0,2}|raskausviik\w+|raskaana|odotan|odotamme|la ?paiva",
    r"gravid\w*|graviditet\w*",
    r"pregnan\w*|expecting",
)
_WORDS = {
    "baby": _any(
        r"vauv\w+|pikkuvauv\w*|imevai\w+|vastasynty\w+",
        r"bebis\w*|babyn?|babys|nyfodd\w*|spadbarn\w*",
        r"newborn|infant",
    ),
    "toddler": _any(r"taapero\w*", r"smattingen", r"toddlers?"),
    "preschool": _any(r"eskari\w*|esikoulu\w*|esiope\w*", r"forskolebarn\w*", r"preschooler|kindergartener"),
    "school": _any(
        r"(?:eka|toka|kolmas|nelos|vitos|viides|kutos|kuudes)luokkalai\w+|alakoul\w+|alaaste\w*",
        r"lagstadi\w+|ettan|tvaan|trean",
    ),
    "teen": _any(
        r"teini\w*|murrosika\w*|murkku\w*|ylakoul\w+|ylaaste\w*|(?:ysi|kasi|seiska)luokkalai\w+",
        r"tonaring\w*|tonars\w+|hogstadi\w+",
        r"teen|teens|teenagers?|teenage|adolescents?",
    ),
}
_COUNTED = re.compile(rf"\b{_COUNT}")
_NAMED = re.compile("|".join(pattern.pattern for pattern in (*_WORDS.values(), _PREGNANT)))


@dataclass(frozen=True, slots=True)
class Age:
    """An age in months, and where in the normalised text it stands."""

    months: float
    start: int
    end: int

    @property
    def group(self) -> str | None:
        """The answer of the question "age" it belongs to; None for a grown-up's age."""
        years = self.months / 12
        return next((name for limit, name in _GROUPS if years < limit), None)


def _number(written: str) -> float:
    return float(_NUMBERS[written]) if written in _NUMBERS else float(written.replace(",", "."))


def ages(normalised: str) -> tuple[Age, ...]:
    """Every age told in numbers, in order. "1 v 6 kk" is one age."""
    if _COUNTED.search(normalised) is None:  # most texts: one look instead of three
        return ()
    found = [
        Age(_number(match[1]) * months, match.start(), match.end())
        for pattern, months in ((_YEARS, 12.0), (_MONTHS, 1.0), (_WEEKS, 0.25))
        for match in pattern.finditer(normalised)
    ]
    joined: list[Age] = []
    for age in sorted(found, key=lambda age: age.start):
        if joined and age.start - joined[-1].end <= 1 and age.months < 12 <= joined[-1].months:
            joined[-1] = Age(joined[-1].months + age.months, joined[-1].start, age.end)
        else:
            joined.append(age)
    return tuple(joined)


def named_ages(normalised: str) -> tuple[str, ...]:
    """The age groups that are named by words, such as "vauva", and expecting."""
    if _NAMED.search(normalised) is None:
        return ()
    named = tuple(group for group, pattern in _WORDS.items() if pattern.search(normalised))
    return (*named, "expecting") if _PREGNANT.search(normalised) else named


def age_words(normalised: str) -> tuple[str, ...]:
    """All age groups of a text, told in numbers or words, each once."""
    told = (age.group or "grown" for age in ages(normalised))
    return tuple(dict.fromkeys((*told, *named_ages(normalised))))
