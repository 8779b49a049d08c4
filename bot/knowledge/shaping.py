"""Plain values into the model's classes; what does not fit is told in plain words with its place. Knows no folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.faults import Fault, suggest
from bot.knowledge.reading import Document, Path

M = TypeVar("M", bound=BaseModel)

Told = tuple[str, str]  # what is wrong, what to write instead

_LANGUAGE = {"fi": "Finnish", "sv": "Swedish", "en": "English"}
_HOW = {
    "name": "name: {fi: ..., sv: ..., en: ...}",
    "checked": "checked: the day somebody last tried it, such as 2026-01-31",
    "assured": "assured: the day the text was last assured, such as 2026-01-31",
}


def shape(document: Document, model: type[M], value: object, path: Path = ()) -> tuple[M | None, tuple[Fault, ...]]:
    """The value at ``path`` as a ``model``, or None and all its faults."""
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        found = (_fault(document, model, tuple(path), details) for details in error.errors(include_url=False))
        return None, tuple(dict.fromkeys(found))  # one wrong time in mon-fri is one fault, not five


def _fault(document: Document, model: type[BaseModel], path: tuple[str | int, ...], details: ErrorDetails) -> Fault:
    kind, here = details["type"], (*path, *details["loc"])
    if kind == "missing":
        return document.fault(here[:-1], *_missing(str(here[-1])))
    if kind == "extra_forbidden":
        return document.fault(here, *_unknown_key(model, details), key=True)
    told = _TOLD.get(kind, _otherwise)(details, document.written(here))
    blamed = told[0].split('"')[1] if told[0].startswith('"') else None
    if (
        blamed is not None and isinstance(details["input"], dict) and blamed in details["input"]
    ):  # a rule about one of its keys
        return document.fault((*here, blamed), *told, key=True)
    return document.fault(here, *told)


def _missing(key: str) -> Told:
    if key in _LANGUAGE:
        return f'"{key}" is missing', f'add "{key}: ..." with the same in {_LANGUAGE[key]}'
    return f'"{key}" is missing', f'add "{_HOW.get(key, f"{key}: ...")}"'


def _unknown_key(model: type[BaseModel], details: ErrorDetails) -> Told:
    *holders, key = details["loc"]
    if details["input"] is None:  # {fi: Terveys, raskaus, ...}: the comma has cut a text in two
        return f'the key "{key}" is not known here', "if it belongs to the text before it, put that in quotation marks"
    return f'the key "{key}" is not known here', suggest(str(key), _keys_at(model, holders))


def _text(details: ErrorDetails, written: str | None) -> Told:
    if written == "" or details["input"] is None:
        return "there is nothing here", "write the text, or delete the key"
    if written is None:
        return "there are several things where one text belongs", "write one text"
    what = {bool: "yes or no", int: "a number", float: "a number"}.get(type(details["input"]), "a date")
    return f"{written} is read as {what}, not as text", f'put it in quotation marks: "{written}"'


def _choice(details: ErrorDetails, written: str | None) -> Told:
    known = str(details.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
    return f'"{_shown(details, written)}" is not possible here', suggest(_shown(details, written), known)


def _pattern(details: ErrorDetails, written: str | None) -> Told:
    wrong = f'"{_shown(details, written)}" is not an id'
    return wrong, "write an id with small letters a-z, digits and hyphens, such as perhe-kahvila"


def _empty(details: ErrorDetails, written: str | None) -> Told:
    return "the text is empty", "write the text, or delete the key"


def _long(details: ErrorDetails, written: str | None) -> Told:
    most = details.get("ctx", {}).get("max_length")
    return f'"{_shown(details, written)}" is too long', f"write at most {most} letters"


def _few(details: ErrorDetails, written: str | None) -> Told:
    least = details.get("ctx", {}).get("min_length")
    return "there are too few", f"write at least {least}"


def _list(details: ErrorDetails, written: str | None) -> Told:
    if written:
        return f'"{written}" stands where a list belongs', f"write it as a list: [{written}]"
    return "a list belongs here", "write each item on its own line beginning with a hyphen and a space"


def _mapping(details: ErrorDetails, written: str | None) -> Told:
    if written in (None, ""):
        return "keys and values belong here", 'write lines like "key: value", indented by two spaces'
    return f'"{written}" stands where keys and values belong', 'write lines like "key: value", indented by two spaces'


def _date(details: ErrorDetails, written: str | None) -> Told:
    return f'"{_shown(details, written)}" is not a date', "write year, month and day: 2026-01-31"


def _number(details: ErrorDetails, written: str | None) -> Told:
    context = details.get("ctx", {})
    limits = [f"over {context['gt']:g}"] if "gt" in context else []
    limits += [f"under {context['lt']:g}"] if "lt" in context else []
    return f'"{_shown(details, written)}" does not fit', " ".join(["write a number", *limits])


def _truth(details: ErrorDetails, written: str | None) -> Told:
    return f'"{_shown(details, written)}" is neither yes nor no', "write true or false"


def _own_rule(details: ErrorDetails, written: str | None) -> Told:
    """The model's own rules say what is wrong and what to write, or only the latter."""
    wrong, mend, instead = str(details.get("ctx", {}).get("error", "")).partition("; ")
    return (wrong, instead) if mend else (f'"{_shown(details, written)}" does not fit', wrong)


def _otherwise(details: ErrorDetails, written: str | None) -> Told:
    return f'"{_shown(details, written)}" does not fit', details["msg"][:1].lower() + details["msg"][1:]


def _shown(details: ErrorDetails, written: str | None) -> str:
    return written if written is not None else str(details["input"])


_TOLD: Mapping[str, Callable[[ErrorDetails, str | None], Told]] = {
    "string_type": _text,
    "literal_error": _choice,
    "enum": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty,
    "string_too_long": _long,
    "too_short": _few,
    "tuple_type": _list,
    "model_type": _mapping,
    "mapping_type": _mapping,
    "dict_type": _mapping,
    "model_attributes_type": _mapping,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "int_type": _number,
    "int_parsing": _number,
    "int_from_float": _number,
    "float_type": _number,
    "float_parsing": _number,
    "greater_than": _number,
    "less_than": _number,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "value_error": _own_rule,
}


# The model's types, walked like a path, to know which keys were possible -------------------------------------------


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    here: Any = model
    for part in path:
        here = _down(here, part)
    return list(here.model_fields) if isinstance(here, type) and issubclass(here, BaseModel) else []


def _down(kind: Any, part: str | int) -> Any:
    """The type one step down, with Annotated, ``| None``, tuple and Mapping opened."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _bare(kind.model_fields[str(part)].annotation) if part in kind.model_fields else None
    inner = [item for item in get_args(kind) if item is not Ellipsis]
    if get_origin(kind) is tuple and isinstance(part, int) and len(inner) > part and Ellipsis not in get_args(kind):
        return _bare(inner[part])
    return _bare(inner[-1]) if inner else None


def _bare(kind: Any) -> Any:
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    options = [item for item in get_args(kind) if item is not type(None)]
    return _bare(options[0]) if type(None) in get_args(kind) and options else kind
