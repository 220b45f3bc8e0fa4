"""Which mutants a case notices.

Here belongs the way from a broken model or figure to the cases that no longer hold: everything that reads it is built
anew inside a transaction, which is then rolled back. Not here: what is broken (tests/rules/mutants.py).
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import duckdb

from sql.models import SqlModel, in_order, lineage
from tests.rules.judging import broken
from tests.rules.mutants import Mutant
from tests.rules.place import all_cases, kind_of
from tests.rules.running import run_all

Row = dict[str, Any]
Kind = tuple[date, tuple[str, ...]]
LAST = "rule.lowered_ground"
SAID = (LAST, "fact.missing_source", "fact.unasked_source")
PLACES: dict[Kind, duckdb.DuckDBPyConnection] = {}


def cases_of(kind: Kind) -> list[Row]:
    """Return the cases of one night and freshness."""
    return [case for case in all_cases() if kind_of(case) == kind]


def kinds() -> list[Kind]:
    """Return every night and freshness, that of most cases first."""
    found = {kind_of(case) for case in all_cases()}
    return sorted(found, key=lambda kind: (-len(cases_of(kind)), repr(kind)))


def place(kind: Kind) -> duckdb.DuckDBPyConnection:
    """Return the connection on which the cases of a night and freshness have been run with the models as they are."""
    if kind not in PLACES:
        PLACES[kind] = run_all(cases_of(kind), *kind)
    return PLACES[kind]


def state(con: duckdb.DuckDBPyConnection, table: str) -> Any:
    """Return what a table holds, as one number."""
    return con.execute(f"SELECT count(*), sum(hash(row)) FROM {table} AS row").fetchone()


@cache
def below() -> tuple[SqlModel, ...]:
    """Return the models that the grounds and what they could not use rest on, in order."""
    return tuple(in_order({model.name: model for name in SAID for model in lineage(name)}))


def onward(start: Iterable[str]) -> list[SqlModel]:
    """Return the models that read ``start``, directly or not, up to what is said, in order."""
    reached, found = set(start), []
    for model in below():
        if model.reads & reached and model.name not in reached and model.schema != "out":
            reached.add(model.name)
            found.append(model)
    return found


def spread(con: duckdb.DuckDBPyConnection, changed: set[str], readers: list[SqlModel]) -> bool:
    """Build the readers of what changed anew, as far as anything changes; return whether what is said did."""
    for model in readers:
        if model.reads & changed:
            before = state(con, model.name)
            con.execute(f"CREATE OR REPLACE TABLE {model.name} AS {model.query}")
            if state(con, model.name) != before:
                changed.add(model.name)
    return not changed.isdisjoint(SAID)


def notices(kind: Kind, mutant: Mutant, readers: list[SqlModel]) -> list[str]:
    """Return the cases of a kind that no longer hold under a mutant; a query that fails is noticed too."""
    con = place(kind)
    con.execute("BEGIN TRANSACTION")
    try:
        before = state(con, mutant.model)
        con.execute(f"CREATE OR REPLACE TABLE {mutant.model} AS {mutant.query}")
        if state(con, mutant.model) == before or not spread(con, {mutant.model}, readers):
            return []
        return broken(con, cases_of(kind))
    except duckdb.Error as error:
        return [f"no answer: {type(error).__name__}"]
    finally:
        con.execute("ROLLBACK")


def survivors(found: Iterable[Mutant]) -> list[Mutant]:
    """Return the mutants under which every case still holds."""
    left = []
    for mutant in found:
        readers = onward([mutant.model])
        if not any(notices(kind, mutant, readers) for kind in kinds()):
            left.append(mutant)
    return left


def noticed_by(table: str, change: str, readers: set[str]) -> set[str]:
    """Return the readers of which a case no longer holds with other figures (``change``: SQL on a table of policy)."""
    found: set[str] = set()
    for kind in kinds():
        if readers <= found:
            break
        con = place(kind)
        con.execute("BEGIN TRANSACTION")
        try:
            con.execute(change)
            if spread(con, {table}, onward([table])):
                found |= {case.split(":")[0] for case in broken(con, cases_of(kind))}
        finally:
            con.execute("ROLLBACK")
    return found & readers
