"""docs/desk.md: the table of moves, with what is really seen when each is played once. Made by tests.docs."""

from __future__ import annotations

from bot.queueing.case import TABLE, WHO, Move
from tests.desk.plays import PLAYS, Stage

HEAD = """# The desk: every move of a case

Made by `python -m tests.docs`: who may and from where is read from `bot/queueing/table.py`; what is seen was written
down while each move was played once (`tests/desk/plays.py`). A test compares. *owner* = the worker who has the case,
*member* = she or one of those she works with, *leading* = she or a lead, *asked* = whom it was offered to, *any* = any
active worker, *clock* = by itself, when its time has come (`bot/queueing/timing.py`). Everything is in the case's log.

On the web desk each move is a form of the case's page, shown to whom it is allowed (`bot/desk/offering.py`); all of it
works without scripts, and by keyboard with them (`?` lists the keys).

![The queue: danger first, what is asked of her, what is hers](desk-queue.png)

![A case: the talk and the reply first, the other moves in groups](desk-case.png)

![The queue on a telephone](desk-phone.png)

"""
TAIL = """
## A week of it

`python -m tests.simulation` plays a week of a county's desk through the real intake, clock loop and store, with the
starter's hours and holidays: 60 parents ask for a person on a working day (most of them in the evening), 3 % of them in
danger; three workers with shifts and lunches take them in the queue's order, forget 3 in 100, hand 12 in 100 over. What
people do is drawn from a seed. After each of some 5,500 steps every open case has exactly one owner, and nobody waits
to whom nothing will happen by itself; every parent who asks where her matter is gets an answer with its number.

![Waiting cases by the hour and how long they waited](desk-week.svg)

```
7 days from Sat 02.01.2027, 412 parents, 412 cases (19 of danger), three workers
caught, open minutes     median  103.6   90 %   286.7   longest   355.7 min
caught, by the clock     median  947.8   90 %  2337.5   longest  3291.3 min
caught, came in hours    median   33.2   90 %   246.3   longest   353.4 min
answered, open minutes   median  108.4   90 %   290.2   longest   402.0 min
answered, by the clock   median  948.4   90 %  2338.9   longest  3292.2 min
danger caught, by clock  median  808.8   90 %  2688.0   longest  2696.6 min
danger, came in hours    median    0.4   90 %     2.1   longest     2.1 min
danger, on-call numbers  median   15.0   90 %    15.0   longest    15.0 min
longest queue            102
warned / climbed         298 / 483
returned for silence     14
handed over              24, most times one case 1; declined 10, not answered 7
asked where it is        288 parents, all answered
at the end               34 waiting, 0 claimed, 378 closed
looked at                5465 steps: one owner each, nobody forgotten; 0 acts refused
```

Most parents come while the desk is closed, so a morning after a weekend begins with a hundred of them; those who
write while it is open wait half an hour in the middle. With 30 parents on a working day they are taken within a minute
in the middle; with 100 three workers are too few, and a hundred still wait when the week ends. In danger nobody waits
for the morning: where no worker takes it, the on-call numbers are on her screen after a quarter of an hour.
"""
_WAITING = (Move.CLAIM, Move.WARN, Move.CLIMB)


async def seen(move: Move) -> tuple[str, str]:
    """What the parent hears of a move, and the marks and lines the workers see; empty where there is nothing."""
    stage = Stage()
    await stage.set(claimed=move not in _WAITING)
    before = len(await stage.house.lines())
    says = await PLAYS[move](stage)
    number = 2 if move is Move.MERGED else 1
    lines = await stage.house.lines(number)
    new = lines[-1:] if len(lines) > (0 if number == 2 else before) else ()
    heard = [part.text for say in says for part in say.parts if part.text]
    return " ".join(heard[:3]), " ".join(f"{line.by}: {line.text}" for line in new)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/") or "(nothing)"


async def rows() -> str:
    """The whole table in Markdown."""
    lines = ["| move | who | from → to | the parent hears | the case shows |", "|---|---|---|---|---|"]
    for move in Move:
        leads = ", ".join(f"{since} → {to}" for (since, each), to in TABLE.items() if each is move)
        parent, desk = await seen(move)
        lines.append(f"| {move} | {WHO[move]} | {leads} | {_cell(parent)} | {_cell(desk)} |")
    return "\n".join(lines) + "\n"
