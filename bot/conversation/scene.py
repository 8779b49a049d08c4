"""What a rule looks at, and the screens rules share: what was found, the present screen again, a person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.guidance import Next, place_matters, without_areas
from bot.conversation.reading import Event, Heard
from bot.conversation.screens import Screens
from bot.conversation.states import Conversation, Stage, View
from bot.conversation.turn import CaseAct, Door, Moment, Turn
from bot.messages import Button, Part, PartKind, Say
from bot.queueing.case import CaseState

_KEPT = 12  # screens to go back to


@dataclass(frozen=True)
class Scene:
    """All that a rule may look at."""

    door: Door
    conversation: Conversation
    moment: Moment
    heard: Heard

    @property
    def screens(self) -> Screens:
        """The screens in her language as it is now."""
        return Screens(self.door, self.conversation, self.moment)

    def with_(self, conversation: Conversation) -> Scene:
        """The same scene with the conversation moved on."""
        return replace(self, conversation=conversation)

    def turn(self, *says: Say, acts: tuple[CaseAct, ...] = ()) -> Turn:
        """What comes of it."""
        return Turn(self.conversation, says, acts)

    @property
    def case_is_open(self) -> bool:
        """Whether she has a case that waits or is held."""
        return self.moment.case is not None and self.moment.case.state is not CaseState.CLOSED


def _view(conversation: Conversation) -> View:
    return View(
        conversation.stage,
        conversation.question,
        conversation.shown,
        conversation.service,
        conversation.answers,
        conversation.refused,
    )


def onward(before: Conversation, after: Conversation) -> Conversation:
    """The screen she leaves is kept to go back to."""
    if before.stage not in (Stage.START, Stage.QUESTION, Stage.OFFER, Stage.CARD):
        return after
    return replace(after, past=(*before.past, _view(before))[-_KEPT:])


def show(scene: Scene, found: Next, before: Conversation) -> Turn:
    """Put what was found on the screen; her area is asked first where it matters."""
    conversation, base = scene.conversation, scene.door.base
    if found.kind == "nothing":
        return give_up(scene)
    if found.kind == "question" and found.question is not None:
        now = onward(before, replace(conversation, stage=Stage.QUESTION, question=found.question.id, failed=0))
        then = scene.with_(now)
        return then.turn(then.screens.question(found.question, found.answers))
    if place_matters(base, conversation, found.services):
        now = onward(before, replace(conversation, stage=Stage.AREA, shown=found.services, area_asked=True))
        then = scene.with_(now)
        return then.turn(then.screens.area())
    return _offer(scene, found, before)


def _offer(scene: Scene, found: Next, before: Conversation) -> Turn:
    services = without_areas(scene.door.base, scene.conversation, found.services)
    if not services:
        return give_up(scene)
    shown = replace(scene.conversation, shown=services, failed=0)
    if len(services) == 1 and found.sure:
        then = scene.with_(onward(before, replace(shown, stage=Stage.CARD, service=services[0])))
        found_for_her = scene.heard.event is not Event.PICK
        return then.turn(then.screens.card(services[0], lead=found_for_her))
    then = scene.with_(onward(before, replace(shown, stage=Stage.OFFER)))
    return then.turn(then.screens.offer(services, sure=found.sure))


def give_up(scene: Scene) -> Turn:
    """Nothing fits: a person, not another round."""
    return scene.turn(with_person(scene.screens, "unclear.second"))


def with_person(screens: Screens, key: str) -> Say:
    """A phrase with the way to a person first."""
    rows = ((Button(screens.words("button.person"), "person"),), (Button(screens.words("button.again"), "again"),))
    return screens.say([Part(PartKind.TEXT, screens.words(key))], rows, nav=False)


def menu(scene: Scene) -> tuple[str, ...]:
    """The answers of the first question, which stand on the first screen."""
    first = scene.door.base.questions[0]
    return tuple(answer.id for answer in first.answers)


def fresh(conversation: Conversation) -> Conversation:
    """Nothing of the matter left but who she is: language, area, case."""
    return Conversation(
        language=conversation.language,
        chosen=conversation.chosen,
        stage=Stage.START,
        area=conversation.area,
        case=conversation.case,
        warned=conversation.warned,
        question=None,
    )


def again(scene: Scene) -> tuple[Say, ...]:
    """The present screen once more."""
    conversation, screens, base = scene.conversation, scene.screens, scene.door.base
    match conversation.stage:
        case Stage.QUESTION:
            asked = next((each for each in base.questions if each.id == conversation.question), None)
            return (screens.question(asked, ()),) if asked else ()
        case Stage.OFFER:
            services = tuple(each for each in conversation.shown if each in base.services)
            return (screens.offer(services, sure=True),) if services else ()
        case Stage.CARD:
            service = conversation.service
            return (screens.card(service),) if service and service in base.services else ()
        case Stage.AREA:
            return (screens.area(),)
        case Stage.CONSENT:
            return (screens.yes_no("case.tell"),)
        case Stage.REACH:
            return (screens.reach(),)
        case Stage.PHONE:
            return (screens.phone(),)
        case _:
            return ()


def joined(first: Say, second: Say) -> Say:
    """Two messages as one, with the buttons of the second."""
    return replace(second, parts=first.parts + second.parts)
