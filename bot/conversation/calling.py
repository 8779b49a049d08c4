"""The rules around a case: a person is one tap away, and while one is there the front door keeps silent."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing, leading
from bot.conversation.guidance import worry_text
from bot.conversation.reading import FILE, Event, Heard, plain
from bot.conversation.scene import Scene, again, fresh, joined
from bot.conversation.screens import Screens
from bot.conversation.states import Conversation, Stage
from bot.conversation.transitions import CASE
from bot.conversation.turn import CaseAct, Door, Leave, Moment, Reopen, Speak, Tell, Turn
from bot.messages import File, Part, PartKind, Say
from bot.queueing.case import CaseState


def person(scene: Scene) -> Turn:
    """A person is one tap away: the case is open before anything more is asked."""
    if scene.case_is_open:
        return status(scene)
    return scene.turn(acts=(hearing.open_case(scene),))


def opened(door: Door, conversation: Conversation, moment: Moment) -> Turn:
    """What is said once the case has its number (``moment.case``): number, place, an honest time, one question."""
    case = moment.case
    if case is None:
        raise ValueError("a case must have been opened first")
    now = replace(conversation, case=case.number, stage=Stage.CONSENT if conversation.worries else Stage.REACH)
    screens = Screens(door, now, moment)
    parts = [Part(PartKind.TITLE, screens.words("case.opened", case=case.number))]
    parts.append(Part(PartKind.TEXT, screens.words.promise(moment.promise, moment.now)))
    parts += [Part(PartKind.TEXT, screens.words("care.gap"))] if moment.promise.gap else []
    asks = screens.yes_no("case.tell") if conversation.worries else screens.reach()
    rows = (*screens.gap_rows(), *asks.buttons)
    return Turn(now, (replace(asks, parts=(*parts, *asks.parts), buttons=rows),))


def status(scene: Scene) -> Turn:
    """Who has my matter now?"""
    if not scene.case_is_open:
        return leading.over(scene)
    now = scene.conversation
    if now.stage not in CASE and scene.heard.event is Event.PERSON:
        held = scene.moment.case is not None and scene.moment.case.state is CaseState.CLAIMED
        now = replace(now, stage=Stage.HELD if held else Stage.WAITING)
    then = scene.with_(now)
    return then.turn(then.screens.status(), *again(then))


def _settled(scene: Scene) -> Stage:
    held = scene.moment.case is not None and scene.moment.case.state is CaseState.CLAIMED
    return Stage.HELD if held else Stage.WAITING


def tell(scene: Scene) -> Turn:
    """May the workers see what she wrote? Then: chat or a call?"""
    if not scene.case_is_open:
        return leading.over(scene)
    tells = scene.heard.value == "yes"
    act = Tell(tells=tells, said=scene.conversation.worries if tells else ())
    key = "case.told" if tells else "case.untold"
    if scene.conversation.stage in (Stage.CONSENT,):
        then = scene.with_(replace(scene.conversation, stage=Stage.REACH))
        return then.turn(then.screens.reach(key), acts=(act,))
    return scene.turn(scene.screens.line(key), acts=(act,))


def reach(scene: Scene) -> Turn:
    """Here in the chat, or a call."""
    if not scene.case_is_open:
        return leading.over(scene)
    if scene.heard.value == "call":
        then = scene.with_(replace(scene.conversation, stage=Stage.PHONE))
        return then.turn(then.screens.phone())
    then = scene.with_(replace(scene.conversation, stage=_settled(scene)))
    return then.turn(then.screens.line("case.chat"))


def number(scene: Scene) -> Turn:
    """The number to call; 6 to 15 digits (ITU-T E.164 allows at most 15)."""
    digits = [letter for letter in scene.heard.value if letter.isdigit()]
    if not scene.case_is_open:
        return person(scene)
    if not 6 <= len(digits) <= 15:
        then = scene.with_(replace(scene.conversation, stage=Stage.PHONE))
        return then.turn(then.screens.phone("case.phone.wrong"))
    number = " ".join(scene.heard.value.split())
    then = scene.with_(replace(scene.conversation, stage=_settled(scene)))
    return then.turn(then.screens.line("case.phone.done", phone=number), acts=(Tell(phone=number),))


def speak(scene: Scene) -> Turn:
    """Her words go to the desk. The front door only says that they arrived, and nothing while a worker is there."""
    heard, conversation = scene.heard, scene.conversation
    if not scene.case_is_open:
        return hearing.hear(scene.with_(fresh(conversation)))
    kind = {Event.EDITED: "edited", Event.UNREADABLE: "unreadable"}.get(heard.event, "text")
    acts: tuple[CaseAct, ...] = (Speak(heard.value, kind),)
    if kind == "unreadable" and heard.second == FILE:
        kind, acts = FILE, (Speak(heard.value, FILE),)
    kinds = hearing.new_danger(scene)
    if kinds:
        warned = hearing.danger(scene, kinds)
        return replace(warned, acts=acts + warned.acts)
    if kind == "unreadable":
        return scene.turn(scene.screens.line("unreadable.case"), acts=acts)
    if conversation.stage is Stage.HELD:
        return scene.turn(acts=acts)
    if conversation.stage is Stage.PHONE:
        return scene.turn(scene.screens.phone("case.phone.wrong"), acts=acts)
    number = scene.moment.case.number if scene.moment.case else 0
    heard_say = scene.screens.line("case.heard", case=number)
    return scene.turn(
        *((joined(heard_say, again) for again in again(scene)) if again(scene) else (heard_say,)), acts=acts
    )


def busy(scene: Scene) -> Turn:
    """She is with a worker: an old button gets one sentence and the way back."""
    if not scene.case_is_open:
        return leading.over(scene)
    return scene.turn(scene.screens.line("case.held.buttons"))


def leave(scene: Scene) -> Turn:
    """She ends the case herself."""
    if not scene.case_is_open or scene.moment.case is None:
        return leading.over(scene)
    then = scene.with_(replace(scene.conversation, stage=Stage.ENDED, past=()))
    screens = then.screens
    said = screens.say([Part(PartKind.TEXT, screens.words("case.left", case=scene.moment.case.number))], nav=False)
    return then.turn(replace(said, buttons=screens.ended().buttons), acts=(Leave(),))


def same_or_new(scene: Scene) -> Turn:
    """She writes after the case has ended: danger first, thanks are thanks, else one question. Her words are kept."""
    kinds = hearing.new_danger(scene)
    kept = replace(scene.conversation, worries=(scene.heard.value,), answers=(), refused=(), past=())
    then = scene.with_(kept)
    if kinds:
        warned = replace(kept, warned=tuple(dict.fromkeys(kept.warned + kinds)))
        scene = then.with_(warned)
        return scene.turn(scene.screens.danger(kinds[0]), acts=(hearing.open_case(scene, kinds),))
    if scene.heard.event is Event.WORRY and _is_thanks(scene):
        return scene.turn(replace(scene.screens.line("case.thanks"), buttons=scene.screens.ended().buttons))
    return then.turn(then.screens.ended())


def _is_thanks(scene: Scene) -> bool:
    words = plain(scene.heard.value).split()
    thanks = scene.door.base.phrases[scene.conversation.language]["words.thanks"].split()
    return len(words) <= 4 and any(word.strip("!.,") in thanks for word in words)


def fresh_matter(scene: Scene) -> Turn:
    """A new matter: what she wrote after the end is its first worry."""
    worries = scene.conversation.worries
    then = scene.with_(replace(fresh(scene.conversation), case=None, warned=()))
    if not worries:
        return leading.over(then)
    return hearing.hear(replace(then, heard=Heard(Event.WORRY, worries[-1])))


def reopen(scene: Scene) -> Turn:
    """The same matter goes on; what she wrote after its end goes along."""
    case = scene.moment.case
    if scene.case_is_open:
        return status(scene)
    if case is None:
        return person(scene)
    return back(scene, "case.reopened", case.number)


def back(scene: Scene, key: str, number: int, *first: CaseAct) -> Turn:
    """Her case is open again, with what she wrote after its end: the same worker goes on, or the queue has it."""
    moment, now = scene.moment, replace(scene.conversation, stage=Stage.WAITING, worries=())
    written = worry_text(scene.conversation) if scene.conversation.stage is Stage.ENDED else ""
    acts: tuple[CaseAct, ...] = (*first, Reopen(), Speak(written)) if written else (*first, Reopen())
    then = scene.with_(now)
    words = then.screens.words
    what = words("care.returning") if moment.returning else words.promise(moment.promise, moment.now)
    parts = [Part(PartKind.TEXT, words(key, case=number)), Part(PartKind.TEXT, what)]
    return then.turn(then.screens.say(parts), acts=acts)


def claimed(door: Door, conversation: Conversation, moment: Moment) -> Turn:
    """A worker has come: the front door falls silent."""
    now = replace(conversation, stage=Stage.HELD)
    return Turn(now, (Screens(door, now, moment).line("case.claimed"),))


def replied(conversation: Conversation, text: str, file: File | None = None) -> Turn:
    """A worker's own words, and nothing of ours around them."""
    now = replace(conversation, stage=Stage.HELD)
    parts = (Part(PartKind.TEXT, text),) if text.strip() else ()
    say = Say(parts, voice="worker", language=conversation.language, file=file)
    return Turn(now, (say,))


def closed(door: Door, conversation: Conversation, moment: Moment) -> Turn:
    """The worker has ended the case; it may go on by writing."""
    now = replace(conversation, stage=Stage.ENDED, past=(), worries=())
    screens = Screens(door, now, moment)
    number = moment.case.number if moment.case else 0
    said = screens.say([Part(PartKind.TEXT, screens.words("case.closed", case=number))], nav=False)
    return Turn(now, (replace(said, buttons=screens.ended().buttons),))
