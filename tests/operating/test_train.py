"""`hedui train` on a published database of made people: a file that a night takes, the same bytes every time."""

import json
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

import matching
from assets.kept_spine import READ
from assets.seats import identity_columns
from pipelines.cli import app
from sources import CONTRACTS
from tests.matching.made import REGISTRY, registry

RUN = CliRunner()
DATES = {"birth_date", "status_date"}


def columns(source: str) -> dict[str, pl.DataType]:
    """Columns of a source that training reads."""
    contract = CONTRACTS[source]
    named = {
        name: pl.String() for seat in contract.seats for name in identity_columns(contract, seat).values()
    }
    return named | {name: pl.Date() if name in DATES else pl.String() for name in READ.get(source, ())}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with one published night: 300 people, each insured, one name in six written otherwise."""
    people = registry().select(pl.exclude("identity_id"))
    slips = pl.when(pl.int_range(pl.len()) % 6 == 0).then(pl.col("name").str.head(1) + "芳").otherwise("name")
    rows = {"household_registry": people, "social_insurance": people.select("id_number_raw", name=slips)}
    file = tmp_path / "w" / "published" / "restricted" / "2021-12-31.duckdb"
    file.parent.mkdir(parents=True)
    (file.parent / "current.duckdb").symlink_to(file.name)
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE SCHEMA core")
        for source in CONTRACTS:
            empty = pl.DataFrame(schema=columns(source))
            given = pl.concat([empty, rows[source]], how="diagonal_relaxed") if source in rows else empty
            connection.register("given", given)
            connection.execute(f"CREATE TABLE core.{source} AS SELECT * FROM given")
            connection.unregister("given")
    assert set(REGISTRY) - {"identity_id"} <= set(people.columns)
    return tmp_path / "w"


def test_a_model_is_learned_and_the_same_night_gives_the_same_bytes(warehouse: Path, tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "other.yaml"]
    for file in files:
        told = RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(file)])
        assert told.exit_code == 0, told.output
    assert files[0].read_bytes() == files[1].read_bytes()
    model = matching.parse(files[0].read_text(encoding="utf-8"))
    summary = json.loads(told.stdout.splitlines()[-1])
    assert summary["version"] == model.version and summary["digest"] == model.digest()
    assert summary["people"] == 300 and summary["night"] == "2021-12-31"
    assert model.expected is not None and model.expected["number"] == {"same": 1.0}
    assert model.comparisons != matching.shipped().comparisons and model.names
    assert "would be decided otherwise" in told.stderr


def test_nothing_personal_is_written_or_said(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    told = RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(file)])
    people = registry()
    text = file.read_text(encoding="utf-8") + told.output
    assert not [name for name in people["name"].to_list() if name in text]
    assert not [number for number in people["id_number_raw"].to_list() if number in text]


def test_training_goes_on_from_a_trained_model(warehouse: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(first)])
    told = RUN.invoke(
        app, ["train", "--warehouse", str(warehouse), "--out", str(second), "--model", str(first)]
    )
    assert told.exit_code == 0, told.output
    version = matching.parse(first.read_text(encoding="utf-8")).version
    assert f"beginning from model {version}" in second.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--night", "2020-01-01"], "no published night of 2020-01-01"),
        (["--model", "no-such-file"], "cannot be read"),
        (["--out", "no-such-folder/model.yaml"], "Name another file"),
    ],
)
def test_wrong_arguments_end_with_2(warehouse: Path, tmp_path: Path, options: list[str], says: str) -> None:
    given = ["train", "--warehouse", str(warehouse), "--out", str(tmp_path / "model.yaml"), *options]
    told = RUN.invoke(app, given)
    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())
