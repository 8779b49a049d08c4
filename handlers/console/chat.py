"""Being a parent in the terminal: lines in, messages out. Translates only; the talk is gone at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console
from rich.panel import Panel
from rich.text import Text as Styled

from bot.intake import Intake
from bot.knowledge.model import Language
from bot.messages import Address, Button, Command, Incoming, Part, PartKind, Press, Say, Text
from bot.ports import Delivery, Outcome, Sent

ADDRESS = Address("console", "terminal")
_STYLES = {
    PartKind.TITLE: "bold",
    PartKind.HEADING: "bold",
    PartKind.URGENT: "bold red",
    PartKind.FINE: "dim",
    PartKind.QUOTE: "italic",
}


@dataclass
class ConsoleChannel:
    """Prints what is said, and numbers the buttons of the last message so that a number taps one."""

    console: Console
    name: str = "console"
    buttons: list[Button] = field(default_factory=list)

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Show one message."""
        said = delivery.row.payload
        if isinstance(said, Say):
            self.show(said)
        return Sent()

    def show(self, said: Say) -> None:
        """Its parts, then its buttons with their numbers."""
        body = Styled("\n").join(_part(part) for part in said.parts)
        self.console.print(Panel(body, border_style="cyan" if said.voice == "bot" else "green"))
        self.buttons = [button for row in said.buttons for button in row]
        numbered = iter(range(1, len(self.buttons) + 1))
        for row in said.buttons:
            self.console.print("   ".join(f"[{next(numbered)}] {button.label}" for button in row), markup=False)


def _part(part: Part) -> Styled:
    shown = f"{part.text}: {part.value}" if part.value else part.text
    return Styled(shown, style=_STYLES.get(part.kind, ""))


def _meant(line: str, buttons: list[Button]) -> Text | Press | Command:
    """A number taps a button, a slash is a command, the rest is words."""
    if line.isdigit() and 1 <= int(line) <= len(buttons):
        return Press(buttons[int(line) - 1].data)
    return Command(line[1:].split()[0].lower()) if line.startswith("/") and len(line) > 1 else Text(line)


async def chat(
    intake: Intake,
    channel: ConsoleChannel,
    drain: Callable[[], object],
    language: Language,
    ask: Callable[[], str | None],
) -> None:
    """Talk until the input ends. ``drain`` delivers what waits; ``ask`` gives the next line, or None at the end."""
    await _say(intake, drain, Incoming(ADDRESS, Command("start"), hint=language))
    while (line := await asyncio.to_thread(ask)) is not None:
        if line.strip():
            await _say(intake, drain, Incoming(ADDRESS, _meant(line.strip(), channel.buttons)))


async def _say(intake: Intake, drain: Callable[[], object], incoming: Incoming) -> None:
    await intake.parent(incoming)
    delivered = drain()
    if asyncio.iscoroutine(delivered):
        await delivered
