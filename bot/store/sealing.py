"""Sealing what people wrote before it reaches the disk. Knows keys and bytes; knows no table."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_MARK = "gAAAA"  # every Fernet token begins with it (version 0x80, then the top of a 64-bit time); JSON never does


class WrongKey(Exception):
    """What is kept cannot be opened with the key that is set (PERHENEUVO_KEY). Nothing is lost; set the right key."""


def _fernets(keys: str) -> list[Fernet]:
    try:
        return [Fernet(key.strip()) for key in keys.split(",") if key.strip()]
    except ValueError as error:
        raise WrongKey(
            "PERHENEUVO_KEY is no key: write 32 random bytes in url-safe base64 (44 characters); "
            "several keys are parted by commas, the newest first"
        ) from error


class Seal:
    """Seals with the first of its keys and opens with any of them. Without keys everything stays plain.

    Plain values written before a key was set are still read, so that a key can be added to a database in use.
    """

    def __init__(self, keys: str | None) -> None:
        fernets = _fernets(keys or "")
        self._newest = MultiFernet(fernets[:1]) if fernets else None
        self._all = MultiFernet(fernets) if fernets else None

    def shut(self, plain: bytes) -> str:
        """The text to keep."""
        return self._newest.encrypt(plain).decode("ascii") if self._newest else plain.decode("utf-8")

    def open(self, kept: str) -> bytes:
        """What was sealed. Raises :class:`WrongKey`."""
        if not kept.startswith(_MARK):
            return kept.encode("utf-8")
        if self._all is None:
            raise WrongKey("this database is sealed and PERHENEUVO_KEY is not set: set the key it was sealed with")
        try:
            return self._all.decrypt(kept)
        except InvalidToken as error:
            raise WrongKey("PERHENEUVO_KEY does not open this database: set the key it was sealed with") from error

    def is_newest(self, kept: str) -> bool:
        """Whether a text is kept as this seal would keep it now: under its first key, or plain where it has none."""
        if self._newest is None or not kept.startswith(_MARK):
            return self._newest is None and not kept.startswith(_MARK)
        try:
            self._newest.decrypt(kept)
        except InvalidToken:
            return False
        return True
