"""The log: structured lines on standard error, one per request, and nothing in them that is a caller's secret.

Everything goes through one pipe, the libraries' own logging included. Exceptions are told by type and place, never by
message, since a message may quote what a caller sent. `redacted` is the second net, for what should not be there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, BinaryIO

import orjson
import structlog

from gateway.auth.tokens import TOKEN_PATTERN
from gateway.settings import Settings

EventDict = MutableMapping[str, Any]

REQUEST_BUDGET = 3_072
"""Bytes that a request may log besides its own line, which has less than 1 KiB."""

_REDACTED = "[redacted]"
_SECRET_KEY = re.compile(r"pass(word|wd|phrase)|secret|token|authori[sz]ation|cookie|pepper|iban|totp|variables", re.I)
_SECRET_TEXT = re.compile(
    TOKEN_PATTERN
    + r"|(?i:\b(?:bearer|basic)\s+[\w.~+/=-]+)"
    + r"|\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"  # IBAN (ISO 13616)
    + r"|(?<=://)[^\s/@:]*:[^\s/@]*(?=@)"  # credentials in an address
)
_NAME = re.compile(r"[_A-Za-z0-9]{1,64}", re.ASCII)
_LEVELS = {logging.DEBUG: "debug", logging.INFO: "info"}
_LONGEST_TEXT = 1_000
_MOST_FRAMES = 12
_MOST_CAUSES = 4

_left: ContextVar[list[int] | None] = ContextVar("bytes this request may still log", default=None)


def open_budget() -> None:
    """Start counting what the current request logs."""
    _left.set([REQUEST_BUDGET])


def redacted(logger: Any, method: str, event: EventDict) -> EventDict:
    """Strike out what looks like a secret, by its key or by its own form."""
    for key, value in event.items():
        if _SECRET_KEY.search(key):
            event[key] = _REDACTED
        elif isinstance(value, str):
            event[key] = _SECRET_TEXT.sub(_REDACTED, value[:_LONGEST_TEXT])
        elif isinstance(value, (list, tuple)):
            event[key] = [_SECRET_TEXT.sub(_REDACTED, str(part)[:_LONGEST_TEXT]) for part in value[:50]]
        elif not isinstance(value, (int, float, bool, type(None))):
            event[key] = f"<{type(value).__name__}>"
    return event


def exceptions_told(logger: Any, method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the types of the exception and its causes and by the places they came through."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()[1]
    elif isinstance(given, tuple):
        given = given[1]
    told: list[str] = []
    while isinstance(given, BaseException) and len(told) < _MOST_CAUSES:
        told.append(f"{type(given).__module__}.{type(given).__qualname__}: {' < '.join(_places(given.__traceback__))}")
        given = given.__cause__ or (None if given.__suppress_context__ else given.__context__)
    if told:
        event["exception"] = told
    return event


def _places(trace: TracebackType | None) -> list[str]:
    """`file:line function`, the innermost first."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-3:])}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[: -_MOST_FRAMES - 1 : -1]


def _json(logger: Any, method: str, event: EventDict) -> bytes:
    try:
        line = orjson.dumps(event, option=orjson.OPT_UTC_Z)
    except TypeError:  # lone surrogates, numbers of more than 64 bits
        line = b"\xff"
    if not line.isascii():  # escaped, as a terminal may act on C1 controls and direction marks
        line = json.dumps(event, default=str).encode()
    return line.replace(b"\x7f", b"\\u007f")


def _text(logger: Any, method: str, event: EventDict) -> bytes:
    head = f"{event.pop('timestamp')} {event.pop('level'):<7} ".encode()
    name = event.pop("event")
    rest = b" ".join(key.encode() + b"=" + _json(logger, method, value) for key, value in event.items())
    return head + _json(logger, method, name).strip(b'"') + b" " + rest


def _within_budget(logger: Any, method: str, line: bytes) -> bytes:
    left = _left.get()
    if left is not None:
        left[0] -= len(line)
        if left[0] < 0:
            raise structlog.DropEvent
    return line


class _Output:
    """Where the lines end. A full disk or a closed pipe costs the line, not the request it tells of."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def msg(self, line: bytes) -> None:
        """Write one line."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(line + b"\n")
            self._stream.flush()

    debug = info = warning = error = critical = exception = msg


class _Lines:
    """How lines are written at present."""

    def __init__(self, level: int, render: Callable[[Any, str, EventDict], bytes], stream: BinaryIO) -> None:
        self.level = level
        self.render = render
        self.output = _Output(stream)


_lines: _Lines | None = None  # until `configure_logging`


def write_request(level: int, facts: EventDict) -> None:
    """The line of a request, always written whatever the budget. No fact may be a caller's own text.

    It goes past structlog, whose pipe costs four times what the line itself does, on every request.
    """
    if _lines is not None and level >= _lines.level:
        facts["timestamp"] = datetime.now(UTC)
        facts["level"] = _LEVELS[level]
        facts["event"] = "request"
        _lines.output.msg(_lines.render(None, "", facts))


@lru_cache(maxsize=1024)
def loggable_name(text: str) -> str | None:
    """The name of an operation as it may be logged: `None` for what is no short name, or looks like a secret."""
    return text if _NAME.fullmatch(text) and not _SECRET_TEXT.search(text) else None


class _FromLibraries(logging.Handler):
    """Hands the records of the standard library's logging to the same pipe."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception:  # arguments that do not fit; the library's own report would show them
            message = "unreadable log record"
        if record.name == "asyncio":  # its further lines show the repr of a task with its exception
            message = message.partition("\n")[0]
        elif "Traceback (most recent call last)" in message:  # the end of one says what happened
            message = message.rstrip().rpartition("\n")[2]
        structlog.get_logger().log(record.levelno, message, logger=record.name, exc_info=record.exc_info)


def configure_logging(settings: Settings, stream: BinaryIO | None = None) -> None:
    """Set up both structlog and the standard library's logging, for the whole process. Lines go to `stream`."""
    global _lines
    level = logging.getLevelNamesMapping()[settings.log_level]
    lines = _Lines(level, _json if settings.log_format == "json" else _text, stream or sys.stderr.buffer)
    _lines = lines
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            exceptions_told,
            redacted,
            lines.render,
            _within_budget,  # type: ignore[list-item]  # takes the rendered line, as the last processor may
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *names: lines.output,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_FromLibraries()]
    root.setLevel(max(level, logging.WARNING))  # below, libraries log statements with their values
    logging.getLogger("gateway").setLevel(level)
    logging.getLogger("uvicorn.error").setLevel(level)
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("strawberry.execution").disabled = True  # logs rejected input, secrets included
