"""`hedui train` on a published database of made people: a file that a night takes, the same bytes every time."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

import matching
from ledger import Ledger, LinkDecision, record_link_decisions
from linking.seats import SPINE_READS, identity_columns, link_column
from pipelines.commands import app
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
    for seat in contract.seats:
        named |= {link_column(seat, name): pl.String() for name in ("identity_id", "person_id")}
    return named | {name: pl.Date() if name in DATES else pl.String() for name in SPINE_READS.get(source, ())}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with one published night: 300 people, each insured, one name in six written otherwise."""
    people = registry().select(pl.exclude("identity_id"))
    slips = pl.when(pl.int_range(pl.len()) % 6 == 0).then(pl.col("name").str.head(1) + "芳").otherwise("name")
    known = people.with_columns(person_id=pl.lit("P") + pl.col("record_no"))
    identity = pl.lit("I") + pl.col("record_no")
    insured = people.select("id_number_raw", name=slips, identity_id=identity)
    rows = {"household_registry": known, "social_insurance": insured}
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
    assert model.comparisons != matching.shipped().comparisons
    assert model.names is None  # of 300 people no given name has five bearers
    assert "would be decided otherwise" in told.stderr


def test_nothing_personal_is_written_or_said(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    told = RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(file)])
    people = registry()
    text = file.read_text(encoding="utf-8") + told.output
    assert not [name for name in people["name"].to_list() if name in text]
    assert not [number for number in people["id_number_raw"].to_list() if number in text]


def test_decisions_of_clerks_are_read_from_the_ledger(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    bare = RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(file)])
    when = datetime(2022, 1, 1, tzinfo=UTC)
    decisions = [
        LinkDecision("identity", f"PHJ{i:06d}", verdict, "张", when, date(2021, 12, 31), f"IHJ{i:06d}")
        for i, verdict in ((0, "different"), (6, "same"), (12, "cannot_tell"), (999, "same"))
    ]
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        record_link_decisions(book, decisions)
    told = RUN.invoke(app, ["train", "--warehouse", str(warehouse), "--out", str(file)])
    assert json.loads(bare.stdout.splitlines()[-1])["labels"] == 0
    summary = json.loads(told.stdout.splitlines()[-1])
    assert summary["labels"] == 2  # nobody is person 999, and who cannot tell settles nothing
    assert summary["digest"] != json.loads(bare.stdout.splitlines()[-1])["digest"]
    assert "2 decisions of clerks" in told.stderr


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
        (["--out", "no-such-folder/model.yaml"], "there is no folder"),
    ],
)
def test_wrong_arguments_end_with_2(warehouse: Path, tmp_path: Path, options: list[str], says: str) -> None:
    given = ["train", "--warehouse", str(warehouse), "--out", str(tmp_path / "model.yaml"), *options]
    told = RUN.invoke(app, given)
    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())
