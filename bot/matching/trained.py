"""All that is learnt from a base, and the same as flat arrays: learning takes seconds, reading it back does not.

Knows the learnt parts; where arrays are kept is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import LANGUAGES
from bot.matching.alarm import Alarm, Limits
from bot.matching.alike import Alike
from bot.matching.bayes import Bayes
from bot.matching.cells import Cells
from bot.matching.language import Detector
from bot.matching.lexicon import Lexicon, Shelf
from bot.matching.logistic import Regression
from bot.matching.meaning import Meaning, Space
from bot.matching.nearness import Nearness
from bot.matching.packing import Arrays, Lists, numbered, packed, unpacked
from bot.matching.phrases import Phrases
from bot.matching.ranking import Judges, Mix, Ranker
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
    meaning: Meaning | None = None

    def arrays(self) -> Arrays:
        """As arrays of numbers, by name."""
        services = Lists.of(list(self.said.values()))
        said: Arrays = {
            "said.lines": packed(list(self.said)),
            "said.services": services.numbers,
            "said.starts": services.starts,
        }
        return {
            **_lexicon_arrays(self.lexicon),
            **_detector_arrays(self.detector),
            **_ranker_arrays(self.ranker),
            **_gate_arrays(self.gate),
            **(_meaning_arrays(self.meaning) if self.meaning is not None else {}),
            **_alarm_arrays(self.alarm),
            **said,
        }

    @classmethod
    def of(cls, arrays: Arrays) -> Trained:
        """What :meth:`arrays` gave. Raises KeyError, ValueError or IndexError for anything else."""
        lexicon = _lexicon(arrays)
        services = Lists(arrays["said.services"], arrays["said.starts"]).tuples()
        said = dict(zip(unpacked(arrays["said.lines"]), services, strict=True))
        ranker, alarm, meaning = _ranker(arrays), _alarm(arrays, lexicon), _meaning(arrays)
        return cls(lexicon, _detector(arrays), ranker, _gate(arrays), alarm, said, meaning)


def _lexicon_arrays(lexicon: Lexicon) -> Arrays:
    found: dict[str, NDArray[Any]] = {
        "lexicon.names": packed(list(lexicon.columns)),
        "lexicon.weights": lexicon.weights,
        "lexicon.blocks": lexicon.blocks,
    }
    for language in LANGUAGES:
        shelf, name = lexicon.shelves[language], f"lexicon.{language}"
        found[f"{name}.words"] = packed(list(shelf.numbers))
        found[f"{name}.columns"], found[f"{name}.starts"] = shelf.columns.numbers, shelf.columns.starts
        found[f"{name}.forms"], found[f"{name}.owners"] = shelf.slips.forms, shelf.slips.owners
    return found


def _lexicon(arrays: Arrays) -> Lexicon:
    shelves = {language: _shelf(f"lexicon.{language}", arrays) for language in LANGUAGES}
    names = numbered(unpacked(arrays["lexicon.names"]))
    return Lexicon(names, arrays["lexicon.weights"], arrays["lexicon.blocks"], shelves)


def _shelf(name: str, arrays: Arrays) -> Shelf:
    words = unpacked(arrays[f"{name}.words"])
    columns = Lists(arrays[f"{name}.columns"], arrays[f"{name}.starts"])
    return Shelf(numbered(words), columns, Slips(words, arrays[f"{name}.forms"], arrays[f"{name}.owners"]))


def _detector_arrays(detector: Detector) -> Arrays:
    return {"detector.grams": packed(list(detector.grams)), "detector.chances": detector.chances}


def _detector(arrays: Arrays) -> Detector:
    return Detector(numbered(unpacked(arrays["detector.grams"])), arrays["detector.chances"])


def _ranker_arrays(ranker: Ranker) -> Arrays:
    return {
        **_judges_arrays(ranker.judges),
        "ranker.services": packed(ranker.services),
        "ranker.by_words": _mix_array(ranker.by_words),
        "ranker.with_meaning": _mix_array(ranker.with_meaning),
    }


def _ranker(arrays: Arrays) -> Ranker:
    services = tuple(unpacked(arrays["ranker.services"]))
    judges = _judges(arrays, len(services))
    by_words = _mix(arrays["ranker.by_words"], len(services))
    if by_words is None:
        raise ValueError("no mix")
    return Ranker(services, judges, by_words, _mix(arrays["ranker.with_meaning"], len(services)))


def _mix_array(mix: Mix | None) -> NDArray[np.float64]:
    """How often each service is needed, the two numbers of how sure it is, then the weights."""
    return np.zeros(0) if mix is None else np.asarray([*mix.usual, mix.least, mix.slope, *mix.weights])


def _mix(array: NDArray[np.float64], services: int) -> Mix | None:
    usual, sure, weights = array[:services], array[services : services + 2], array[services + 2 :]
    return Mix(weights, usual, float(sure[0]), float(sure[1])) if array.size else None


def _judges_arrays(judges: Judges) -> Arrays:
    bayes, second = judges.bayes, judges.second
    found: dict[str, NDArray[Any]] = {
        "bayes.plain": bayes.plain,
        "bayes.shifts": bayes.shifts,
        "bayes.scales": bayes.scales,
        **_cells_arrays("bayes", bayes.cells),
    }
    if isinstance(second, Regression):
        return {**found, "logistic.weights": second.weights, "logistic.narrow": second.narrow}
    return {**found, **_cells_arrays("nearness", second.middles)}


def _judges(arrays: Arrays, services: int) -> Judges:
    floats = (arrays["bayes.plain"], arrays["bayes.shifts"], arrays["bayes.scales"])
    bayes = Bayes(*floats, _cells("bayes", arrays, services))
    if "logistic.weights" in arrays:
        return Judges(bayes, Regression(arrays["logistic.weights"], arrays["logistic.narrow"]))
    return Judges(bayes, Nearness(_cells("nearness", arrays, services)))


def _cells_arrays(name: str, cells: Cells) -> Arrays:
    classes = cells.classes
    return {f"{name}.classes": classes.numbers, f"{name}.starts": classes.starts, f"{name}.cells": cells.numbers}


def _cells(name: str, arrays: Arrays, width: int) -> Cells:
    return Cells(Lists(arrays[f"{name}.classes"], arrays[f"{name}.starts"]), arrays[f"{name}.cells"], width)


def _gate_arrays(gate: Gate) -> Arrays:
    joined = np.zeros(0) if gate.with_meaning is None else np.asarray(gate.with_meaning)
    return {"gate.weights": gate.weights, "gate.constant": np.asarray(gate.constant), "gate.with_meaning": joined}


def _gate(arrays: Arrays) -> Gate:
    joined = [float(each) for each in arrays["gate.with_meaning"]]
    return Gate(arrays["gate.weights"], float(arrays["gate.constant"]), (joined[0], joined[1]) if joined else None)


def _meaning_arrays(meaning: Meaning) -> Arrays:
    return {
        "meaning.rows": meaning.rows,
        "meaning.owners": meaning.owners,
        "meaning.others": meaning.others,
        "meaning.services": np.asarray(meaning.services),
        "meaning.middles": meaning.space.middles,
        "meaning.turned": meaning.space.turned,
    }


def _meaning(arrays: Arrays) -> Meaning | None:
    if "meaning.rows" not in arrays:
        return None
    space = Space(arrays["meaning.middles"], arrays["meaning.turned"])
    services = int(arrays["meaning.services"])
    return Meaning(space, arrays["meaning.rows"], arrays["meaning.owners"], services, arrays["meaning.others"])


def _alarm_arrays(alarm: Alarm) -> Arrays:
    found: dict[str, NDArray[Any]] = {
        "alarm.phrases": packed(list(alarm.phrases.columns)),
        "alarm.phrase_weights": alarm.phrases.weights,
        "alarm.weights": alarm.weights,
        "alarm.kinds": packed(alarm.kinds),
        "alarm.kind_weights": alarm.kind_weights,
        "alarm.limits": np.asarray([astuple(alarm.limits), astuple(alarm.limits_alike)]),
    }
    if alarm.alike is None:
        return found
    alike = alarm.alike
    return {**found, "alike.rows": alike.rows, "alike.ends": alike.ends, "alike.weights": alike.weights}


def _alarm(arrays: Arrays, lexicon: Lexicon) -> Alarm:
    phrases = Phrases(numbered(unpacked(arrays["alarm.phrases"])), arrays["alarm.phrase_weights"])
    limits, limits_alike = (Limits(*each) for each in arrays["alarm.limits"].tolist())
    kinds, weights = tuple(unpacked(arrays["alarm.kinds"])), arrays["alarm.weights"]
    alike = None
    if "alike.rows" in arrays:
        alike = Alike(arrays["alike.rows"], arrays["alike.ends"], arrays["alike.weights"])
    return Alarm(lexicon, phrases, weights, kinds, arrays["alarm.kind_weights"], limits, alike, limits_alike)
