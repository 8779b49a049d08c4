"""What comes in and what goes out, as frozen values.

Every channel is translated into these and out of these, so nothing behind this module knows Telegram, HTTP or a
terminal. Every value carries a ``type`` so that it can be kept as JSON (see :mod:`bot.store.values`) and read back
unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.acts import Ask as Ask
from bot.acts import CaseMove, Presence, Prompt, Show, Written
from bot.acts import Claim as Claim
from bot.acts import Close as Close
from bot.acts import File as File
from bot.acts import Reply as Reply
from bot.knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached: a channel and that channel's own key (a chat id as text, the hash of a web
    session).
    """

    channel: Literal["telegram", "web", "console"]
    key: str


# What a parent sends ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words she wrote, as she wrote them."""

    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Press:
    """A button she tapped: ``data`` is what :class:`Button` carried, however long ago (1 to 64 bytes)."""

    data: str
    type: Literal["press"] = "press"


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the menu, without its slash: start, help, language, person, again, stop."""

    name: str
    type: Literal["command"] = "command"


@dataclass(frozen=True, slots=True)
class PhoneShared:
    """A telephone number she chose to give."""

    number: str
    type: Literal["phone"] = "phone"


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message of hers that she changed; ``text`` is how it reads now."""

    text: str
    type: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is not words: photo, sticker, voice, video, document, location, poll, other."""

    kind: str
    type: Literal["unreadable"] = "unreadable"


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or a document that her channel can pass on to the staff's room, and what she wrote under it."""

    file: File
    caption: str = ""
    type: Literal["attached"] = "attached"


ParentMessage = Text | Press | Command | PhoneShared | Edited | Unreadable | Attached


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a parent.

    ``hint`` is the language her channel tells of (an IETF tag such as ``sv-FI``), or None.
    """

    address: Address
    message: ParentMessage
    hint: str | None = None


# What a worker does: :mod:`bot.acts` --------------------------------------------------------------------------------


WorkerMessage = CaseMove | Presence | Ask | Unreadable | Written | Show | Prompt


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """Where in a staff group something was said. Ids are the channel's own."""

    chat: str
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class FromWorker:
    """One act of somebody in the staff's rooms. Who she is, and whether she may, is decided by the intake, never by
    the handler.

    ``identity`` is the channel's numeric user id as text (None when the channel hides it: an anonymous admin, a
    channel post). ``case`` is the case's number where the act names one; otherwise the intake finds it from ``place``.
    ``worker`` is set instead of ``identity`` where the channel has its own sign-in (the web desk): the id of our own
    row. ``press`` is the id of a button press that waits for a sign (Telegram: a callback query id).
    """

    message: WorkerMessage
    identity: str | None
    place: StaffPlace | None = None
    case: int | None = None
    press: str | None = None
    worker: int | None = None


# What goes out ----------------------------------------------------------------------------------------------------


class PartKind(StrEnum):
    """How a part of a message looks. A channel may render them as it likes, in this order, leaving none out."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    URGENT = "urgent"
    FINE = "fine"
    PHONE = "phone"  # text = what it is, value = the number as people write it
    LINK = "link"  # text = what it is, value = an address beginning with https://
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph. ``text`` may hold line breaks; it is plain text, never markup."""

    kind: PartKind
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A thing to tap. ``data`` is at most 64 bytes of UTF-8 (Telegram's callback_data)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Say:
    """One message to a parent, from the front door (``bot``) or from a worker; ``file`` only to the channel it is of,
    and then there may be no ``parts``.
    """

    parts: tuple[Part, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    voice: Literal["bot", "worker"] = "bot"
    language: Language = "fi"
    file: File | None = None
    type: Literal["say"] = "say"


@dataclass(frozen=True, slots=True)
class StaffCard:
    """The card of a case in the staff's room, made once and then edited in place. It holds nothing the parent wrote.

    ``topic`` is the name of the case's own topic where the room has topics (at most 128 characters).
    """

    case: int
    topic: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    closed: bool = False
    type: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A line of a case for the workers who hold it: what the parent said or sent, or what the desk must know.

    ``instead``: on the way to a worker's own chat, the case's place in the staff's room, should she not be reached.
    """

    case: int
    text: str
    file: File | None = None
    instead: StaffPlace | None = None
    type: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class StaffNotice:
    """A word to the staff's room that belongs to no case, or to one person's message there.

    ``asks``: whose reply to it is awaited (the channel's user id as text), and her ``name``. ``code`` tells, when she
    replies, what it was about: it stands in the message itself, so that nothing need be remembered.
    """

    text: str
    place: StaffPlace
    asks: str | None = None
    name: str = ""
    code: str = ""
    type: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The sign that a button press was received (Telegram: answerCallbackQuery; worthless after 150 seconds)."""

    press: str
    text: str = ""
    type: Literal["press_answer"] = "press_answer"


Outgoing = Say | StaffCard | StaffLine | StaffNotice | PressAnswer
