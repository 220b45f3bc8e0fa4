"""The two results that SQL alone cannot make: the catalogue of rules, and findings with their sentences.

Not here: what fired (sql/rule), how a sentence is made (findings/explain.py).
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from findings.catalogue import rule_table, rules
from findings.explain import published
from judging.step import Connection, Made, Step
from sql.frames import frame, store

STANDING: Final = "SELECT * FROM held.standing ORDER BY finding_id"


def written() -> Iterable[Step]:
    """Yield the steps."""
    yield Step("out.rule", frozenset({"policy.figure"}), _rule)
    yield Step("out.finding", frozenset({"held.standing"}), _finding)


def _rule(connection: Connection) -> Made:
    """Write the catalogue of rules that this night runs."""
    return Made(_stored(connection, "out.rule", rule_table(rules())))


def _finding(connection: Connection) -> Made:
    """Write every finding that stands, with what a clerk could read aloud."""
    rows = published(frame(connection, STANDING), rules())
    unexplained = rows.filter((rows["explanation_zh"] == "") | (rows["green_if_zh"] == "")).height
    return Made(_stored(connection, "out.finding", rows), unexplained=unexplained)


def _stored(connection: Connection, table: str, rows: pl.DataFrame) -> int:
    connection.execute("CREATE SCHEMA IF NOT EXISTS out")
    return store(connection, table, rows)
