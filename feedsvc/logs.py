"""Logs: one line an event with its fields, for people on a terminal, JSON anywhere else.

On a terminal only an exception takes more lines, below its event.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

_CHAIN: list[structlog.types.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.StackInfoRenderer(),
]


def configure_logs(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send everything that is logged to a stream (standard error), in the form that suits it."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_pretty() if stream.isatty() else _json())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _pretty() -> logging.Formatter:
    stamp = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_CHAIN, stamp, _on_one_line],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(pad_event_to=28, exception_formatter=structlog.dev.plain_traceback),
        ],
    )


def _json() -> logging.Formatter:
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_CHAIN, stamp, structlog.processors.format_exc_info],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )


def _on_one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Line ends and whatever else would steer a terminal as escapes; names of files and records come from outside."""
    own = ("exc_info", "exception", "stack")
    return {
        key: _escaped(value) if isinstance(value, str) and key not in own else value for key, value in event.items()
    }


def _escaped(text: str) -> str:
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)
