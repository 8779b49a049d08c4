"""Answers a worry gives by itself, so that nobody is asked what she has just told. Only what is sure.

Reads ages and who it is about, and the words an admin wrote under an answer. Knows the questions by id, no service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.model import Language, Question
from bot.matching.ages import Age, ages, named_ages
from bot.matching.normalising import normal


def _after(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)}) ?$")


def _before(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"^ ?(?:{'|'.join(forms)})\b")


_OWN_AGE = _after(
    r"(?:olen|mina|itse|jag|ar|i|im|am)(?: \w+){0,2}", r"aiti|isa|nainen|mies|mamma|pappa", r"mother|mom|dad"
)
_PARENT_AFTER = _before(
    r"(?:\w+ ){0,4}?(?:aiti|isa|nainen|odotan|mamma|pappa|gravid|mother|mom|mum|dad|father|pregnant)"
)
_DURATION_BEFORE = _after(
    "yli|jo|noin|kestanyt|sitten|viimeiset|joka", "i|over|sedan|under", "for|since|about|after|married"
)
_DURATION_AFTER = _before(
    r"sitten|ajan|odot\w+|synnytyks\w*|raskau\w*|kestany\w*|jono\w*|olemme|valein|kuluttua|verran",
    r"sedan",
    r"ago|after|later|of|married",
)
_WHO = {
    "parent": re.compile(
        r"\b(?:(?:minulla|minun) (?:itse\w*|oma)|mina itse|itsellani|olen itse|oma (?:jaksami|mieliala|masennu)\w*"
        r"|jag sjalv|min egen (?:ork|angest|depression)|myself)\b"
    ),
    "couple": re.compile(
        r"\b(?:meidan (?:parisuhde|valit|liitto|avioliitto)\w*|parisuhteemme|avioliittomme"
        r"|vart (?:forhallande|aktenskap)|our (?:marriage|relationship))\b"
    ),
    "family": re.compile(r"\b(?:koko perhe\w*|perheemme kaikki|hela (?:var )?familj\w*|(?:the|my|our) whole family)\b"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads answers of the questions there are."""

    _asked: frozenset[tuple[str, str]]
    _words: tuple[tuple[str, str, Language, re.Pattern[str]], ...]

    @classmethod
    def of(cls, questions: Iterable[Question]) -> Reader:
        """Take the questions' ids and the words under their answers."""
        asked = [(question.id, answer) for question in questions for answer in question.answers]
        words = [
            (question, answer.id, language, re.compile(rf"\b{re.escape(normal(line))}\b"))
            for question, answer in asked
            for language, line in answer.words.pairs()
            if normal(line)
        ]
        return cls(frozenset((question, answer.id) for question, answer in asked), tuple(words))

    def answers(self, normalised: str, language: Language) -> dict[str, str]:
        """Question id to answer id, for what the text surely tells."""
        found: dict[str, str] = {}
        told = {"age": _age(normalised), "who": _who(normalised)}
        for question in sorted({question for question, *_ in self._words} | set(told)):
            written = {
                answer
                for name, answer, spoken, words in self._words
                if name == question and spoken == language and words.search(normalised)
            }
            answer = told.get(question) or (written.pop() if len(written) == 1 else None)
            if answer is not None and (question, answer) in self._asked:
                found[question] = answer
        return found


def _age(normalised: str) -> str | None:
    """The group all ages of the text agree on."""
    told = ages(normalised)
    if any(_is_parents(age, normalised) for age in told):
        return None
    groups = {age.group for age in told if not _is_duration(age, normalised)}
    named = set(named_ages(normalised))
    if named and groups and not named <= groups:
        return None
    both = groups or named
    return next(iter(both)) if len(both) == 1 else None


def _is_parents(age: Age, normalised: str) -> bool:
    before, after = normalised[max(age.start - 30, 0) : age.start], normalised[age.end : age.end + 40]
    grown = age.months >= 18 * 12
    return grown and bool(_OWN_AGE.search(before) or _PARENT_AFTER.search(after))


def _is_duration(age: Age, normalised: str) -> bool:
    before, after = normalised[max(age.start - 30, 0) : age.start], normalised[age.end : age.end + 30]
    return bool(_DURATION_BEFORE.search(before) or _DURATION_AFTER.search(after))


def _who(normalised: str) -> str | None:
    found = [answer for answer, words in _WHO.items() if words.search(normalised)]
    return found[0] if len(found) == 1 else None
