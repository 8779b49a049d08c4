"""What each update of staff.json becomes, in a house whose staff group is -1001."""

from __future__ import annotations

from collections.abc import Mapping

from bot.inbox import ChatMoved
from bot.messages import Ask, Claim, Close, File, FromWorker, Reply, StaffPlace, Unreadable, WorkerMessage

GENERAL = StaffPlace("-1001")
TOPIC = StaffPlace("-1001", 12)


def done(act: WorkerMessage, place: StaffPlace, case: int | None = None) -> FromWorker:
    """Wilma does it."""
    return FromWorker(act, "501", place, case)


def pressed(act: WorkerMessage, case: int | None = None) -> FromWorker:
    """Wilma taps a button of the card."""
    return FromWorker(act, "501", StaffPlace("-1001", 12, 13), case, "77")


BECOMES: Mapping[str, FromWorker | ChatMoved | None] = {
    "reply in a topic": done(Reply("Soitan sinulle"), TOPIC),
    "reply to the card in a topic": done(Reply("Soitan"), StaffPlace("-1001", 12, 13)),
    "reply in a plain group": done(Reply("Soitan"), StaffPlace("-1001", None, 14)),
    "talk among workers": None,
    "talk in general": None,
    "a thread of replies is no topic": done(Reply("Soitan"), StaffPlace("-1001", None, 14)),
    "claim in a topic": done(Claim(), TOPIC),
    "claim by number": done(Claim(), GENERAL, 12),
    "close in a topic": done(Close("helped"), TOPIC),
    "close by number": done(Close("helped"), GENERAL, 12),
    "close without an outcome": done(Ask("help"), TOPIC),
    "queue": done(Ask("queue"), GENERAL),
    "help": done(Ask("help"), GENERAL),
    "a slip of a command in a topic": done(Ask("help"), TOPIC),
    "only a slash in a topic": done(Ask("help"), TOPIC),
    "press claim": pressed(Claim(), 12),
    "press close": pressed(Close("helped"), 12),
    "press queue": pressed(Ask("queue")),
    "press something old": pressed(Ask("help")),
    "photo in a topic": done(Reply("katso", File("photo", "f1")), TOPIC),
    "photo in general": None,
    "edited in a topic": done(Unreadable("other"), TOPIC),
    "edited in general": None,
    "anonymous admin": FromWorker(Reply("Soitan"), None, TOPIC),
    "a channel in a topic": FromWorker(Reply("Soitan"), None, TOPIC),
    "our own message": None,
    "topic created": None,
    "topic closed": None,
    "somebody joined": None,
    "pinned": None,
    "moved": ChatMoved("-1001", "-10099"),
    "another group": None,
    "moved elsewhere": None,
    "press in another group": None,
    "channel post": None,
    "an unknown kind of update": None,
}
