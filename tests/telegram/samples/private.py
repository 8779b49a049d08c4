"""What each update of private.json becomes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.inbox import Either
from bot.messages import (
    Address,
    Ask,
    Attached,
    Command,
    Edited,
    File,
    FromWorker,
    Incoming,
    ParentMessage,
    PhoneShared,
    Press,
    StaffPlace,
    Text,
    Unreadable,
    WorkerMessage,
)


def said(message: ParentMessage, hint: str | None = "fi") -> Incoming:
    """Aino says it."""
    return Incoming(Address("telegram", "7001"), message, hint)


def perhaps(act: WorkerMessage, message: ParentMessage) -> Either:
    """Aino's, as a parent's or as a worker's."""
    return Either(FromWorker(act, "7001", StaffPlace("7001")), said(message))


BECOMES: Mapping[str, Incoming | Either | None] = {
    "text": said(Text("en saa nukuttua")),
    "text without a language": said(Text("hej"), None),
    "start with a payload": said(Command("start")),
    "command with the bot's name": perhaps(Ask("help"), Command("help")),
    "kieli": said(Command("language")),
    "sprak": said(Command("language")),
    "ihminen in capitals": said(Command("person")),
    "again": said(Command("again")),
    "stop": said(Command("stop")),
    "unknown command": said(Text("/tuhoa kaikki")),
    "a slash inside": said(Text("koti/koulu ei suju")),
    "press": said(Press("person")),
    "press on an old message": said(Press("a:1")),
    "press without a message": None,
    "own contact": said(PhoneShared("+358401234567")),
    "somebody's contact": said(Unreadable("other")),
    "edited": said(Edited("en saa nukuttua öisin")),
    "edited live location": None,
    "photo": said(Attached(File("photo", "f1"))),
    "photo with words": said(Attached(File("photo", "f1"), "tämä ihottuma")),
    "sticker": said(Unreadable("sticker")),
    "voice": said(Unreadable("voice")),
    "video note": said(Unreadable("video")),
    "animation": said(Unreadable("video")),
    "document": said(Attached(File("document", "f1"))),
    "location": said(Unreadable("location")),
    "poll": said(Unreadable("poll")),
    "dice": said(Unreadable("other")),
    "a kind of tomorrow": said(Unreadable("other")),
    "pinned": None,
    "blocked us": None,
    "a bot": None,
}
