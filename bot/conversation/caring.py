"""The rules of the buttons under what workers do: consent, times, the plan, did you get help. Read in every state.

Each button names its case and the item within it, so that one from long ago does nothing but say so, and shows where
the matter is now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import calling, hearing, news
from bot.conversation.reading import Event, Heard
from bot.conversation.scene import Scene, joined
from bot.conversation.turn import Agree, CommentPlan, DidHelp, PickTime, Tell, Turn, WordToDevelopers
from bot.messages import Button, Part, PartKind
from bot.queueing import ending, meeting, passing
from bot.queueing.case import Case, NotAllowed
from bot.queueing.meeting import Choice


def _named(scene: Scene) -> tuple[Case | None, int]:
    """The case and the item a button names: the case only when it is hers still."""
    case, (number, _, item) = scene.moment.case, scene.heard.value.partition(".")
    hers = case is not None and number.isdecimal() and case.number == int(number)
    return (case if hers else None), int(item) if item.isdecimal() else 0


def old(scene: Scene) -> Turn:
    """Nothing to be done with it any more; where the matter is now."""
    note = scene.screens.line("care.old")
    if scene.moment.case is None:
        return scene.turn(note)
    return scene.turn(joined(note, scene.screens.status()))


def _possible(change: Callable[[], Case]) -> Case | None:
    try:
        return change()
    except NotAllowed:
        return None


def agree(scene: Scene) -> Turn:
    """May another organisation take it; may the team speak of it?"""
    case, item = _named(scene)
    yes = scene.heard.second == "yes"
    if case is None or _possible(lambda: passing.agree(case, item, yes, scene.moment.now)) is None:
        return old(scene)
    what = "offer" if case.offer is not None and case.offer.id == item else "team"
    return scene.turn(scene.screens.line(f"care.{what}.{'yes' if yes else 'no'}"), acts=(Agree(item, yes),))


def time(scene: Scene) -> Turn:
    """She picks a time, or none fits; later she cancels or moves it."""
    case, item = _named(scene)
    choice = scene.heard.second
    if case is None:
        return old(scene)
    if choice.isdecimal():
        return _picked(scene, case, item, int(choice))
    said: dict[str, Choice] = {"none": "none", "cancel": "cancel", "move": "move"}
    if choice not in said or _possible(lambda: meeting.refuse(case, item, scene.moment.now)) is None:
        return old(scene)
    return scene.turn(scene.screens.line(f"care.time.{choice}"), acts=(PickTime(item, said[choice]),))


def _picked(scene: Scene, case: Case, item: int, place: int) -> Turn:
    after = _possible(lambda: meeting.pick(case, item, place, scene.moment.now))
    booked = meeting.booking(after, item) if after is not None else None
    if after is None or booked is None:
        return old(scene)
    return scene.turn(news.booked(scene.screens, after, booked, "care.time.picked"), acts=(PickTime(item, place),))


def plan(scene: Scene) -> Turn:
    """The shared plan once more, or a word on it."""
    case, _ = _named(scene)
    if case is None or case.plan is None or not case.plan.text:
        return old(scene)
    if scene.heard.second != "comment" or not scene.case_is_open:
        return scene.turn(news.plan(scene.screens, case, "care.plan.now"))
    return scene.with_(replace(scene.conversation, expects="comment")).turn(scene.screens.line("care.plan.ask"))


def _safe(scene: Scene, then: Callable[[Scene], Turn]) -> Turn:
    """Danger goes first, whatever her words were asked for."""
    if not hearing.new_danger(scene):
        return then(scene)
    worry = replace(scene, heard=Heard(Event.WORRY, scene.heard.value))
    return calling.speak(worry) if scene.case_is_open else hearing.hear(worry)


def comment(scene: Scene) -> Turn:
    """Her word on the plan."""
    return _safe(scene, _commented)


def _commented(scene: Scene) -> Turn:
    if not scene.case_is_open or scene.moment.case is None or scene.moment.case.plan is None:
        return old(scene)
    return scene.turn(scene.screens.line("care.plan.commented"), acts=(CommentPlan(scene.heard.value),))


def did(scene: Scene) -> Turn:
    """Did she get help? A "not yet" brings a person back."""
    case, _ = _named(scene)
    said = scene.heard.second
    if case is None or scene.case_is_open or said not in (ending.YES, ending.NOT_YET, ending.STOP, "word"):
        return old(scene)
    if said == "word":
        return scene.with_(replace(scene.conversation, expects="word")).turn(scene.screens.line("care.word.ask"))
    if said == ending.NOT_YET:
        return calling.back(scene, "care.did.notyet", case.number, DidHelp(ending.NOT_YET))
    screens = scene.screens
    rows = ((Button(screens.words("button.word"), f"did:{case.number}:word"),),) if said == ending.YES else ()
    key = "care.did.yes" if said == ending.YES else "care.did.stop"
    thanks = screens.say([Part(PartKind.TEXT, screens.words(key))], rows)
    return scene.turn(thanks, acts=(DidHelp(said),))


def word(scene: Scene) -> Turn:
    """A free word to those who develop the services."""
    return _safe(scene, _said)


def _said(scene: Scene) -> Turn:
    if scene.moment.case is None:
        return old(scene)
    return scene.turn(scene.screens.line("care.word.done"), acts=(WordToDevelopers(scene.heard.value),))


def gap(scene: Scene) -> Turn:
    """Nobody there speaks her language: would she take another, or rather wait?"""
    if not scene.case_is_open:
        return old(scene)
    takes = scene.heard.value == "any"
    return scene.turn(scene.screens.line(f"care.gap.{'any' if takes else 'wait'}"), acts=(Tell(any_language=takes),))
