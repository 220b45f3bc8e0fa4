"""The twenty questions of docs/analysts.md have answers in the analyst file of a made city's second night."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.night.conftest import BEFORE, HEDUI, NIGHT

HOUSE = Path(__file__).parents[2]
DOCS = HOUSE / "docs" / "analysts.md"
NOTEBOOK = HOUSE / "docs" / "analysts_notebook.py"
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
TITLED = re.split(r"^### (?=[0-9]+\. )", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
QUESTIONS = [
    pytest.param(query, id=f"{part.split('.')[0] if number else 'opening'}-{place}")
    for number, part in enumerate(TITLED)
    for place, query in enumerate(SQL.findall(part))
]


@pytest.fixture(scope="module")
def analysts(returned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The analysts' folder as it was after two nights, the second without the vehicle register."""
    folder = tmp_path_factory.mktemp("questions")
    for night in (BEFORE, NIGHT):
        shutil.copy(returned / "published" / "analyst" / f"{night}.duckdb", folder)
    (folder / "current.duckdb").symlink_to(f"{NIGHT}.duckdb")
    return folder


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer(analysts: Path, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(analysts)
    with duckdb.connect("current.duckdb", read_only=True) as connection:
        assert connection.execute(question).fetchall()


def test_there_are_twenty_questions_in_both_languages() -> None:
    titles = [part.split("\n")[0] for part in TITLED[1:]]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, 21)]
    for title, part in zip(titles, TITLED[1:], strict=True):
        assert re.search("[一-鿿]{4}", title) and re.search("[A-Z][a-z]+", title), title
        assert SQL.search(part), title
    assert sum('zh."' in query for part in TITLED[1:] for query in SQL.findall(part)) >= 3


def test_every_row_is_accounted_for_and_the_sample_stands_for_the_city(analysts: Path) -> None:
    answers = {part.split(".")[0]: SQL.findall(part) for part in TITLED[1:]}
    with duckdb.connect(str(analysts / "current.duckdb"), read_only=True) as connection:
        assert {row["unaccounted"] for row in rows(connection, answers["20"][0])} == {0}
        for row in rows(connection, answers["17"][1]):
            ((households,),) = connection.execute(
                "SELECT DISTINCT township_households FROM out.spot_check WHERE township = $1",
                [row["township"]],
            ).fetchall()
            assert float(str(row["households_estimated"])) == pytest.approx(households, rel=0.01)


def test_the_alerts_say_in_chinese_what_changed_and_why(analysts: Path) -> None:
    with duckdb.connect(str(analysts / "current.duckdb"), read_only=True) as connection:
        said = dict(
            connection.execute(
                'SELECT cause, "变化原因" FROM out.alert JOIN zh."预警" ON alert_id = "预警编号" GROUP BY ALL'
            ).fetchall()
        )
        changes = connection.execute('SELECT DISTINCT "变化" FROM zh."预警"').fetchall()
    assert said["source"] == "数据来源"
    assert {change for (change,) in changes} <= {"新增", "加重", "减轻", "消除"}


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_the_notebook_runs_headless_and_every_cell_succeeds(analysts: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    night = ["--night", str(analysts / "current.duckdb")]
    marimo = str(HEDUI.with_name("marimo"))
    done = subprocess.run(
        [marimo, "--yes", "export", "html", str(NOTEBOOK), "--no-include-code", "-o", str(page), "--", *night],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert page.read_text(encoding="utf-8").count("/marimo-vega") == 5


def test_the_notebook_draws_five_charts_as_a_script(analysts: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(NOTEBOOK), "--night", str(analysts / "current.duckdb")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    drawn = json.loads(done.stdout.splitlines()[-1])
    assert drawn["night"] == str(NIGHT) and len(drawn["rows"]) == 5 and min(drawn["rows"].values()) > 0
