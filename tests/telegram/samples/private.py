"""What each update of private.json becomes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Address, Command, Edited, Incoming, ParentMessage, PhoneShared, Press, Text, Unreadable


def said(message: ParentMessage, hint: str | None = "fi") -> Incoming:
    """Aino says it."""
    return Incoming(Address("telegram", "7001"), message, hint)


BECOMES: Mapping[str, Incoming | None] = {
    "text": said(Text("en saa nukuttua")),
    "text without a language": said(Text("hej"), None),
    "start with a payload": said(Command("start")),
    "command with the bot's name": said(Command("help")),
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
    "photo": said(Unreadable("photo")),
    "photo with words": said(Text("tämä ihottuma")),
    "sticker": said(Unreadable("sticker")),
    "voice": said(Unreadable("voice")),
    "video note": said(Unreadable("video")),
    "animation": said(Unreadable("video")),
    "document": said(Unreadable("document")),
    "location": said(Unreadable("location")),
    "poll": said(Unreadable("poll")),
    "dice": said(Unreadable("other")),
    "a kind of tomorrow": said(Unreadable("other")),
    "pinned": None,
    "blocked us": None,
    "a bot": None,
}
