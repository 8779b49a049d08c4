"""The rules for buttons and menus while the front door leads: answers, services, back and over, area, language."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.guidance import Next, ask, consider, without_areas
from bot.conversation.scene import Scene, again, fresh, give_up, joined, menu, show
from bot.conversation.states import Stage
from bot.conversation.transitions import CASE
from bot.conversation.turn import Turn
from bot.knowledge.model import LANGUAGES, Language

_REFUSED = 6  # services turned down, after which a person is offered rather than more of the same


def welcome(scene: Scene) -> Turn:
    """The first screen."""
    first = scene.door.base.questions[0]
    then = scene.with_(replace(fresh(scene.conversation), question=first.id))
    return then.turn(then.screens.welcome(first, menu(scene)))


def over(scene: Scene) -> Turn:
    """Starting over; a case she has stays."""
    first = scene.door.base.questions[0]
    then = scene.with_(replace(fresh(scene.conversation), question=first.id))
    return then.turn(then.screens.over(first, menu(scene)))


def help_(scene: Scene) -> Turn:
    """How this works."""
    return scene.turn(scene.screens.help())


def languages(scene: Scene) -> Turn:
    """The choice of languages."""
    return scene.turn(scene.screens.languages())


def language(scene: Scene) -> Turn:
    """Another language, and the present screen in it."""
    chosen: Language | None = next((each for each in LANGUAGES if each == scene.heard.value), None)
    if chosen is None:
        return languages(scene)
    then = scene.with_(replace(scene.conversation, language=chosen, chosen=True))
    if scene.conversation.stage in (Stage.NEW, Stage.START):
        return welcome(then)
    return then.turn(then.screens.line("language.done"), *again(then))


def answer(scene: Scene) -> Turn:
    """An answer is evidence; "I don't know" is one too and loses nothing."""
    question, said = scene.heard.value, scene.heard.second
    known = next((each for each in scene.door.base.questions if each.id == question), None)
    if known is None:
        return over(scene)
    given = said if any(each.id == said for each in known.answers) else None
    before = scene.conversation
    answers = (*(pair for pair in before.answers if pair[0] != question), (question, given))
    stage = Stage.START if before.stage in (Stage.NEW, *CASE, Stage.ENDED) else before.stage
    then = scene.with_(replace(before, answers=answers, stage=stage, failed=0))
    return show(then, consider(scene.door, then.conversation), replace(before, stage=stage))


def pick(scene: Scene) -> Turn:
    """A service she picked, or taps again on an old message."""
    service = scene.heard.value
    if service not in scene.door.base.services:
        return over(scene)
    before = scene.conversation
    then = scene.with_(replace(before, failed=0))
    return show(then, Next("services", (service,)), before)


def none(scene: Scene) -> Turn:
    """None of these: they are out, and the next thing is shown; when little is left, a person."""
    before = scene.conversation
    turned_down = before.shown or ((before.service,) if before.service else ())
    refused = tuple(dict.fromkeys(before.refused + turned_down))
    then = scene.with_(replace(before, refused=refused, shown=(), service=None))
    if len(refused) >= _REFUSED:
        return give_up(then)
    found = ask(scene.door, then.conversation) if len(before.answers) < 6 else None
    turn = show(then, found or consider(scene.door, then.conversation), before)
    if not turn.says:
        return turn
    note = then.with_(turn.conversation).screens.line("none.left")
    return replace(turn, says=(joined(note, turn.says[0]), *turn.says[1:]))


def back(scene: Scene) -> Turn:
    """The screen before this one."""
    if not scene.conversation.past:
        return over(scene)
    *earlier, view = scene.conversation.past
    now = replace(
        scene.conversation,
        stage=view.stage,
        question=view.question,
        shown=view.shown,
        service=view.service,
        answers=view.answers,
        refused=view.refused,
        past=tuple(earlier),
        failed=0,
    )
    then = scene.with_(now)
    says = again(then)
    return then.turn(*says) if says else over(then)


def area(scene: Scene) -> Turn:
    """Where she lives, or "skip this"."""
    if not scene.heard.value:
        return scene.turn(joined(scene.screens.line("area.unknown"), scene.screens.area()))
    chosen = scene.heard.value if scene.heard.value in scene.door.base.areas else None
    before = scene.conversation
    now = replace(before, area=chosen or before.area, area_asked=True)
    then = scene.with_(now)
    if before.stage in CASE or not now.shown:
        area = then.screens.words.area(now.area)
        return then.turn(then.screens.line("area.done", area=area)) if area else over(then)
    found = Next("services", now.shown) if len(now.shown) <= 3 else consider(scene.door, now)
    allowed = without_areas(scene.door.base, now, found.services)
    return show(then, replace(found, services=allowed) if allowed else consider(scene.door, now), before)


def week(scene: Scene) -> Turn:
    """The week of her area."""
    return scene.turn(scene.screens.week())


def guide(scene: Scene) -> Turn:
    """The steps of a guide."""
    if scene.heard.value not in scene.door.base.guides:
        return help_(scene)
    return scene.turn(scene.screens.guide(scene.heard.value))
