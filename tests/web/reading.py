"""A page as somebody without scripts meets it: its lines, its buttons, its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "img", "br"}


@dataclass
class Knob:
    """A button: what it sends and the hidden fields of its form."""

    label: str
    name: str
    value: str
    action: str
    fields: dict[str, str]


@dataclass
class Page(HTMLParser):
    """Reads one page. ``lines`` are (whose, text); ``attributes`` those of html, body and the text box."""

    text: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    knobs: list[Knob] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = ""
    draft: str = ""

    def __post_init__(self) -> None:
        """Read it all."""
        super().__init__()
        self._open: list[str] = []
        self._form: tuple[str, dict[str, str]] = ("", {})
        self._boxed = False
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a person or a browser would act upon."""
        found = {name: value or "" for name, value in attrs}
        if tag in ("html", "body") or (tag == "textarea" and found.get("id") == "box"):
            self.attributes[tag] = found
        self._boxed = tag == "textarea" and found.get("id") == "box"
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "form":
            self._form = (found.get("action", ""), {})
        elif tag == "input" and found.get("type") != "checkbox":
            self._form[1][found.get("name", "")] = found.get("value", "")
        elif tag == "button":
            self.knobs.append(Knob("", found.get("name", ""), found.get("value", ""), *self._form))
        elif tag == "article":
            self.lines.append((found["class"].split()[1], ""))
        elif tag == "a":
            self.links[found.get("href", "")] = ""

    def handle_endtag(self, tag: str) -> None:
        """Out of an element."""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Words belong to what is open around them."""
        if "title" in self._open:
            self.title += data
        if "textarea" in self._open and self._boxed:
            self.draft += data
        if "button" in self._open:
            self.knobs[-1].label += data.strip()
        elif "article" in self._open and data.strip():
            whose, before = self.lines[-1]
            self.lines[-1] = (whose, f"{before}\n{data.strip()}".strip())

    def knob(self, label: str) -> Knob:
        """The last button that says this."""
        found = [knob for knob in self.knobs if knob.label.startswith(label)]
        assert found, f"no button says {label!r}; there are {[knob.label for knob in self.knobs]}"
        return found[-1]

    def said(self, whose: str) -> list[str]:
        """The lines of one voice."""
        return [text for by, text in self.lines if by == whose]
