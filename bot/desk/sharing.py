"""Acts by which others come in: asking the network, handing over, colleagues, the plan, the team. Values only."""

from __future__ import annotations

from bot.acts import (
    Accept,
    AddTask,
    Advise,
    Bring,
    Consulting,
    Decline,
    HandOver,
    Invite,
    StepOut,
    TaskDone,
    TeamOutcome,
    Withdraw,
    WritePlan,
)
from bot.conversation import news
from bot.conversation.wording import Wording
from bot.desk import looking
from bot.desk.effects import Effect, Sight
from bot.queueing import passing, summing, together
from bot.queueing.assigning import is_on
from bot.queueing.case import NotAllowed


def consult(act: Consulting, here: Sight) -> Effect:
    """A question that tells nothing of who the family is; the parent hears nothing of it."""
    for unit in act.units:
        here.unit(unit)
    case = together.consult(here.case, here.worker.id, act.question, act.units, here.now)
    item = case.consults[-1].id
    return Effect(
        case, mark=here.words("staff.mark.consult", item=item, text=act.question), detail=str(item), card=False
    )


def advise(act: Advise, here: Sight) -> Effect:
    """An answer, and whose."""
    case = together.advise(here.case, here.worker.id, act.item, act.text, here.now)
    mark = here.words("staff.mark.advise", item=act.item, text=act.text)
    return Effect(case, mark=mark, detail=str(act.item), card=False)


def offer(act: HandOver, here: Sight) -> Effect:
    """The parent hears to whom; where it is another organisation she is asked first."""
    taker = here.colleague(act.to) if act.to is not None else None
    if taker is not None and not is_on(taker.profile, here.now, desk_open=looking.desk_open(here.door, here.now)):
        raise NotAllowed("case.absent")
    unit = act.unit or (taker.profile.unit if taker else None)
    name = (taker.name if taker else "") or (here.unit(unit) if unit else "")
    asks = here.base.needs_consent(here.worker.profile.unit, unit) if unit else False
    case = passing.offer(here.case, here.worker.id, act.reason, here.now, unit=unit, to=act.to, asks_consent=asks)
    lines = [here.words("staff.mark.offer", to=name, text=act.reason)]
    lines += [here.words("staff.mark.offer.consent")] if asks else []
    said = (news.offered(here.screens(case), case, case.offer),) if case.offer is not None else ()
    return Effect(case, said, mark="\n".join(lines), detail=unit or str(act.to))


def accept(act: Accept, here: Sight) -> Effect:
    """The taker has it, with a summary; the parent hears where it is now."""
    made = here.case.offer
    case = passing.accept(here.case, here.worker.id, here.worker.profile.unit, here.now)
    screens = here.screens(case)
    unit = made.unit if made is not None and made.unit is not None else here.worker.profile.unit
    name = news.unit_name(screens, unit) if unit is not None else here.worker.name
    said = screens.line("care.accepted", case=case.number, unit=name)
    about = summing.summary(here.base, case)
    return Effect(case, (said,), mark=here.words("staff.mark.accept"), about=about, detail=unit)


def decline(act: Decline, here: Sight) -> Effect:
    """The giver goes on; the parent, who knew of the offer, hears that too."""
    made = here.case.offer
    case = passing.decline(here.case, here.worker.id, here.worker.profile.unit, act.reason, here.now)
    screens = here.screens(case)
    heard = made is not None and made.since is not None
    said = (screens.line("care.declined", unit=news.unit_name(screens, made.unit if made else None)),) if heard else ()
    return Effect(case, said, mark=here.words("staff.mark.decline", text=act.reason))


def withdraw(act: Withdraw, here: Sight) -> Effect:
    """The giver has thought better of it; the parent, who knew of it, hears so."""
    case = passing.withdraw(here.case, here.worker.id)
    return Effect(case, (here.screens(case).line("care.withdrawn"),), mark=here.words("staff.mark.withdraw"))


def invite(act: Invite, here: Sight) -> Effect:
    """The parent sees who is in."""
    colleague = here.colleague(act.colleague)
    case = together.invite(here.case, here.worker.id, act.colleague, here.now)
    said = here.screens(case).line("care.joined", case=case.number, worker=colleague.name)
    mark = here.words("staff.mark.invite", to=colleague.name)
    return Effect(case, (said,), mark=mark, detail=str(act.colleague))


def step_out(act: StepOut, here: Sight) -> Effect:
    """The parent sees who is no longer in."""
    case = together.step_out(here.case, here.worker.id)
    said = here.screens(case).line("care.parted", case=case.number, worker=here.worker.name)
    return Effect(case, (said,), mark=here.words("staff.mark.step_out"))


def plan(act: WritePlan, here: Sight) -> Effect:
    """The parent gets it and can say what she thinks."""
    case = together.plan(here.case, here.worker.id, act.text, here.now)
    names = [(each.id, each.name) for each in here.colleagues.values()]
    said = news.plan(here.screens(case), case, "care.plan.new", names)
    return Effect(case, (said,), mark=here.words("staff.mark.plan"), card=False)


def task(act: AddTask, here: Sight) -> Effect:
    """It is in the plan the parent sees; she is not disturbed for it."""
    who = here.colleague(act.who).name if act.who is not None else here.words("staff.mark.task.family")
    case = together.task(here.case, here.worker.id, act.text, act.who, act.until, here.now)
    words = Wording(here.base, here.base.settings.desk.language)
    until = f", {words.day(act.until)}" if act.until is not None else ""
    mark = here.words("staff.mark.task", item=case.counter, text=act.text, to=who, until=until)
    return Effect(case, mark=mark, detail=str(case.counter), card=False)


def task_done(act: TaskDone, here: Sight) -> Effect:
    """One thing less."""
    case = together.task_done(here.case, here.worker.id, act.item, here.now)
    mark = here.words("staff.mark.task_done", item=act.item)
    return Effect(case, mark=mark, detail=str(act.item), card=False)


def bring(act: Bring, here: Sight) -> Effect:
    """The parent is asked first."""
    name = here.unit(act.unit)
    case = together.bring(here.case, here.worker.id, act.unit, act.on, act.reason, here.now)
    day = Wording(here.base, here.base.settings.desk.language).day(act.on)
    said = (news.brought(here.screens(case), case, case.team),) if case.team is not None else ()
    return Effect(case, said, mark=here.words("staff.mark.team", to=name, text=day), detail=act.unit)


def team_outcome(act: TeamOutcome, here: Sight) -> Effect:
    """The parent gets the outcome in the words written for her."""
    case = together.team_outcome(here.case, here.worker.id, act.text, here.now)
    said = (news.team_said(here.screens(case), case.team),) if case.team is not None else ()
    return Effect(case, said, mark=here.words("staff.mark.team_outcome", text=act.text))
