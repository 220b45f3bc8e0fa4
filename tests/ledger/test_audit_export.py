"""`audit.export` shows what the ledger knows, from a work table with the ledger's own columns."""

from datetime import date
from pathlib import Path

import duckdb

from ledger.export import Export, ExportedFile, exports, record_export
from ledger.store import Ledger
from sql.models import ROOT, build, read_model


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
