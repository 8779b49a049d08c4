"""Each act of a worker on a case: the move it is, what the parent hears, what the others see. Values in, values out.

Refusals are :class:`NotAllowed`, raised by the moves. Handing over and working together stand in ``sharing``.
"""

from __future__ import annotations

from dataclasses import replace

from bot.acts import (
    CancelTime,
    Claim,
    Close,
    Correct,
    Duty,
    Lasta,
    Merge,
    Note,
    Prioritise,
    Propose,
    Release,
    Reply,
    SaveDraft,
    Snooze,
    TakeOver,
)
from bot.conversation import calling, news
from bot.conversation.wording import Wording
from bot.desk.effects import Effect, Sight
from bot.messages import Part, PartKind, Say
from bot.queueing import case as moves
from bot.queueing import ending, holding, meeting, summing, telling
from bot.queueing.case import NotAllowed, WrongDoor


def claim(act: Claim, here: Sight) -> Effect:
    """A person is there; the front door falls silent."""
    case = moves.claim(here.case, here.worker.id, here.now)
    turn = calling.claimed(here.door, here.conversation, replace(here.moment, case=case))
    about = telling.about(here.base, case)
    return Effect(case, turn.says, turn.conversation, here.words("staff.claimed"), about=about)


def release(act: Release, here: Sight) -> Effect:
    """Back into the queue."""
    case = holding.release(here.case, here.worker.id, here.now, lead=here.worker.leads)
    said = here.screens(case).line("care.released", case=case.number)
    return Effect(case, (said,), mark=here.words("staff.mark.release"))


def take_over(act: TakeOver, here: Sight) -> Effect:
    """From the one who had it."""
    case = holding.take_over(here.case, here.worker.id, act.reason, here.now)
    said = here.screens(case).line("care.taken_over", case=case.number)
    mark = here.words("staff.mark.take_over", text=act.reason)
    return Effect(case, (said,), mark=mark, about=summing.summary(here.base, case))


def snooze(act: Snooze, here: Sight) -> Effect:
    """Put aside, or woken; the parent hears nothing of it."""
    if act.until is None:
        return Effect(holding.wake(here.case, here.now, here.worker.id), mark=here.words("staff.mark.wake"))
    until = act.until.astimezone(here.now.tzinfo)
    case = holding.snooze(here.case, here.worker.id, until, here.now)
    when = Wording(here.base, here.base.settings.desk.language).moment(until, here.now)
    return Effect(case, mark=here.words("staff.mark.snooze", text=when))


def prioritise(act: Prioritise, here: Sight) -> Effect:
    """Its place in the queue."""
    case = holding.prioritise(here.case, here.worker.id, act.high)
    return Effect(case, mark=here.words("staff.mark.prioritise"), detail="high" if act.high else "normal")


def reply(act: Reply, here: Sight) -> Effect:
    """Her own words, and nothing of ours around them."""
    if not act.text.strip() and act.file is None:
        raise NotAllowed("case.words_needed")
    case = moves.reply(here.case, here.worker.id, here.now)
    turn = calling.replied(here.conversation, act.text, act.file)
    mark = here.words(f"staff.file.sent.{act.file.kind}") if act.file is not None else ""
    line = "\n".join(filter(None, (mark, act.text)))
    return Effect(case, turn.says, turn.conversation, line=("worker", line), card=False)


def correct(act: Correct, here: Sight) -> Effect:
    """What was sent cannot be called back everywhere; the right words follow, and say what they are."""
    if not act.text.strip():
        raise NotAllowed("case.words_needed")
    case = holding.correct(here.case, here.worker.id, here.now)
    fine = Part(PartKind.FINE, here.screens(case).words("care.corrected"))
    said = Say((fine, Part(PartKind.TEXT, act.text)), voice="worker", language=here.conversation.language)
    mark = here.words("staff.mark.correct")
    return Effect(case, (said,), mark=mark, line=("worker", act.text), card=False)


def note(act: Note, here: Sight) -> Effect:
    """For the workers only."""
    if not act.text.strip():
        raise NotAllowed("case.words_needed")
    case = holding.note(here.case, here.worker.id, here.now)
    return Effect(case, line=("note", act.text), card=False)


def draft(act: SaveDraft, here: Sight) -> Effect:
    """Words for later."""
    return Effect(holding.draft(here.case, here.worker.id, act.text, here.now), card=False)


def propose(act: Propose, here: Sight) -> Effect:
    """Times, each a button."""
    times = tuple(each.astimezone(here.now.tzinfo) for each in act.times)
    case = meeting.propose(here.case, here.worker.id, times, act.place.strip(), here.now)
    said = news.times(here.screens(case), case, case.bookings[-1])
    words = Wording(here.base, here.base.settings.desk.language)
    told = "; ".join(words.moment(each, here.now) for each in case.bookings[-1].times)
    return Effect(case, (said,), mark=here.words("staff.mark.propose", text=told), card=False)


def unbook(act: CancelTime, here: Sight) -> Effect:
    """A time is off."""
    case = meeting.unbook(here.case, here.worker.id, act.item, here.now)
    said = here.screens(case).line("care.time.off")
    return Effect(case, (said,), mark=here.words("staff.mark.unbook"), detail=str(act.item), card=False)


def duty(act: Duty, here: Sight) -> Effect:
    """Only that a step was taken is kept."""
    case = holding.duty(here.case, here.worker.id, act.step, here.now)
    return Effect(case, mark=here.words("staff.mark.duty"), detail=act.step, card=False)


def lasta(act: Lasta, here: Sight) -> Effect:
    """Nobody asks her more about it; whoever must know is called, and the card says danger."""
    case = holding.lasta(here.case, here.worker.id, here.now)
    said = here.screens(case).line("care.lasta")
    return Effect(case, (said,), mark=here.words("staff.mark.lasta"), about=_who_to_call(here))


def _who_to_call(here: Sight) -> str | None:
    duties, language = here.base.duties, here.base.settings.desk.language
    if duties is None:
        return None
    found = here.base.on_call(here.case.area)
    phones = (*duties.lasta.phones, *(found.phones if found is not None else ()))
    steps = [f"{place}. {step.text.within(language)}" for place, step in enumerate(duties.lasta.steps, 1)]
    never = [f"– {each.within(language)}" for each in duties.lasta.never]
    return "\n".join([*steps, *never, *(f"{each.label.within(language)}: {each.value}" for each in phones)])


def merge(act: Merge, here: Sight) -> Effect:
    """One parent's two cases as one."""
    if here.other is None:
        raise NotAllowed("case.not_found")
    if not _one_parent(here):
        raise NotAllowed("case.not_one_parent")
    kept, gone = ending.merge(here.case, here.other, here.worker.id, here.now)
    said = here.screens(kept).line("care.merged", case=kept.number, gone=gone.number)
    return Effect(
        kept, (said,), mark=here.words("staff.mark.merge", item=gone.number), gone=gone, detail=str(act.other)
    )


def _one_parent(here: Sight) -> bool:
    """Whatever is written to the one would reach the other: only what is surely one parent's is joined."""
    if here.other is None:
        return False
    phones = ["".join(c for c in each.phone or "" if c.isdigit())[-9:] for each in (here.case, here.other)]
    return here.case.conversation == here.other.conversation or (bool(phones[0]) and phones[0] == phones[1])


def close(act: Close, here: Sight) -> Effect:
    """How it ended, where she was guided, and whether she had come to the wrong door."""
    services = here.base.services
    doors = act.asked_for in services and act.belonged_to in services and act.asked_for != act.belonged_to
    wrong = WrongDoor(act.asked_for or "", act.belonged_to or "") if doors else None
    outcome = telling.known_outcome(here.base, act.outcome)
    guided = act.guided if act.guided in services else None
    case = moves.close(here.case, here.worker.id, outcome, here.now, guided=guided, wrong_door=wrong)
    turn = calling.closed(here.door, here.conversation, replace(here.moment, case=case))
    mark = "\n".join(_ended(here, case.outcome or outcome, guided, wrong))
    return Effect(case, turn.says, turn.conversation, mark, wrong_door=wrong is not None, detail=outcome)


def _ended(here: Sight, outcome: str, guided: str | None, wrong: WrongDoor | None) -> list[str]:
    language = here.base.settings.desk.language
    lines = [here.words("staff.closed", outcome=telling.outcome(here.base, outcome))]
    names = {service.id: service.name.within(language) for service in here.base.services.values()}
    if guided is not None:
        lines.append(here.words("staff.mark.guided", text=names[guided]))
    if wrong is not None:
        told = here.words("staff.mark.wrong_door", text=names[wrong.asked_for], to=names[wrong.belonged_to])
        lines.append(told)
    return lines
