"""The rules for her own words: danger first, then a service, one question, or a person."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.guidance import belief_of, consider, danger_services, heard_worry, likeliest
from bot.conversation.reading import Event, area_within
from bot.conversation.scene import Scene, joined, menu, show, with_person
from bot.conversation.screens import UNKNOWN
from bot.conversation.states import Conversation, Stage
from bot.conversation.turn import Open, Tell, Turn
from bot.knowledge.model import Language
from bot.messages import Part, PartKind

_FAILED = 2  # tries that led nowhere, after which a person is offered


def hear(scene: Scene) -> Turn:
    """Her worry in her own words: danger first, then a service, one question, or a person."""
    text, conversation = scene.heard.value, scene.conversation
    match = scene.door.match((text,), None, conversation.area)
    spoken = _spoken(conversation, match.language, text)
    area = conversation.area or area_within(text, scene.door.base)
    then = scene.with_(heard_worry(replace(spoken, area=area), text))
    kinds = match.danger.kinds if match.danger is not None else ()
    new_kinds = tuple(kind for kind in kinds if kind not in conversation.warned)
    if new_kinds:
        return _introduced(scene, danger(then, new_kinds), after=True)
    off_topic = match.worry < scene.door.base.settings.deciding.worry and not conversation.answers
    turn = _unclear(then, text) if off_topic else show(then, consider(scene.door, then.conversation), conversation)
    return _introduced(scene, _cut_short(then, turn) if scene.heard.second == "long" else turn)


def _cut_short(scene: Scene, turn: Turn) -> Turn:
    """A text longer than can be read: she is thanked, and told that its beginning was."""
    note = scene.with_(turn.conversation).screens.line("long.heard")
    return replace(turn, says=(joined(note, turn.says[0]), *turn.says[1:]))


def _introduced(scene: Scene, turn: Turn, *, after: bool = False) -> Turn:
    """Where her first message is already a worry, who answers her, and on what terms, is said along with the answer."""
    if scene.conversation.stage is not Stage.NEW:
        return turn
    screens = scene.with_(turn.conversation).screens
    fine = [screens.words("welcome.fine"), *([screens.words(scene.moment.notice)] if scene.moment.notice else [])]
    intro = screens.say([Part(PartKind.FINE, line) for line in fine])
    return replace(turn, says=(*turn.says, intro) if after else (intro, *turn.says))


def _spoken(conversation: Conversation, found: Language, text: str) -> Conversation:
    """Her language follows what she writes, until she has chosen one; a word or two say too little."""
    if conversation.chosen or found == conversation.language or len(text.split()) < 3:
        return conversation
    return replace(conversation, language=found)


def _unclear(scene: Scene, text: str) -> Turn:
    """Her words led nowhere: asked once more, then a person is offered. They are not kept as a worry."""
    worries = scene.conversation.worries[:-1]
    return _failed(scene.with_(replace(scene.conversation, worries=worries)), "unclear.first")


def _failed(scene: Scene, key: str) -> Turn:
    failed = scene.conversation.failed + 1
    first = scene.door.base.questions[0]
    stage = Stage.START if scene.conversation.stage is Stage.NEW else scene.conversation.stage
    then = scene.with_(replace(scene.conversation, failed=failed, stage=stage))
    if failed >= _FAILED:
        return then.turn(with_person(then.screens, "unclear.second"))
    screens = then.screens
    rows = screens.over(first, menu(scene)).buttons
    return then.turn(screens.say([Part(PartKind.TEXT, screens.words(key))], rows, nav=False))


def blank(scene: Scene) -> Turn:
    """No word in it: only signs or emoji."""
    return _failed(scene, "unclear.emoji" if scene.heard.value.strip() else "unclear.blank")


def unreadable(scene: Scene) -> Turn:
    """A picture, a sticker, a voice: answered kindly."""
    key = f"unreadable.{scene.heard.value}"
    return _failed(scene, key if scene.screens.words.has(key) else "unreadable.other")


def reread(scene: Scene) -> Turn:
    """She mended her last message: it is read again in the place of the old one."""
    then = scene.with_(replace(scene.conversation, worries=scene.conversation.worries[:-1]))
    turn = hear(then)
    note = then.with_(turn.conversation).screens.line("edited.heard")
    return replace(turn, says=(*turn.says[:-1], joined(note, turn.says[-1])) if turn.says else (note,))


def danger(scene: Scene, kinds: tuple[str, ...]) -> Turn:
    """Where to turn now, before anything else; then a person is called, unless one is there already."""
    conversation = scene.conversation
    warned = tuple(dict.fromkeys(conversation.warned + kinds))
    then = scene.with_(replace(conversation, warned=warned, failed=0))
    card = then.screens.danger(kinds[0])
    if scene.case_is_open:
        return then.turn(card, acts=(Tell(danger=kinds),))
    return then.turn(card, acts=(open_case(then, kinds),))


def open_case(scene: Scene, danger: tuple[str, ...] = ()) -> Open:
    """The case she asks for: the answers she gave and the likeliest services, not her words."""
    conversation = scene.conversation
    path = tuple((question, answer or UNKNOWN) for question, answer in conversation.answers)
    belief = belief_of(scene.door, conversation) if conversation.worries or conversation.answers else {}
    first = danger_services(scene.door.base, danger)[:2]
    return Open(danger, path, tuple(dict.fromkeys((*first, *(likeliest(belief) if belief else ())))))


def new_danger(scene: Scene) -> tuple[str, ...]:
    """The kinds of danger in these words whose card she has not seen."""
    if scene.heard.event is Event.UNREADABLE or not scene.heard.value.strip():
        return ()
    found = scene.door.match((scene.heard.value,)).danger
    return tuple(kind for kind in found.kinds if kind not in scene.conversation.warned) if found is not None else ()
