"""What the store asks of a database, and how it hands rows over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    Connection,
    Dialect,
    Row,
    Select,
    Table,
    TextClause,
    UpdateBase,
    bindparam,
    insert,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

_Item = TypeVar("_Item")
_Asking = Select[Any]


class _Texts(FunctionElement[Any]):
    """The texts of a JSON array, as rows with one column, `value`."""

    inherit_cache = True


@compiles(_Texts, "sqlite")
def _texts_of_sqlite(element: _Texts, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Texts, "postgresql")
def _texts_of_postgresql(element: _Texts, compiler: Any, **kw: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS json))"


class Bytewise(FunctionElement[str]):
    """A text column as something to order by: by its bytes, in every database and under every locale."""

    inherit_cache = True


@compiles(Bytewise, "sqlite")
def _bytewise_in_sqlite(element: Bytewise, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(Bytewise, "postgresql")
def _bytewise_in_postgresql(element: Bytewise, compiler: Any, **kw: Any) -> str:
    return f'{compiler.process(element.clauses, **kw)} COLLATE "C"'


def texts_of(parameter: str) -> Select[tuple[Any]]:
    """The items of an `IN`, given as a JSON array in one parameter of that name."""
    return select(_Texts(bindparam(parameter)).table_valued("value").c.value)


THESE = texts_of("these")
"""The items of an `IN`; see `asked`. One parameter for all: with one for each, there would be a statement a number."""

_ASKED_AT_ONCE = 500
_LONGEST_KEY = 1000
_MOST_BYTES = 2000
"""Of a key: PostgreSQL has 2704 for a row of an index, and other columns stand in it, too."""


class Database(Protocol):
    """Transactions, and nothing else. Safe to call from many threads; opened after a fork, never before it."""

    name: str
    """What an operator knows it by."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A snapshot in which nothing can be written. Every database error becomes a StoreError."""

    def asking(self) -> AbstractContextManager[Connection]:
        """For one statement that reads, which is a snapshot by itself. Every database error becomes a StoreError."""

    def writing(self) -> AbstractContextManager[Connection]:
        """The only write transaction at the time: whole at the end of the block, or not at all on any error."""

    def claiming(self) -> AbstractContextManager[Connection]:
        """The only transaction at the time that claims sources; others may write meanwhile."""

    def settle(self) -> None:
        """Called once the schema is known to be ours and current."""

    def shrink(self, most: int) -> int:
        """Give pages that nothing is written on back to the disk, so many at most; how many, 0 for no more to give."""

    def close(self) -> None:
        """Give every connection back."""


def portions(items: Iterable[_Item]) -> Iterator[Sequence[_Item]]:
    """The items in lists short enough for one `IN`."""
    rest = iter(items)
    while portion := list(islice(rest, _ASKED_AT_ONCE)):
        yield portion


def asked(connection: Connection, statement: _Asking, items: Iterable[object], **more: object) -> Iterator[Row[Any]]:
    """The rows of a statement that has `THESE` for the items, in portions; `more` are its other parameters.

    A statement that is made once is compiled once.
    """
    for portion in portions(items):
        yield from connection.execute(statement, {"these": json.dumps(portion), **more}).all()


def read(connection: Connection, statement: _Asking, values: dict[str, Any]) -> Sequence[Any]:
    """The rows of a statement for these values in the place of its own, both as the database holds them.

    A statement that is made once is compiled once.
    """
    text, values_of = _reading(statement, tuple(values), connection.dialect)
    return connection.exec_driver_sql(text, values_of(values)).all()


def write(connection: Connection, statement: UpdateBase | TextClause, rows: Sequence[dict[str, Any]]) -> None:
    """Execute for rows that all have the names of the first; nothing for none. See `append`.

    A statement that is made once is compiled once.
    """
    if rows:
        text, values_of = _writing(statement, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(text, list(map(values_of, rows)))


def append(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the columns of the first; nothing for none.

    What SQLAlchemy does anew for each row of many, where there is nothing to convert, is done once for the table.
    """
    if rows:
        write(connection, _insertion(table), rows)


@lru_cache(maxsize=64)
def _insertion(table: Table) -> UpdateBase:
    return insert(table)


@lru_cache(maxsize=128)
def _writing(
    statement: UpdateBase | TextClause, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, Callable[[Any], Any]]:
    """A statement in the database's own words, and what gives its values of a row: as they are where they have names.

    Some values are the statement's own.
    """
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    return _written(str(compiled), compiled.params, compiled.positiontup, names)


@lru_cache(maxsize=128)
def _reading(statement: _Asking, names: tuple[str, ...], dialect: Dialect) -> tuple[str, Callable[[Any], Any]]:
    """The same of a statement that reads, which has a value for each of its parameters."""
    compiled: Any = statement.compile(dialect=dialect)
    there = compiled.construct_expanded_state()
    return _written(there.statement, there.parameters, there.positiontup, names)


def _written(
    text: str, values: dict[str, Any], places: Sequence[str] | None, names: tuple[str, ...]
) -> tuple[str, Callable[[Any], Any]]:
    own = {name: value for name, value in values.items() if name not in names}
    if places is None:
        return text, own.__or__
    values_of = itemgetter(*places) if len(places) > 1 else lambda row: tuple(row[place] for place in places)
    return text, (lambda row: values_of(own | row)) if own else values_of


def take_time(connection: Connection) -> None:
    """Let this transaction take as long as it needs: it is one that rewrites everything."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def storable(text: str) -> str:
    """The text with what no database holds written as an escape: NUL, and what UTF-8 cannot tell (odd file names)."""
    text = text.replace("\0", "\\x00") if "\0" in text else text
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def record_key(key: str) -> str:
    """The key as it is stored; one too long for an index is told by its hash."""
    text = storable(key)
    if len(text) <= _LONGEST_KEY and len(text.encode()) <= _MOST_BYTES:
        return text
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
