"""The comment of every published table and column, from the one place that says what it means.

A model's header, a contract's fields, or the common meanings (sql/columns.yaml). Not here: the meanings.
"""

from collections.abc import Iterator, Mapping

import duckdb

from sources import CONTRACTS, Contract
from sql.columns import comment
from sql.models import models

BY_HAND: Mapping[str, str] = {
    "core.division": "One row per division of the place, province to village, as the landing area's reference says.",
    "core.link_evidence": "One row per distinct identity, candidate and field: the level of agreement and its weight.",
    "core.person_event": "One row per event in the life of a person id.",
    "core.person_same_as": "One row per pair of people suspected to be one.",
    "out.finding": "One row per rule that fired for a household or person, with its explanation.",
    "out.rule": "One row per rule of the catalogue.",
    "audit.step": "One row per step of the night, with its seconds.",
    "audit.run": "One row: what this night was a function of, and the digest of its results.",
}


def comments_of(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Iterator[str]:
    """Yield the statements that comment ``published.<schema>.<table>``."""
    name = f"{schema}.{table}"
    description, own = _meaning(schema, table)
    yield f"COMMENT ON TABLE published.{name} IS {_quoted(description)}"
    columns = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database()"
        " AND schema_name = $schema AND table_name = $table ORDER BY column_index",
        {"schema": schema, "table": table},
    ).fetchall()
    for (column,) in columns:
        text = (
            own.get(column)
            if schema == "core" and table in CONTRACTS and column in own
            else comment(column, own)
        )
        yield f'COMMENT ON COLUMN published.{name}."{column}" IS {_quoted(text or "")}'


def _meaning(schema: str, table: str) -> tuple[str, Mapping[str, str]]:
    """Return a table's description and its own column meanings."""
    model = models().get(f"{schema}.{table}")
    if model is not None:
        return model.description, model.columns
    if schema == "core" and table in CONTRACTS:
        return CONTRACTS[table].grain, _of_contract(CONTRACTS[table])
    return BY_HAND[f"{schema}.{table}"], {}


def _of_contract(contract: Contract) -> dict[str, str]:
    """Return a contract's column meanings: Chinese title, then the meaning."""
    return {column.name: f"{column.title_zh}: {column.meaning}" for column in contract.columns}


def _quoted(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
