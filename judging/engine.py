"""Which steps there are, in what order they come, and the making of what is asked for.

Not here: what a step does (step.py, written.py).
"""

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from judging.step import Connection, Made, Step, of_model
from judging.written import written
from sql.models import in_order, models


class BrokenGrainError(ValueError):
    """A table has two rows of one key, so what rests on it could be said twice; the message names the table."""


@functools.cache
def steps() -> Mapping[str, Step]:
    """Return every step by the name of its table."""
    listed = [*map(of_model, models().values()), *written()]
    return MappingProxyType({step.name: step for step in listed})


def judge(
    connection: Connection, wanted: Iterable[str], *, instead: Iterable[Step] = (), given: Iterable[str] = ()
) -> dict[str, Made]:
    """Make tables and all that they rest on, each after what it reads.

    Args:
        connection: holds the tables that no step makes, and those that are given; no schema need be there.
        wanted: qualified names of tables.
        instead: steps that take the place of ours of the same name, or add to them.
        given: tables that are there already, although a step could make them.

    Returns:
        What came of each step, in the order of making.

    Raises:
        BrokenGrainError: a table has two rows of one key.
        duckdb.CatalogException: a table that no step makes is not there.
    """
    known = {**steps(), **{step.name: step for step in instead}}
    for name in given:
        known.pop(name, None)
    made: dict[str, Made] = {}
    for step in in_order(_lineage(known, wanted)):
        made[step.name] = found = step.make(connection)
        if found.keys is not None and found.keys != found.rows:
            raise BrokenGrainError(
                f"{step.name}: {found.rows} rows have only {found.keys} keys of its grain."
            )
    return made


def _lineage(known: Mapping[str, Step], wanted: Iterable[str]) -> dict[str, Step]:
    """Return the wanted steps and those that they rest on."""
    found: dict[str, Step] = {}
    waiting = list(wanted)
    while waiting:
        step = known.get(waiting.pop())
        if step is not None and step.name not in found:
            found[step.name] = step
            waiting.extend(step.reads)
    return found
