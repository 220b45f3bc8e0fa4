"""People nobody could overlook, planted in a city's deliveries, leave no trace in what is told of a night.

Told are: what the command prints, Dagster's records, manifest and notice, names of files, `hedui check`, rows sent back,
and the failures of a night. The analyst file: test_canary.py.
"""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

import judging.step
import pipelines.run
from assets.timing import StepError, timed
from pipelines.commands import app
from sql.models import SqlModel
from tests.night.canaries import BIRD, Person, traces
from tests.night.conftest import NIGHT, Canary, night_of

GIVEN = ["--layout", "jiangsu", "--place", "rugao", "--night", str(NIGHT)]


def test_the_canaries_are_there_to_be_found(canary: Canary) -> None:
    """Looking finds them where they may be: in the restricted file's pages and in what was delivered."""
    assert BIRD in traces(Path(canary.ended.summary["database"]).read_bytes())
    delivered = [traces(path.read_bytes()) for path in canary.landing.rglob("*") if path.suffix == ".csv"]
    assert sum(BIRD in found for found in delivered) > 5
    assert canary.ended.summary["snapshots_refused"] > 3


def test_what_the_command_prints(canary: Canary, chosen: dict[str, Person]) -> None:
    assert len(canary.ended.told.splitlines()) > 150  # a line a step
    assert traces(canary.ended.out + canary.ended.told, chosen) == []


def test_dagsters_storage(canary: Canary, chosen: dict[str, Person]) -> None:
    files = [path for path in canary.dagster.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 1_000_000
    events = b"".join(path.read_bytes() for path in files)
    assert b"link.person" in events and b"dagster/row_count" in events
    assert [path.name for path in files if traces(path.read_bytes(), chosen)] == []


def test_manifest_and_notice(canary: Canary, chosen: dict[str, Person]) -> None:
    (manifest,) = (canary.warehouse / "published" / "manifest").iterdir()
    notice = canary.notice.read_bytes()
    assert "拒收" in json.loads(notice)["to_do"]
    assert traces(manifest.read_bytes() + notice, chosen) == []


def test_names_of_files(canary: Canary, chosen: dict[str, Person]) -> None:
    names = "\n".join(str(path.relative_to(canary.warehouse)) for path in canary.warehouse.rglob("*"))
    assert names.count("cache/") > 50
    assert traces(names, chosen) == []


@pytest.mark.parametrize("form", [["--advice"], ["--json"]])
def test_hedui_check(canary: Canary, chosen: dict[str, Person], form: list[str]) -> None:
    told = CliRunner().invoke(app, ["check", "--landing", str(canary.landing), *GIVEN, *form])
    assert told.exit_code == 1 and "bank_accounts" in told.output
    assert traces(told.output, chosen) == []


def test_rows_sent_back(canary: Canary, chosen: dict[str, Person], tmp_path: Path) -> None:
    """The rows themselves go back to who delivered them; what the command says and the note beside them do not name them."""
    given = ["--night", NIGHT, "--warehouse", canary.warehouse, "--out", tmp_path / "out"]
    told = CliRunner().invoke(app, ["export", "rejects", *map(str, given)])
    assert told.exit_code == 0
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    notes = [path for path in files if path.name == "退回说明.txt"]
    rows = b"".join(path.read_bytes() for path in files if path not in notes)
    assert notes and BIRD in traces(rows)
    told_of_them = told.output + "\n".join(map(str, files))
    assert traces(told_of_them.encode() + b"".join(note.read_bytes() for note in notes), chosen) == []


@contextmanager
def heard(patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Everything that Dagster's events and the logs say meanwhile, causes and stacks of errors with them."""
    said = list[str]()
    why_failed = pipelines.run.why_failed

    def listening(events: list[dg.DagsterEvent]) -> str:
        said.extend(repr(event) for event in events)
        return why_failed(events)

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(logging.Formatter().format(record))

    listener = Listener(logging.DEBUG)
    with patch.context() as inner:
        inner.setattr("pipelines.run.why_failed", listening)
        logging.getLogger().addHandler(listener)
        try:
            yield said
        finally:
            logging.getLogger().removeHandler(listener)


def test_a_value_that_breaks_a_query(
    canary: Canary, chosen: dict[str, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, quoted = judging.step.build, list[str]()

    def breaking(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> tuple[int, int]:
        built = build(connection, model)
        if model.name == "core.case_member":
            try:
                connection.execute(
                    f"SELECT CAST(name AS INTEGER) FROM core.assistance_roll WHERE name LIKE '%{BIRD}'"
                )
            except duckdb.Error as error:
                quoted.append(str(error))
                raise
        return built

    shutil.copytree(canary.warehouse / "cache", tmp_path / "warehouse" / "cache")
    monkeypatch.setattr("judging.step.build", breaking)
    monkeypatch.setenv("HEDUI_NOTICE_COMMAND", f"tee '{tmp_path / 'notice.json'}'")
    with heard(monkeypatch) as said:
        outcome = night_of(canary.landing, tmp_path / "warehouse")
    assert BIRD in traces("".join(quoted)) and not outcome.published
    assert "core.case_member: ConversionException" in outcome.why
    assert "core.case_member" in (notice := (tmp_path / "notice.json").read_text(encoding="utf-8"))
    assert any("STEP_FAILURE" in event for event in said)
    assert traces("\n".join([outcome.why, notice, *said]), chosen) == []


def broken_query() -> None:
    duckdb.sql(f"SELECT CAST(name AS DATE) FROM (VALUES ('王{BIRD}')) AS t(name)").fetchall()


def broken_frame() -> None:
    pl.DataFrame({"name": [f"王{BIRD}"]}).select(pl.col("name").str.to_date("%Y"))


def broken_column() -> None:
    pl.DataFrame({"name": [1]}).select(f"王{BIRD}")


def broken_python() -> None:
    try:
        int(f"王{BIRD}")
    except ValueError as error:
        raise KeyError(f"王{BIRD}") from error


def broken_while_another_is_told() -> None:
    try:
        broken_query()
    except duckdb.Error:
        broken_frame()


@pytest.mark.parametrize(
    "broken", [broken_query, broken_frame, broken_column, broken_python, broken_while_another_is_told]
)
def test_what_a_library_says_of_a_value_stays_in_its_step(broken: object) -> None:
    """In what is raised, and in what Dagster keeps of it."""
    night = SimpleNamespace(seconds={}, say=lambda _: None)

    @dg.asset
    def table() -> None:
        with timed(night, "core.table"):  # type: ignore[arg-type]
            broken()  # type: ignore[operator]

    with pytest.raises(Exception) as raised:
        broken()  # type: ignore[operator]
    assert BIRD in traces(str(raised.value))
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([table], instance=instance, raise_on_error=False)
        kept = "\n".join(repr(entry) for entry in instance.all_logs(result.run_id))
    assert not result.success and StepError.__name__ in kept and "withheld" in kept
    assert traces(kept) == []
