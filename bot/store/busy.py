"""Which database errors mean "not now, try again": the caller is told StoreBusy. All others are faults."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
# Classes of PostgreSQL states: connection gone, rolled back for another (deadlock), resources (disk full), the hand of
# the operator, system error. Then single states: read only, lock not to be had, idle too long.
_CLASSES = ("08", "40", "53", "57P", "58")
_STATES = {"25006", "55P03", "25P03"}


def means_busy(error: BaseException) -> bool:
    """Whether trying again soon may help."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or (error.orig is not None and means_busy(error.orig))
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _SQLITE
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return state.startswith(_CLASSES) or state in _STATES
    return type(error).__name__ in {"InterfaceError", "ConnectionDoesNotExistError"} or isinstance(error, OSError)
