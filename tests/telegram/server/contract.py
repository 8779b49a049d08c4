"""The second client: every request and every answer is parsed by aiogram's generated models of the Bot API.

An unknown or missing parameter, a value of the wrong type and an answer no client could read are told as sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import ResponseParameters, Update
from pydantic import BaseModel, TypeAdapter, ValidationError

Json = dict[str, Any]

KNOWN: Mapping[str, type[TelegramMethod[Any]]] = {
    found.__api_method__: found
    for found in vars(methods).values()
    if isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
}
CANONICAL = {name.lower(): name for name in KNOWN}


def decoded(method: str, form: Mapping[str, str]) -> Json:
    """A form's values as the types the method declares; what cannot be decoded stays text, and a fault."""
    fields = KNOWN[method].model_fields
    return {name: _decoded(fields[name].annotation, value) if name in fields else value for name, value in form.items()}


def in_request(method: str, values: Json) -> list[str]:
    """What is wrong with a request."""
    return [f"{method} request: {fault}" for fault in _faults(_adapter(KNOWN[method]), values)]


def in_result(method: str, result: Any) -> list[str]:
    """What is wrong with the ``result`` of an answer."""
    returning = KNOWN[method].__returning__
    return [f"{method} answer: {fault}" for fault in _faults(_adapter(returning), result)]


def in_update(update: Json) -> list[str]:
    """What is wrong with an update."""
    return [f"update: {fault}" for fault in _faults(_adapter(Update), update)]


def in_parameters(parameters: Json) -> list[str]:
    """What is wrong with the ``parameters`` of a refusal."""
    return [f"parameters: {fault}" for fault in _faults(_adapter(ResponseParameters), parameters)]


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _faults(adapter: TypeAdapter[Any], value: Any) -> Iterator[str]:
    try:
        model = adapter.validate_python(value)
    except ValidationError as error:
        yield from (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return
    yield from _unknown(model, "")
    again = adapter.dump_python(model, mode="json", by_alias=True, exclude_unset=True)
    if again != value:  # it was read, but only by bending a type
        yield f"wrong type somewhere: {json.dumps(value)} reads as {json.dumps(again)}"


def _unknown(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _unknown(item, path)
    if isinstance(value, BaseModel):
        yield from (f"unknown {path}{name}" for name in value.model_extra or {})
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from _unknown(getattr(value, name), f"{path}{name}.")


def _decoded(annotation: Any, value: str) -> Any:
    shapes = set(_flat(annotation))
    if str in shapes and (int not in shapes or not re.fullmatch(r"-?\d+", value)):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _flat(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _flat(part)
    elif annotation is not NoneType:
        yield annotation
