"""One step of judging: a table, what it reads, and how it is made on a connection.

Not here: which steps there are and in what order they come (engine.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import duckdb

from sql.models import SqlModel, build

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a step.

    Attributes:
        rows: of the table.
        keys: distinct keys of its grain; fewer than rows is a broken promise. None where the step promises no grain.
        unexplained: findings that lack a sentence; None of any other table.
    """

    rows: int
    keys: int | None = None
    unexplained: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A table of the work file and how it is made.

    Attributes:
        name: the table, qualified.
        reads: the tables that it rests on.
        make: makes it of them, anew where it is there already.
        model: the query, where one SELECT makes it.
    """

    name: str
    reads: frozenset[str]
    make: Callable[[Connection], Made]
    model: SqlModel | None = None


def of_model(model: SqlModel) -> Step:
    """Return the step that one SELECT makes."""
    return Step(model.name, model.reads, partial(_built, model), model)


def _built(model: SqlModel, connection: Connection) -> Made:
    rows, keys = build(connection, model)
    return Made(rows, keys)
