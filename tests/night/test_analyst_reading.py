"""What an analyst finds on opening the file: views in Chinese, comments, answers to the questions of docs/analysts.md."""

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
QUESTIONS = re.findall(r"```sql\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


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


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_the_questions_of_the_docs_have_answers(analyst: Path, question: str) -> None:
    with duckdb.connect(str(analyst), read_only=True) as connection:
        assert connection.execute(question).fetchall()


def test_the_docs_name_every_mask() -> None:
    assert set(re.findall(r"^\| `([a-z0-9_]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)) == set(
        MASKS
    )


@pytest.mark.soak
def test_an_older_client_opens_both_files(database: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "old", with_pip=True)
    python = tmp_path / "old" / "bin" / "python"
    got = subprocess.run(
        [python, "-m", "pip", "install", "-q", "duckdb>=1.5,<1.6"], check=False, capture_output=True
    )
    if got.returncode:
        pytest.skip("no package index from which to install duckdb 1.5")
    query = (
        "import duckdb, sys; file = duckdb.connect(sys.argv[1], read_only=True);"
        "print(file.execute('SELECT count(*) FROM zh.疑点').fetchall()[0][0])"
    )
    for audience in ("restricted", "analyst"):
        file = database.parents[1] / audience / f"{NIGHT}.duckdb"
        counted = [
            subprocess.run(
                [binary, "-c", query, str(file)], check=True, capture_output=True, text=True
            ).stdout
            for binary in (python, sys.executable)
        ]
        assert counted[0] == counted[1] and int(counted[0]) > 0
