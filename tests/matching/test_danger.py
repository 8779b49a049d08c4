"""Danger: it is found, it is not imagined, and it never repeats what a parent wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.model import LANGUAGES, NEAR_MISS, Contact, DangerKind, Lines, Words
from bot.matching.danger import Watch
from bot.matching.matcher import Matcher
from bot.matching.normalising import normal
from tests.builders import starter

LISTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "danger_lines.yaml").read_text("utf-8"))
MORE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "danger_lines_more.yaml").read_text("utf-8"))
TAUGHT = [(kind, line) for kind, lines in starter().danger_examples.items() for _, line in lines.pairs()]
DANGER = [(kind, line) for kind, line in TAUGHT if kind != NEAR_MISS]
NEAR = [line for kind, line in TAUGHT if kind == NEAR_MISS]
UNSEEN = LISTS["unseen"]
HARD = {name: [line for lines in by_language.values() for line in lines] for name, by_language in MORE.items()}
WORDS = Words(fi="Sana", sv="Ord", en="Word")


def watch(strong: tuple[str, ...] = (), weak: tuple[str, ...] = (), unless: tuple[str, ...] = ()) -> Watch:
    """A watch for one kind with Finnish signs."""
    kind = DangerKind(
        id="kind",
        title=WORDS,
        text=WORDS,
        services=("paivystys",),
        phones=(),
        strong=Lines(fi=strong),
        weak=Lines(fi=weak),
        unless=Lines(fi=unless),
    )
    return Watch.of([kind], lambda _: False)


def found(watch: Watch, text: str) -> bool:
    """Whether it sees danger in a text."""
    return watch.look(normal(text), ("fi",)).danger is not None


def test_the_lists_are_long_enough_to_mean_something() -> None:
    """Shares of a handful would say nothing."""
    assert len(DANGER) >= 600
    assert len(NEAR) >= 900
    assert len(UNSEEN["danger"]) >= 150
    assert len(UNSEEN["near_miss"]) >= 500
    assert len(HARD["danger"]) >= 250
    assert len(HARD["near_miss"]) >= 400


def test_nobody_is_taught_by_the_lines_that_measure() -> None:
    """Otherwise the shares below would say nothing."""
    taught = {normal(line) for _, line in TAUGHT}
    assert taught.isdisjoint(normal(line) for lines in (*UNSEEN.values(), *HARD.values()) for line in lines)


@pytest.mark.parametrize(
    ("lines", "share"), [([line for _, line in DANGER], 0.9), (UNSEEN["danger"], 0.68), (HARD["danger"], 0.4)]
)
def test_danger_is_found(matcher: Matcher, lines: list[str], share: float) -> None:
    """By words alone: nearly every line that teaches, most of the others, of the indirect ones some. Only counts are
    told, no lines.
    """
    found = sum(matcher.match(line).danger is not None for line in lines)
    assert found / len(lines) >= share


@pytest.mark.parametrize(("lines", "share"), [(NEAR, 0.05), (UNSEEN["near_miss"], 0.1), (HARD["near_miss"], 0.14)])
def test_danger_is_not_imagined(matcher: Matcher, lines: list[str], share: float) -> None:
    """Idioms, settled things and everyday worries hardly ever sound the alarm."""
    false = sum(matcher.match(line).danger is not None for line in lines)
    assert false / len(lines) <= share


def test_the_kind_is_mostly_right(matcher: Matcher) -> None:
    """What is shown first fits what was told: the kind is among those found."""
    right = [kind in (seen.kinds if (seen := matcher.match(line).danger) else ()) for kind, line in DANGER]
    assert sum(right) >= 0.85 * len(right)


def test_one_strong_sign_is_enough_and_one_weak_is_not() -> None:
    """Two different weak ones are; so is one beside fear."""
    seen = watch(strong=("turvakoti",), weak=("mustelm*", "raivo*"))
    assert found(seen, "mistä turvakoti")
    assert not found(seen, "hän raivoaa")
    assert not found(seen, "hän raivoaa. hän raivoaa")
    assert found(seen, "hän raivoaa ja minulla on mustelmia")
    assert found(seen, "hän raivoaa ja pelkään")


@pytest.mark.parametrize("text", ["ei lyö", "ei ole lyönyt", "en ole koskaan lyönyt", "ei onneksi ole ikinä lyönyt"])
def test_what_is_denied_is_no_danger(text: str) -> None:
    """A denial right before a sign takes it away."""
    assert not found(watch(strong=("lyö|lyönyt",)), text)


@pytest.mark.parametrize("text", ["en jaksa enää se lyö", "ei välitä muista ja lyö", "lyö eikä lopeta"])
def test_a_denial_of_something_else_takes_nothing_away(text: str) -> None:
    """Only the sign itself can be denied."""
    assert found(watch(strong=("lyö|lyönyt",)), text)


def test_a_sign_may_itself_be_a_denial() -> None:
    """Not breathing is danger because of the denial."""
    assert found(watch(strong=("ei hengitä",)), "vauva ei hengitä")


def test_an_idiom_takes_away_its_own_sign_only() -> None:
    """What is said beside the idiom still counts."""
    seen = watch(strong=("kuolen",), unless=("kuolen nauruun",))
    assert not found(seen, "kuolen nauruun")
    assert found(seen, "kuolen tähän")
    assert found(seen, "kuolen nauruun ja kuolen tähän")


def test_the_parents_words_are_not_in_what_is_found(matcher: Matcher) -> None:
    """Neither kinds nor signs nor their text form hold what she wrote."""
    match = matcher.match("Mun mies Kalevi hakkaa mua Kotikadulla")
    assert match.danger is not None
    assert "Kalevi".lower() not in repr(match).lower()
    assert "Kotikadulla".lower() not in repr(match).lower()


def test_every_kind_leads_somewhere() -> None:
    """Each kind has signs in every language, a service of ours and a number that is always answered."""
    base = starter()
    for kind in base.dangers:
        assert all(kind.strong.within(language) for language in LANGUAGES)
        assert set(kind.services) <= set(base.services)
        assert any(_always(phone) for phone in kind.phones), kind.id


def _always(phone: Contact) -> bool:
    return phone.hours is not None and phone.hours.always


def test_every_strong_sign_can_be_read() -> None:
    """No sign is empty or matches everything."""
    for kind in starter().dangers:
        for language, line in (*kind.strong.pairs(), *kind.weak.pairs()):
            seen = Watch.of([kind.model_copy(update={"strong": Lines(**{language: (line,)})})], lambda _: False)
            assert seen.look(normal("kiitos hei tack thanks"), (language,)).danger is None, line
