"""Which broken models the scenarios of the means test notice (tests/sql/core/scenarios).

Here belongs the way from a broken model to a scenario that no longer holds: what reads it is built anew inside a transaction,
which is then rolled back. Not here: what is broken, and whether a case of a rule notices (tests/rules).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import duckdb

from tests.rules.mutants import Mutant
from tests.sql.core.conftest import City, own_models
from tests.sql.core.test_scenarios import SCENARIOS, _city_of, _find, _group, _prefix


@cache
def built(group: tuple[Any, ...]) -> duckdb.DuckDBPyConnection:
    """Return the database of the scenarios of one night, with the models as they are."""
    return _city_of(City, group)


def holds(connection: duckdb.DuckDBPyConnection, group: tuple[Any, ...]) -> bool:
    """Return whether every scenario of a group finds its rows, and none that must be absent."""
    return all(
        (len(_find(connection, table, row, _prefix(scenario))) == 1) is present
        for scenario in SCENARIOS
        if _group(scenario) == group
        for present, tables in ((True, scenario.get("expect", {})), (False, scenario.get("absent", {})))
        for table, rows in tables.items()
        for row in rows
    )


def survives(mutant: Mutant) -> bool:
    """Return whether no scenario notices a mutant; a query that fails is noticed."""
    return all(_survives(mutant, group) for group in {_group(scenario) for scenario in SCENARIOS})


def _survives(mutant: Mutant, group: tuple[Any, ...]) -> bool:
    connection = built(group)
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(f"CREATE OR REPLACE TABLE {mutant.model} AS {mutant.query}")
        reached = {mutant.model}
        for model in own_models():
            if model.reads & reached and model.name not in reached:
                reached.add(model.name)
                connection.execute(f"CREATE OR REPLACE TABLE {model.name} AS {model.query}")
        return holds(connection, group)
    except duckdb.Error:
        return False
    finally:
        connection.execute("ROLLBACK")


def survivors(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Return the mutants that no scenario notices."""
    return [mutant for mutant in mutants if survives(mutant)]
