"""`audit.export` shows what the ledger knows, from a work table with the ledger's own columns."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from exports.rejects import NOTE
from ledger.export import Export, ExportedFile, exports, record_export
from ledger.store import Ledger
from sql.models import ROOT, build, read_model


def rows_and_keys(delivered: pl.DataFrame) -> tuple[int, int]:
    """Rows and different keys of `audit.export` over the ledger's table."""
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA ledger")
        connection.register("delivered", delivered)
        connection.execute("CREATE TABLE ledger.export AS SELECT * FROM delivered")
        return build(connection, read_model(ROOT / "audit" / "export.sql"))


def test_notes_of_one_name_for_several_departments_do_not_end_the_next_night(tmp_path: Path) -> None:
    notes = tuple(ExportedFile(source, NOTE, "aa", 0) for source in ("marriages", "vehicles"))
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        record_export(ledger, Export("rejects", date(2021, 12, 31), "restricted", "clerk", notes))
        assert rows_and_keys(exports(ledger, ledger.sequence())) == (2, 2)


def test_tomorrows_audit_shows_todays_export(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        empty = exports(ledger, 0)
        file = ExportedFile("L1", "一.xlsx", "aa", 3)
        record_export(ledger, Export("spot_check", date(2021, 12, 31), "restricted", "clerk", (file,)))
        full = exports(ledger, ledger.sequence())
    model = read_model(ROOT / "audit" / "export.sql")
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA ledger")
        for delivered, count in ((empty, 0), (full, 1)):
            connection.register("delivered", delivered)
            connection.execute("CREATE OR REPLACE TABLE ledger.export AS SELECT * FROM delivered")
            assert build(connection, model) == (count, count)
        columns = {name: kind for name, kind, *_ in connection.execute("DESCRIBE audit.export").fetchall()}
    assert columns["night"] == "DATE"
    assert columns["seq"] == "BIGINT"
    assert columns["exported_at"] == "TIMESTAMP"
