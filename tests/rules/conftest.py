"""Every case of one night and freshness lives in one made place, so that the models run once for all of them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.rules.noticing import PLACES, place
from tests.rules.place import NIGHT, Row, all_cases, kind_of
from tests.rules.running import run_all

if TYPE_CHECKING:
    from datetime import date


@pytest.fixture(scope="session")
def every_case() -> tuple[Row, ...]:
    """Every case of every rule's file."""
    return all_cases()


@pytest.fixture(scope="session")
def run_cases() -> Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]:
    """Return a runner of changed cases on the usual night."""
    return lambda cases, stale: run_all(cases, NIGHT, stale)


@pytest.fixture(scope="session")
def place_of() -> Iterator[Callable[[Row], duckdb.DuckDBPyConnection]]:
    """Return the connection on which a case has been run, with all cases of its night and freshness."""
    failed: dict[tuple[date, tuple[str, ...]], str] = {}

    def of(case: Row) -> duckdb.DuckDBPyConnection:
        kind = kind_of(case)
        if kind in failed:
            pytest.fail(failed[kind])
        try:
            return place(kind)
        except Exception as error:
            failed[kind] = f"{type(error).__name__}: {error}"
            raise

    yield of
    for connection in PLACES.values():
        connection.close()
    PLACES.clear()
