"""A worry in, a match out. Built once for a knowledge base; after that it only reads, so any thread may use it.

Knows the base and the parts of this room. Knows no clock, no file, no channel and no question being asked.
"""

from __future__ import annotations

from bot.knowledge.model import Base, Language
from bot.matching.alarm import Judged
from bot.matching.answers import Reader
from bot.matching.danger import Danger, Watch
from bot.matching.features import Line
from bot.matching.match import Match, Ranked
from bot.matching.meaning import Known, Sense, Vector
from bot.matching.normalising import LONGEST, plain, written
from bot.matching.ranking import chances
from bot.matching.teaching import learn
from bot.matching.trained import Trained
from bot.matching.why import Why, reason

_WORD_FOR_WORD = 4.0  # nats: a line we know is known


class Matcher:
    """Matches worries with the services of one base. Learning takes seconds, matching milliseconds."""

    def __init__(self, base: Base, trained: Trained | None = None) -> None:
        """``trained``: what :meth:`trained` gave for this very base; without it all is learnt now."""
        self._base = base
        self._learnt = learn(base) if trained is None else trained
        self._watch = Watch.of(base.dangers, self._learnt.lexicon.knows)
        self._reader = Reader.of(base.questions)

    @staticmethod
    def trained(base: Base, known: Known | None = None) -> Trained:
        """All that is learnt from a base, to be kept and given again. ``known``: a sentence encoder's vectors."""
        return learn(base, known)

    def match(
        self, text: str, language: Language | None = None, area: str | None = None, vector: Vector | None = None
    ) -> Match:
        """Match a worry; what is past 4,096 characters is not read. ``language`` is a hint, not an order; ``vector``
        the text's own, a third opinion where the lines' vectors were learnt from.
        """
        read = text[:LONGEST]
        said = plain(read)
        normalised = written(said)
        spoken = self._learnt.detector.language(said, read, language)
        row = self._learnt.lexicon.row(Line(spoken, normalised))
        offered = {service: area is None or self._base.offered(service, area) for service in self._base.services}
        sense, ranker = self._sense(vector, spoken), self._learnt.ranker
        third = None if sense is None else sense.services
        scores = ranker.scores(*row, third)
        scores[list(self._learnt.said.get(normalised, ()))] += _WORD_FOR_WORD
        ranked = ranker.mix(third).told(chances(ranker.services, scores, offered))
        danger = self._danger(Line(spoken, normalised), vector)
        return Match(
            language=spoken,
            services=tuple(Ranked(service, p) for service, p in ranked),
            worry=1.0 if danger else self._learnt.gate.chance(*row, None if sense is None else float(sense.worry)),
            danger=danger,
            answers=self._reader.answers(normalised, spoken),
        )

    def why(self, text: str, language: Language | None = None, vector: Vector | None = None, most: int = 3) -> Why:
        """Why the first services came first, and what spoke of danger. Takes a tenth of a second or so."""
        match = self.match(text, language, vector=vector)
        line = Line(match.language, written(plain(text[:LONGEST])))
        sense = self._sense(vector, match.language)
        third = None if sense is None else sense.services
        reasons = tuple(reason(self._learnt, line, third, each.id, each.p) for each in match.services[:most])
        judged = self._judged(line, vector)
        return Why(match.language, reasons, match.danger, judged.score, judged.limits.alone)

    def _sense(self, vector: Vector | None, language: Language) -> Sense | None:
        meaning = self._learnt.meaning
        return meaning.of_one(vector, language) if meaning is not None and meaning.fits(vector) else None

    def _danger(self, line: Line, vector: Vector | None) -> Danger | None:
        seen = self._watch.look(line.text, self._learnt.detector.possible(line.text, line.language))
        return self._judged(line, vector).danger(seen)

    def _judged(self, line: Line, vector: Vector | None) -> Judged:
        meaning = self._learnt.meaning
        placed = meaning.space.one(vector, line.language) if meaning is not None and meaning.fits(vector) else None
        return self._learnt.alarm.judged(line, placed)
