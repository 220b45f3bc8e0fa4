"""A small reading of rules.md, on the truth's own tables: what a product with perfect links would find.

Only what made cities plant or must keep out of their base; written for the tests of synth alone and from the
specification, with nothing of the product. Subjects are pids; household rules give their case number.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

HERE = Path(__file__).parent


def findings(truth: Path, night: str) -> set[tuple[str, str | None, int | None, str | None]]:
    """Runs the oracle: (rule, case_no or null, pid or null, severity) of everything that fires."""
    con = duckdb.connect()
    con.execute("SET threads = 2")
    for file in sorted((truth / "canonical").glob("*.parquet")):
        con.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file}')")
    for table in ("persons", "links"):
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{truth / f'{table}.parquet'}')")
    con.execute("SET VARIABLE night = $1::DATE", [night])
    for part in ("oracle.sql", "exclusions.sql", "omissions.sql"):
        con.execute((HERE / part).read_text(encoding="utf-8"))
    rows = con.execute("SELECT rule_id, case_no, pid, severity FROM found").fetchall()
    con.close()
    return set(rows)
