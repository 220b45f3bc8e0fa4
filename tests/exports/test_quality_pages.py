"""Pages about links: they draw what the tables say, stand alone, and show nobody but on the page that says so."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest
from typer.testing import CliRunner

from exports.charts import Axis, Point, Row, Span, drawn
from exports.errors import ExportError
from exports.level_words import DECISIONS, FIELDS, GROUPS, KINDS, LEVELS, METHODS
from exports.link_page import link_page
from exports.page import Section, page, table
from exports.quality_page import quality_page
from ledger import Ledger, exports
from matching import shipped
from pipelines.commands import app
from sql.models import models

RUN = CliRunner()
ENDS = ("", "_low", "_high")
KIND_OF = ("expected_precision", "expected_recall", "labelled_precision", "labelled_recall")
FIGURES = [f"{figure}{end}" for figure in KIND_OF for end in ENDS]
TYPES = {float: "DOUBLE", int: "BIGINT", bool: "BOOLEAN"}
NUMBER = "32068219500101123X"


def make(database: Path, **tables: list[dict[str, Any]]) -> None:
    with duckdb.connect(str(database)) as connection:
        for name, rows in tables.items():
            schema, _, table_ = name.partition("__")
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            columns = ", ".join(
                f"{column} {TYPES.get(type(value), 'VARCHAR')}" for column, value in rows[0].items()
            )
            connection.execute(f"CREATE TABLE {schema}.{table_} ({columns})")
            for row in rows:
                connection.execute(
                    f"INSERT INTO {schema}.{table_} VALUES ({', '.join('?' * len(row))})", list(row.values())
                )


def quality(source: str, kind: str, group: str, method: str, decision: str, n: int) -> dict[str, Any]:
    known = {
        "source": source,
        "subgroup_kind": kind,
        "subgroup": group,
        "method": method,
        "decision": decision,
        "n": n,
        "without_candidate": 2,
    }
    return known | dict.fromkeys(FIGURES, 0.97) | {"labels": 3}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    folder = tmp_path / "w" / "published" / "restricted"
    folder.mkdir(parents=True)
    file = folder / "2021-12-31.duckdb"
    (folder / "current.duckdb").symlink_to(file.name)
    level = {"m": 0.9, "u": 0.01, "per": "name", "expected": 0.9, "observed": 0.8, "n": 8, "compared": 10}
    link = {
        "source": "deaths", "record_no": "r1", "seat": None, "identity_id": "I1", "person_id": "P1", "method": "exact",
        "decision": "linked", "probability": 0.999, "runner_up_probability": 0.0005, "by_number": True,
    }  # fmt: skip
    told = {
        "identity_id": "I1",
        "person_id": "P1",
        "rank": 1,
        "field": "number",
        "level": "same",
        "weight": 20.0,
    }
    make(
        file,
        audit__run=[{"night": "2021-12-31", "version": "1", "model_version": "2021.1", "model_digest": "abc"}],
        audit__link_quality=[
            quality("all", "all", "all", "all", "all", 10),
            quality("all", "age", "80+", "all", "all", 4),
            quality("deaths", "all", "all", "exact", "linked", 7),
            quality("deaths", "all", "all", "none", "unlinked", 3),
        ],
        audit__link_drift=[
            {"field": "name", "level": "same", **level, "stability_index": 0.3, "drifted": True},
            {"field": "name", "level": "pinyin", **level, "stability_index": 0.3, "drifted": True},
        ],
        core__person_link=[link, link | {"identity_id": "I2", "decision": "unlinked", "method": "none", "probability": None}],
        core__link_evidence=[
            told,
            told | {"field": "name", "level": "pinyin", "weight": -2.5},
            told | {"person_id": "P2", "rank": 2, "field": "number", "level": "near", "weight": 3.0},
        ],
        core__person=[
            {"person_id": "P1", "id_number": NUMBER, "name": "王<b>伟"},
            {"person_id": "P2", "id_number": "1", "name": "李四"},
        ],
        core__deaths=[{"identity_id": "I1", "id_number_raw": NUMBER, "name": "=王伟"}],
    )  # fmt: skip
    return tmp_path / "w"


def database(warehouse: Path) -> Path:
    return (warehouse / "published" / "restricted" / "current.duckdb").resolve()


def alone(text: str) -> None:
    """No script, no picture, no font, no link: nothing that a browser would ask for."""
    quiet = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|//|<script|<link|<img|src=|href=|url\(|@import|<iframe", quiet)
    assert "default-src 'none'" in text
    for svg in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL):
        ElementTree.fromstring(svg)  # noqa: S314 - our own text


def test_the_quality_page_stands_alone_and_shows_nobody(warehouse: Path) -> None:
    text = quality_page(database(warehouse))
    alone(text)
    assert text.count("<svg") == 6
    assert "2021.1" in text and "PSI 0.300 !" in text and "年龄：80+" in text
    assert "王" not in text and NUMBER not in text and "I1" not in text


def test_the_link_page_adds_up_and_says_that_it_is_restricted(warehouse: Path) -> None:
    text = link_page(database(warehouse), ["I1"])
    alone(text)
    assert text.count("<svg") == 2 and "受限" in text and "Restricted" in text
    assert "-1.0" in text and "+20.0" in text and "-2.5" in text and "+16.5" in text  # prior 1 in 2 people
    assert "拼音相符" in text and "pinyin agrees" in text
    assert "320682********123X" in text and NUMBER not in text
    assert "王&lt;b&gt;伟" in text and "&#39;=王伟" in text


def test_somebody_without_a_candidate_says_so(warehouse: Path) -> None:
    assert "没有候选人" in link_page(database(warehouse), ["I2"])


def test_an_unknown_identity_is_refused(warehouse: Path) -> None:
    with pytest.raises(ExportError, match="identity_id"):
        link_page(database(warehouse), ["I3"])


def test_every_word_is_there() -> None:
    comparisons = shipped().comparisons
    assert set(FIELDS) == {"prior", *comparisons}
    assert {level for levels in comparisons.values() for level in levels} <= set(LEVELS)
    query = models()["audit.link_quality"].query + models()["link.judged"].query
    assert set(re.findall(r"'kind': '(\w+)'", query)) == set(KINDS)
    assert set(re.findall(r"(?:THEN|ELSE) '([a-z_]+)'", query)) <= set(GROUPS)
    assert {"linked", "review", "unlinked"} == set(DECISIONS) and {"spine", "clerical", "none"} <= set(
        METHODS
    )


def test_the_commands_write_and_record(warehouse: Path, tmp_path: Path) -> None:
    told = RUN.invoke(app, ["export", "quality", "--warehouse", str(warehouse)])
    assert told.exit_code == 0, told.output
    file = Path(json.loads(told.stdout)["file"])
    assert file.name == "quality.html" and file.stat().st_mode & 0o077 == 0
    out = tmp_path / "why.html"
    told = RUN.invoke(
        app, ["export", "link", "--warehouse", str(warehouse), "--identity", "I1", "--out", str(out)]
    )
    assert told.exit_code == 0, told.output
    assert out.stat().st_mode & 0o077 == 0
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        (row,) = exports(book, book.sequence()).to_dicts()
    assert (row["what"], row["list_id"], row["file"]) == ("link", "I1", "why.html")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["quality", "--night", "2020-01-01"], "no published night"),
        (["link", "--identity", "I9"], "identity_id"),
        (["quality", "--out", "/proc/none/q.html"], "--out"),
    ],
)
def test_wrong_arguments_end_with_2(warehouse: Path, options: list[str], says: str) -> None:
    told = RUN.invoke(app, ["export", *options, "--warehouse", str(warehouse)])
    assert told.exit_code == 2 and says in told.stderr


def test_an_older_night_is_refused_with_a_sentence(warehouse: Path) -> None:
    with duckdb.connect(str(database(warehouse))) as connection:
        connection.execute("DROP TABLE audit.link_drift")
    told = RUN.invoke(app, ["export", "quality", "--warehouse", str(warehouse)])
    assert told.exit_code == 2 and "earlier version" in told.stderr


def test_marks_stay_within_the_axis() -> None:
    axis = Axis(0, 1, [(0, "0"), (1, "1")])
    svg = drawn([Row("a & b", [Span(-5, 7, "red"), Point(0.5, -1, 2, "blue")], "<n>")], axis, "title")
    tree = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    rect = next(each for each in tree if each.tag.endswith("rect"))
    assert float(rect.attrib["x"]) == axis.place(0)
    assert float(rect.attrib["x"]) + float(rect.attrib["width"]) == pytest.approx(axis.place(1))
    assert "a &amp; b" in svg and "&lt;n&gt;" in svg


def test_texts_are_escaped() -> None:
    made = page("<t>", "e", [Section("<z>", "&", [table(["<h>"], [["<c>", None, 1234, 0.5, True]])])], "<w>")
    assert not re.search(r"<[tzhcw]>", made)
    assert "1,234" in made and "是" in made
