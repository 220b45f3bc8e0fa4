"""What an analyst finds on opening the file: views in Chinese, comments; an older client too."""

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import duckdb
import pytest

from sql.masks import MASKS
from tests.night.conftest import NIGHT

DOCS = Path(__file__).parents[2] / "docs" / "analysts.md"


@pytest.fixture(scope="module")
def analyst(database: Path) -> Path:
    return database.parents[1] / "analyst" / database.name


def one(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    ((value,),) = connection.execute(query).fetchall()
    return value


@pytest.mark.parametrize("audience", ["restricted", "analyst"])
def test_every_table_of_out_has_its_chinese_view(database: Path, audience: str) -> None:
    file = database.parents[1] / audience / "current.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'zh'"
        ).fetchall()
        out = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'out'"
        ).fetchall()
        assert len(views) == len(out)
        for name, comment in views:
            assert re.search("[一-鿿]", name)
            twin = str(comment).split(":")[0]
            found = connection.execute(f'SELECT * FROM zh."{name}"')
            headings = [column[0] for column in found.description]
            assert all(re.search("[一-鿿]", heading) for heading in headings), (name, headings)
            assert len(set(headings)) == len(headings)
            assert len(found.fetchall()) == one(connection, f"SELECT count(*) FROM {twin}")


def test_analysts_read_a_comment_on_every_column(analyst: Path) -> None:
    with duckdb.connect(str(analyst), read_only=True) as connection:
        bare = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = ''"
        ).fetchall()
        masked = one(
            connection,
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'person' AND column_name = 'birth_year'",
        )
    assert bare == [] and "仅年份" in str(masked)


def test_the_docs_name_every_mask() -> None:
    assert set(re.findall(r"^\| `([a-z0-9_]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)) == set(
        MASKS
    )


# Every row of every table and view is read: a count alone may be answered without the data.
LOOK = """
import duckdb, json, sys
file = duckdb.connect(sys.argv[1], read_only=True)
names = file.execute(
    "SELECT schema_name || '.' || table_name, count(*) FROM duckdb_columns() WHERE NOT internal GROUP BY ALL ORDER BY ALL"
).fetchall()
rows = {name: len(file.execute("FROM {}.\\"{}\\"".format(*name.split("."))).fetchall()) for name, _ in names}
comments = file.execute(
    "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    " UNION ALL SELECT schema_name, table_name, '', comment FROM duckdb_tables()"
    " UNION ALL SELECT schema_name, view_name, '', comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
).fetchall()
print(json.dumps({"version": duckdb.__version__, "rows": rows, "comments": comments}))
"""


@pytest.mark.soak
def test_an_older_client_opens_both_files(database: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "old", with_pip=True)
    python = tmp_path / "old" / "bin" / "python"
    got = subprocess.run(
        [python, "-m", "pip", "install", "-q", "duckdb>=1.5,<1.6"], check=False, capture_output=True
    )
    if got.returncode:
        pytest.skip("no package index from which to install duckdb 1.5")
    for audience in ("restricted", "analyst"):
        file = database.parents[1] / audience / f"{NIGHT}.duckdb"
        told = [
            json.loads(
                subprocess.run(
                    [binary, "-c", LOOK, str(file)], check=True, capture_output=True, text=True
                ).stdout
            )
            for binary in (python, sys.executable)
        ]
        assert told[0].pop("version").startswith("1.5") and told[1].pop("version") == duckdb.__version__
        assert told[0] == told[1]
        schemas = {name.split(".")[0] for name in told[0]["rows"]}
        assert schemas == {"core", "out", "audit", "zh"} and told[0]["rows"]["zh.疑点"] > 0
        assert len(told[0]["comments"]) > 400 and all(comment for *_, comment in told[0]["comments"])
