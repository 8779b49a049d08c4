"""YAML text into plain values that remember where they were written. Knows no model and no folder.

Stricter than YAML: a key may stand once, keys are always text (``no:`` stays "no"), and ``&`` and ``*`` are refused,
because a repeated key or a borrowed part is a slip far more often than a wish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.faults import Fault
from bot.knowledge.model import DAYS

Path = Sequence[str | int]

# The C parser is about ten times as fast, and a little more forgiving, than the Python one.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Document:
    """One file as read: ``value`` in plain Python, ``node`` with the places. An empty file has ``value`` None."""

    file: str
    value: object
    node: yaml.Node | None

    def fault(self, path: Path, wrong: str, instead: str, *, key: bool = False) -> Fault:
        """A fault at the value of ``path``, or at its key; where the path leads nowhere, at its nearest holder."""
        line, column = self.place(path, key=key)
        return Fault(self.file, line, column, wrong, instead)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value (or the key) at ``path``."""
        place = node = self.node
        for part in path:
            found = _step(node, part)
            if found is None:
                break
            at_key, node = found
            place = at_key if key or _is_empty(node) else node
        return (1, 1) if place is None else (place.start_mark.line + 1, place.start_mark.column + 1)

    def written(self, path: Path) -> str | None:
        """The text of a single value just as it stands in the file; None for a list, a mapping or nothing."""
        node = self.node
        for part in path:
            found = _step(node, part)
            if found is None:
                return None
            node = found[1]
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def read(file: str, data: bytes) -> tuple[Document | None, tuple[Fault, ...]]:
    """The document and its faults; None when it is no YAML at all. A byte order mark and CRLF are fine."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Fault(file, line, 1, "this is not UTF-8 text", "save the file with the encoding UTF-8"),)
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, (_syntax_fault(file, text, error),)
    builder = _Builder(file, loader)
    value = None if node is None else builder.value(node)
    return Document(file, value, node), tuple(builder.faults)


def _step(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key's node and the value's node one step down; in a list both are the item's."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part or _spans_day(key.value, part):
                return key, value
    return None


def _spans_day(key: object, part: str | int) -> bool:
    """``mon-fri`` holds what the model calls ``wed``: open weeks are spelled out before they are checked."""
    first, dash, last = str(key).partition("-")
    if not dash or part not in DAYS or first not in DAYS or last not in DAYS:
        return False
    return DAYS.index(first) <= DAYS.index(str(part)) <= DAYS.index(last)


def _is_empty(node: yaml.Node) -> bool:
    """Nothing after the colon: such a value has its mark at the end of the line or beyond, so its key is the place."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


class _Builder:
    """Plain values out of nodes, and the faults met on the way."""

    def __init__(self, file: str, loader: Any) -> None:
        self.file, self.loader = file, loader
        self.faults: list[Fault] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node) -> object:
        if id(node) in self.seen:
            return self._fault(node, 'a part is borrowed with "&" and "*"', "write the part out in full")
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == _TEXT else self._other(node)
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self._mapping(node)

    def _mapping(self, node: yaml.Node) -> dict[str, object]:
        built: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "a key must be one word or text", 'write it as "key: value"')
                continue
            name = str(key.value)
            if name in built:
                wrong = f'the key "{name}" is here a second time (first on line {lines[name]})'
                self._fault(key, wrong, "keep one of the two and delete the other")
                continue
            lines[name] = key.start_mark.line + 1
            built[name] = self.value(value)
        return built

    def _other(self, node: yaml.ScalarNode) -> object:
        """A number, a date, yes or no, nothing."""
        try:
            return self.loader.construct_object(node)
        except ValueError:
            return self._fault(node, f'there is no such date or number as "{node.value}"', "write a date as 2026-01-31")
        except yaml.YAMLError:
            return self._fault(node, f'"{node.tag} {node.value}" cannot be read', "put the text in quotation marks")

    def _fault(self, node: yaml.Node, wrong: str, instead: str) -> object:
        """Kept; the value in its stead is nothing."""
        mark = node.start_mark
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, wrong, instead))
        return None


# Syntax -----------------------------------------------------------------------------------------------------------

# What the parser says, where the fault lies ("problem": where it stopped, "context": where the part began), and
# the same in words for somebody who has never heard of YAML. The first that fits holds.
_SYNTAX: tuple[tuple[str, str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "problem",
        "there is a second colon on this line",
        'put the text in quotation marks: fi: "Apua: heti"; if the line begins a key, line it up with the keys above',
    ),
    ("tab character", "problem", "there is a tab here", "use spaces, two for each step"),
    (
        "unexpected end of stream|found unexpected document indicator",
        "context",
        "a quotation mark is opened here and never closed",
        "add the closing quotation mark",
    ),
    ("unknown escape character", "problem", "a backslash cannot stand here", "use 'single' quotation marks round it"),
    ("alias", "context", 'a text may not begin with "*"', "put the text in quotation marks"),
    ("could not find expected ':'", "context", "this line has no colon", 'write "key: value"'),
    (
        r"expected ',' or|flow (sequence|mapping)|expected the node content",
        "problem",
        "the part in brackets is broken here",
        "close the bracket, part the items with commas, and put a text with : , [ ] { } in quotation marks",
    ),
    (
        "block sequence entries are not allowed",
        "problem",
        'a "-" cannot stand here',
        "begin the list on a line of its own, or put the text in quotation marks",
    ),
    (
        r"expected key|expected '-' indicator|expected <block end>",
        "problem",
        "this line does not line up with those above, or follows a closing quotation mark",
        "indent it as the lines above it; a text that begins with a quotation mark must also end with one",
    ),
    ("expected a single document|document start", "problem", '"---" begins a second document', "delete the line"),
)


def _syntax_fault(file: str, text: str, error: yaml.YAMLError) -> Fault:
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        return Fault(file, line, 1, "there is a character here that no text may hold", "delete it and type it anew")
    problem = f"{error.problem or ''} {error.context or ''}"
    if "cannot start any token" in problem:
        return _bad_start(file, text, error)
    for pattern, place, wrong, instead in _SYNTAX:
        if re.search(pattern, problem):
            first = error.context_mark if place == "context" else error.problem_mark
            return _at(file, first or error.problem_mark or error.context_mark, wrong, instead)
    mark = error.problem_mark or error.context_mark
    return _at(file, mark, f"this cannot be read ({error.problem})", "compare it with a file that works")


def _bad_start(file: str, text: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark
    sign = text[mark.index : mark.index + 1] if mark is not None else ""
    if sign == "\t":
        return _at(file, mark, "there is a tab here", "use spaces, two for each step")
    return _at(file, mark, f'a text may not begin with "{sign}"', "put the text in quotation marks")


def _at(file: str, mark: Any, wrong: str, instead: str) -> Fault:
    line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
    return Fault(file, line, column, wrong, instead)
