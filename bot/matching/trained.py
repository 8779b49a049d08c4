"""All that is learnt from a base, and the same as flat arrays: learning takes seconds, reading it back does not.

Knows the learnt parts; where arrays are kept is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import LANGUAGES
from bot.matching.alarm import Alarm, Limits
from bot.matching.language import Detector
from bot.matching.lexicon import Lexicon
from bot.matching.packing import Arrays, flat, lists_of, packed, unpacked
from bot.matching.phrases import Phrases
from bot.matching.ranking import Judges, Ranker
from bot.matching.slips import Slips
from bot.matching.worry import Gate


@dataclass(frozen=True)
class Trained:
    """What a Matcher needs beside the base. Made once; safe to share.

    ``said``: for a line that is taught word for word, the numbers of its services in order of id.
    """

    lexicon: Lexicon
    detector: Detector
    ranker: Ranker
    gate: Gate
    alarm: Alarm
    said: Mapping[str, tuple[int, ...]]

    def arrays(self) -> Arrays:
        """As arrays of numbers, by name."""
        numbers, ends = flat([np.asarray(each, dtype=np.int32) for each in self.said.values()])
        said: Arrays = {"said.lines": packed(list(self.said)), "said.services": numbers, "said.ends": ends}
        return {
            **_lexicon_arrays(self.lexicon),
            **_detector_arrays(self.detector),
            **_ranker_arrays(self.ranker),
            **_alarm_arrays(self.alarm),
            **said,
            "gate.weights": self.gate.weights,
            "gate.constant": np.asarray(self.gate.constant),
        }

    @classmethod
    def of(cls, arrays: Arrays) -> Trained:
        """What :meth:`arrays` gave. Raises KeyError, ValueError or IndexError for anything else."""
        lexicon = _lexicon(arrays)
        lines = unpacked(arrays["said.lines"])
        services = lists_of(arrays["said.services"], arrays["said.ends"], len(lines))
        said = {line: tuple(each.tolist()) for line, each in zip(lines, services, strict=True)}
        gate = Gate(arrays["gate.weights"], float(arrays["gate.constant"]))
        return cls(lexicon, _detector(arrays), _ranker(arrays), gate, _alarm(arrays, lexicon), said)


def _columns(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _lexicon_arrays(lexicon: Lexicon) -> Arrays:
    found: dict[str, NDArray[Any]] = {
        "lexicon.names": packed(list(lexicon.columns)),
        "lexicon.weights": lexicon.weights,
        "lexicon.blocks": lexicon.blocks,
    }
    for language in LANGUAGES:
        known = lexicon.known[language]
        found[f"lexicon.{language}.words"] = packed(list(known))
        found[f"lexicon.{language}.ids"], found[f"lexicon.{language}.ends"] = flat(list(known.values()))
    return found


def _lexicon(arrays: Arrays) -> Lexicon:
    words = {language: unpacked(arrays[f"lexicon.{language}.words"]) for language in LANGUAGES}
    known = {
        language: dict(
            zip(
                mine,
                lists_of(arrays[f"lexicon.{language}.ids"], arrays[f"lexicon.{language}.ends"], len(mine)),
                strict=True,
            )
        )
        for language, mine in words.items()
    }
    slips = {language: Slips.of(mine) for language, mine in words.items()}
    names = unpacked(arrays["lexicon.names"])
    return Lexicon(_columns(names), arrays["lexicon.weights"], arrays["lexicon.blocks"], known, slips)


def _detector_arrays(detector: Detector) -> Arrays:
    return {
        "detector.grams": packed(list(detector.chances)),
        "detector.chances": np.stack(list(detector.chances.values())),
        "detector.unseen": detector.unseen,
    }


def _detector(arrays: Arrays) -> Detector:
    grams = unpacked(arrays["detector.grams"])
    return Detector(dict(zip(grams, arrays["detector.chances"], strict=True)), arrays["detector.unseen"])


def _ranker_arrays(ranker: Ranker) -> Arrays:
    return {
        "ranker.services": packed(ranker.services),
        "ranker.bayes": ranker.judges.bayes,
        "ranker.logistic": ranker.judges.logistic,
        "ranker.narrow": ranker.judges.narrow,
        "ranker.mix": ranker.mix,
    }


def _ranker(arrays: Arrays) -> Ranker:
    judges = Judges(arrays["ranker.bayes"], arrays["ranker.logistic"], arrays["ranker.narrow"])
    return Ranker(tuple(unpacked(arrays["ranker.services"])), judges, arrays["ranker.mix"])


def _alarm_arrays(alarm: Alarm) -> Arrays:
    return {
        "alarm.phrases": packed(list(alarm.phrases.columns)),
        "alarm.phrase_weights": alarm.phrases.weights,
        "alarm.weights": alarm.weights,
        "alarm.kinds": packed(alarm.kinds),
        "alarm.kind_weights": alarm.kind_weights,
        "alarm.limits": np.asarray([alarm.limits.beside, alarm.limits.alone]),
    }


def _alarm(arrays: Arrays, lexicon: Lexicon) -> Alarm:
    phrases = Phrases(_columns(unpacked(arrays["alarm.phrases"])), arrays["alarm.phrase_weights"])
    beside, alone = (float(limit) for limit in arrays["alarm.limits"])
    kinds = tuple(unpacked(arrays["alarm.kinds"]))
    return Alarm(lexicon, phrases, arrays["alarm.weights"], kinds, arrays["alarm.kind_weights"], Limits(beside, alone))
