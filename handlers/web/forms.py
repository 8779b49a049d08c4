"""Reading what a browser sent: forms of at most 64 KB, and the tokens of its cookies. Decides nothing."""

from __future__ import annotations

import re
import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import Response

LIMIT = 64 * 1024
_DRAINED = 4 * 1024 * 1024  # a browser that is still sending does not read our answer, so this much is let by
_FIELDS = 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # what secrets.token_urlsafe(32) makes
_NOT_WORDS = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}


class TooLong(Exception):
    """The form is larger than we take."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, the last value of each. Raises TooLong."""
    kept, read = bytearray(), 0
    async for chunk in request.stream():
        read += len(chunk)
        if read <= LIMIT:
            kept += chunk
        elif read > _DRAINED:
            break
    if read > LIMIT:
        raise TooLong
    try:
        fields = parse_qs(kept.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise TooLong from error
    return {name: words(values[-1]) for name, values in fields.items()}


def words(text: str) -> str:
    """A text without control characters (PostgreSQL keeps no NUL) and with one kind of line end."""
    return text.replace("\r\n", "\n").translate(_NOT_WORDS).strip()


def token_of(request: Request, name: str) -> str | None:
    """The secret in a cookie; None when there is none that we could have made."""
    found = request.cookies.get(name, "")
    return found if _TOKEN.fullmatch(found) else None


def new_token() -> str:
    """A secret nobody can guess."""
    return secrets.token_urlsafe(32)


def keep_token(request: Request, response: Response, name: str, token: str, *, seconds: int, path: str = "/") -> None:
    """Hand the secret to the browser, and to nothing that runs in it."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, token, max_age=seconds, path=path, secure=secure, httponly=True, samesite="lax")


def same_site(request: Request) -> bool:
    """Whether a form may have come from our own page.

    Browsers say so in Sec-Fetch-Site. Older ones name an Origin, or "null" under our Referrer-Policy; that tells
    nothing, and there the cookie's SameSite keeps other sites' forms without a session.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
