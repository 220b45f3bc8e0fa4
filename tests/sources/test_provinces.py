"""Every bundled layout: it maps every code, and what a made city delivers in it becomes what is true of the city."""

import polars as pl
import pytest

from sources import CONTRACTS, Layout, load_layout
from sources.layout_files import known_layouts
from synth import City, make_city
from tests.sources.collecting import taken

LAYOUTS = known_layouts()
PLACES = [(layout, source) for layout in LAYOUTS for source in CONTRACTS]


@pytest.fixture(scope="module", params=LAYOUTS)
def delivered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[City, Layout]:
    """A small city in every layout: the same people, the same rows."""
    folder = tmp_path_factory.mktemp(request.param)
    return make_city(folder, 600, 4, plants=1, delivered_as=request.param), load_layout(request.param)


@pytest.mark.parametrize(("layout", "source"), PLACES)
def test_every_code_of_the_contract_can_be_delivered(layout: str, source: str) -> None:
    form = load_layout(layout)[source]
    assert form is not None
    for column in CONTRACTS[source].columns:
        said = [c for shape in form.files for c in shape.columns if c.to == column.name]
        words = {word for c in said for word in c.codes.values()} | {
            c.value for c in said if c.value is not None
        }
        assert not column.codes or words == set(column.codes), column.name


def test_two_departments_of_one_province_may_count_relations_differently() -> None:
    layout = load_layout("anhui")
    codes = []
    for source in ("assistance_roll", "household_registry"):
        form = layout[source]
        assert form is not None
        codes.append(next(column.codes for column in form.files[0].columns if column.to == "relation"))
    roll, registry = codes
    assert roll["0"] == registry["1"] == "01"
    assert roll["1"] == registry["2"] == "10"


@pytest.mark.parametrize("source", CONTRACTS)
def test_what_is_taken_in_is_what_is_true(delivered: tuple[City, Layout], source: str) -> None:
    city, layout = delivered
    contract = CONTRACTS[source]
    intake, rows = taken(city.landing, source, layout[source])
    told = pl.read_parquet(city.truth / "snapshots.parquet").filter(
        pl.col("source") == source, pl.col("used")
    )
    used = intake.files.filter(pl.col("refused_why").is_null())
    assert sorted(used["file"]) == sorted(told["file"])
    assert used["rows_delivered"].sum() == told["rows"].sum() == city.rows[source]
    true = pl.read_parquet(city.truth / "canonical" / f"{source}.parquet")
    both = true.join(rows, on="record_no", how="left", suffix="_taken")
    for column in contract.columns:
        if column.kind == "raw" or column.name == "record_no":
            continue
        expected = both[column.name]
        if expected.dtype == pl.Float64:
            expected = expected.round(2).cast(pl.String).cast(column.dtype)
        found = both[f"{column.name}_taken"]
        assert found.equals(expected.cast(found.dtype).alias(found.name)), (source, column.name)


@pytest.mark.parametrize("source", CONTRACTS)
def test_what_is_broken_goes_where_the_truth_says(delivered: tuple[City, Layout], source: str) -> None:
    city, layout = delivered
    intake, _ = taken(city.landing, source, layout[source])
    expected = pl.read_parquet(city.truth / "quarantine_expected.parquet").filter(pl.col("source") == source)
    counted = expected.group_by("file", "reason", "column").agg(pl.col("rows").sum())
    used = intake.files.filter(pl.col("refused_why").is_null())["file"]
    found = intake.quarantine.filter(pl.col("file").is_in(used.implode()))
    got = found.group_by("file", "reason", pl.col("column_name").alias("column")).agg(
        rows=pl.len().cast(pl.Int64)
    )
    assert sorted(got.rows(), key=str) == sorted(counted.rows(), key=str)
    refused = pl.read_parquet(city.truth / "cells_refused_expected.parquet").filter(
        pl.col("source") == source
    )
    cells = intake.cells_refused.select("column_name", pl.col("n"))
    assert sorted(cells.rows()) == sorted(refused.select("column", "rows").rows())
