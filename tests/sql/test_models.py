"""Every model file keeps its promises, and a broken one is named."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from sql.columns import comment, meanings
from sql.connection import prepare
from sql.models import ModelError, in_order, models, read_model


def model_file(folder: Path, text: str) -> Path:
    path = folder / "core" / "table.sql"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_a_model_names_what_it_reads(tmp_path: Path) -> None:
    path = model_file(
        tmp_path,
        "/*\ndescription: d\ngrain: [a]\n*/\nWITH near AS (SELECT a FROM core.x) SELECT a FROM near JOIN raw.y USING (a)",
    )
    assert read_model(path).reads == {"core.x", "raw.y"}
    assert read_model(path).name == "core.table"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT 1 AS a", "open the file with"),
        ("/*\ndescription: d\n*/\nSELECT 1 AS a", "lacks grain"),
        ("/*\ndescription: d\ngrain: [a]\n*/\nSELECT FROM WHERE", "cannot parse"),
    ],
)
def test_a_broken_model_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        read_model(model_file(tmp_path, text))


def test_every_model_can_be_ordered() -> None:
    order = [model.name for model in in_order(models())]
    assert len(order) == len(models())
    for model in models().values():
        assert all(order.index(read) < order.index(model.name) for read in model.reads & set(order))


def test_no_published_model_selects_a_star() -> None:
    assert [name for name, model in models().items() if "SELECT *" in model.query] == []


def test_every_meaning_has_both_languages() -> None:
    assert all({"zh", "en"} <= set(meaning) for meaning in meanings().values())
    assert (
        comment("person_id", {})
        == "人员编号: our id of a person; opaque, stable from night to night, never reused"
    )


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(1941, 12, 31), date(2021, 12, 31), 80),
        (date(1942, 1, 1), date(2021, 12, 31), 79),
    ],
)
def test_ages_are_whole_years(birth: date, day: date, age: int) -> None:
    with duckdb.connect() as connection:
        prepare(connection, b"k" * 16)
        assert connection.execute("SELECT age_on($a, $b)", {"a": birth, "b": day}).fetchall() == [(age,)]


def test_months_are_calendar_months() -> None:
    with duckdb.connect() as connection:
        prepare(connection, b"k" * 16)
        query = "SELECT calendar_months(DATE '2021-11-30', DATE '2022-01-01')"
        assert connection.execute(query).fetchall() == [(2,)]
