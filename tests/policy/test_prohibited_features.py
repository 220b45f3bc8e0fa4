"""No rule, score or sampling weight reads a prohibited feature (rules.md 1)."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

import sql
from policy import catalogue

FOLDER = Path(sql.__file__).parent
FEATURES = {*catalogue()["prohibited_features"].words, "religion", "place_of_origin", "native_place"}
# Passing the column on is no use of it; the fairness report may read it.
MAY_CARRY = {
    "core/person.sql",
    "core/household_registry.sql",
    "audit/link_quality.sql",
    "fairness/subject.sql",
}
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.sql"))


def features_read(query: str) -> set[str]:
    tree = sqlglot.parse_one(query, read="duckdb")
    return {column.name.lower() for column in tree.find_all(exp.Column)} & FEATURES


def test_the_check_sees_a_feature() -> None:
    assert features_read("SELECT CASE p.ethnicity WHEN 'x' THEN 1 END FROM core.person AS p") == {"ethnicity"}


@pytest.mark.parametrize("file", [file for file in FILES if file not in MAY_CARRY])
def test_no_model_reads_a_prohibited_feature(file: str) -> None:
    assert features_read((FOLDER / file).read_text(encoding="utf-8")) == set()


def test_the_spine_only_passes_it_on() -> None:
    tree = sqlglot.parse_one((FOLDER / "core/person.sql").read_text(encoding="utf-8"), read="duckdb")
    uses = [column for column in tree.find_all(exp.Column) if column.name in FEATURES]
    assert uses
    assert all(isinstance(column.parent, exp.Select) for column in uses)
