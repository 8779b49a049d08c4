"""Every line of a base that teaches what a service is for: the matcher learns from these, and so does what it is
compared with. Knows the base; imports nothing heavy, for the benchmarks tell apart what each way of matching takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import LANGUAGES, Base, Language


@dataclass(frozen=True, slots=True)
class Taught:
    """One line to learn from; ``spoken``: a parent could have written it; ``story``: it stands for how often such
    worries come, and all services that are right for it are named, each in a line of its own.
    """

    service: str
    language: Language
    text: str
    spoken: bool
    story: bool = False


def taught(base: Base) -> Iterator[Taught]:
    """What parents say, what sounds like another service but belongs here, and what the service is called and does."""
    for service in base.services.values():
        for language, text in base.all_worries(service.id):
            yield Taught(service.id, language, text, spoken=True)
        for other in service.not_for:
            if other.service in base.services:
                yield from (
                    Taught(other.service, language, text, spoken=True) for language, text in other.worries.pairs()
                )
        for language in LANGUAGES:
            told = (service.name, service.summary, service.description)
            for text in (*(words.within(language) for words in told), *service.keywords.within(language)):
                yield Taught(service.id, language, text, spoken=False)
    for story in base.stories:
        for expected in base.services.keys() & set(story.expected):
            yield Taught(expected, story.lang, story.text, spoken=True, story=True)
