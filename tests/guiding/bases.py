"""Small bases for the tests of guiding: only what guiding looks at is worth reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from bot.knowledge.model import Answer, Base, Desk, Hours, Level, Question, Service, SettingsFile, Words

Facets = Mapping[str, tuple[str, ...]]


def words(text: str) -> Words:
    """The same in the three languages."""
    return Words(fi=text, sv=text, en=text)


def question(name: str, *answers: str, first: bool = False) -> Question:
    """A question with these answers."""
    return Question(
        id=name,
        text=words(name),
        answers=tuple(Answer(id=answer, text=words(answer)) for answer in answers),
        first=first,
    )


def service(name: str, answers: Facets, level: Level = Level.BASIC, areas: tuple[str, ...] = ()) -> Service:
    """A service that fits these answers."""
    text = words(name)
    return Service(
        id=name,
        level=level,
        name=text,
        summary=text,
        description=text,
        how_to_start=text,
        what_happens=text,
        cost=text,
        areas=areas,
        answers=answers,
        assured=date(2026, 1, 2),
    )


def base(questions: tuple[Question, ...], *services: Service) -> Base:
    """A base of these."""
    return Base(
        settings=SettingsFile(desk=Desk(hours=Hours())),
        areas={},
        questions=questions,
        dangers=(),
        units={},
        activities=(),
        services={each.id: each for each in services},
        worries={},
        guides={},
        phrases={"fi": {}, "sv": {}, "en": {}},
    )


QUESTIONS = (
    question("about", "money", "mood", "school", first=True),
    question("age", "baby", "child", "teen"),
    question("who", "me", "us"),
)

FAMILY = base(
    QUESTIONS,
    service("cash", {"about": ("money",), "who": ("me",)}),
    service("flat", {"about": ("money",), "who": ("us",)}),
    service("work", {"about": ("money",), "age": ("teen",)}),
    service("debt", {"about": ("money",)}),
    service("nurse", {"about": ("mood", "school"), "age": ("teen",)}),
    service("clinic", {"about": ("mood",), "age": ("baby",)}, Level.SPECIAL),
    service("tutor", {"about": ("school",), "age": ("child", "teen")}),
    service("shelter", {"about": ("mood",), "who": ("us",)}, Level.URGENT),
    service("cafe", {}, Level.OPEN),
)


@st.composite
def bases(draw: st.DrawFn) -> Base:
    """Any base of up to 12 services with any facets."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        facets = {}
        for each in QUESTIONS:
            ids = [answer.id for answer in each.answers]
            named = draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids)))
            if named:
                facets[each.id] = tuple(named)
        found.append(service(f"s{number}", facets, draw(st.sampled_from(Level))))
    return base(QUESTIONS, *found)


def reordered(old: Base) -> Base:
    """The same base with its services the other way round."""
    return base(old.questions, *reversed(list(old.services.values())))
