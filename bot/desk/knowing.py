"""Facts about a case that are known without anybody having asked for them. Values in, values out."""

from __future__ import annotations

from bot.knowledge.model import Base
from bot.matching.ages import age_words
from bot.matching.normalising import normal
from bot.queueing.case import Case

_AGE = "age"  # the question's id (questions.yaml)


def age(base: Base, case: Case) -> str:
    """The child's age in the desk's language: as she answered it, else the only one in what she let be told; else "".

    Two ages in her words are two children, or hers and a child's: then nothing is said rather than the wrong one.
    """
    given = dict(case.path).get(_AGE)
    if given is None:
        named = {each for text in case.said for each in age_words(normal(text))} - {"grown"}
        given = next(iter(named)) if len(named) == 1 else None
    ages = next((each.answers for each in base.questions if each.id == _AGE), ())
    return next((each.text.within(base.settings.desk.language) for each in ages if each.id == given), "")
