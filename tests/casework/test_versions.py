"""A report, a review and a what-if of a night whose findings have no parts are refused with one sentence."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.commands import app
from tests.review.made import NIGHT, warehouse


@pytest.mark.parametrize("command", [["report", "--case", "X"], ["review", "export"], ["whatif"]])
def test_an_earlier_version_is_to_be_run_again(tmp_path: Path, command: list[str]) -> None:
    made = warehouse(tmp_path / "w")
    with duckdb.connect(str(made / "published" / "restricted" / f"{NIGHT}.duckdb")) as connection:
        connection.execute("ALTER TABLE out.finding DROP COLUMN explanation")
    told = CliRunner().invoke(app, [*command, "--warehouse", str(made)])
    assert told.exit_code == 2
    assert "earlier version of hedui" in told.stderr and "Run that night again" in told.stderr
    assert not (made / "exports").exists() and not (made / "ledger").exists()
