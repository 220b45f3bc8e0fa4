"""A published night judged by other figures: its own give it again, others change what they must, nothing is written."""

import csv
import hashlib
import io
import json
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from casework.errors import CaseworkError
from casework.whatif.answer import Answer, answer
from casework.whatif.question import ask
from casework.whatif.report import report
from casework.whatif.worlds import judged_twice
from findings.catalogue import rules
from findings.explain import render
from ledger import Ledger, exports
from pipelines.commands import app
from warehouse.paths import WarehousePaths

MEMORY = 10**9
FLAGS = "SELECT * FROM {}.out.household_flag"
EXCLUSIONS = "SELECT * EXCLUDE (explanation_zh) FROM {}.out.should_not_be_covered"
OMISSIONS = "SELECT * EXCLUDE (explanation_zh) FROM {}.out.missing_from_coverage"
HOUSEHOLDS = "SELECT * FROM {}.core.household"


@pytest.fixture(scope="module")
def warehouse(database: Path) -> Path:
    return database.parents[2]


@contextmanager
def judged(warehouse: Path, *texts: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with judged_twice(ask(warehouse, None, None, texts, None), None, MEMORY) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    ((found,),) = connection.execute(query).fetchall()
    return found


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, ["whatif", *words])
    assert result.exit_code == 2
    return result.stderr


def test_its_own_figures_give_the_night_again(warehouse: Path) -> None:
    with judged(warehouse) as connection:
        published = connection.sql(
            "SELECT finding_id, explanation_zh, explanation_en, green_if_zh, explanation FROM published.out.finding"
            " WHERE status <> 'cleared' ORDER BY finding_id"
        ).pl()
        again = connection.sql("SELECT * FROM as_is.rule.finding ORDER BY finding_id").pl()
        assert published.height > 30
        assert one(connection, "SELECT count(*) FROM compared.unlike") == 0
        assert render(again, rules()).equals(published)
        for query in (FLAGS, EXCLUSIONS, OMISSIONS, HOUSEHOLDS):
            for world in ("as_is", "as_if"):
                for left, right in (("published", world), (world, "published")):
                    differ = f"SELECT count(*) FROM ({query.format(left)} EXCEPT {query.format(right)})"
                    assert one(connection, differ) == 0, (query, left, right)
        for table in ("finding", "household", "loss"):
            assert one(connection, f"SELECT count(*) FROM compared.{table}") == 0


def test_a_finding_that_was_published_otherwise_is_counted(warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "warehouse"
    paths = WarehousePaths(copy)
    paths.audience("restricted").mkdir(parents=True)
    file = paths.published("restricted", date(2021, 12, 31))
    shutil.copy(WarehousePaths(warehouse).published("restricted", date(2021, 12, 31)), file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "UPDATE out.finding SET amount = 1 WHERE finding_id = (SELECT min(finding_id) FROM out.finding)"
        )
    with judged_twice(ask(copy, date(2021, 12, 31), None, [], None), None, MEMORY) as connection:
        assert one(connection, "SELECT count(*) FROM compared.unlike") == 1


def test_a_standard_costs_what_the_formula_says_and_nothing_is_written(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others may ask a what-if at the same time
    before = {path: path.stat().st_mtime_ns for path in warehouse.rglob("*")}
    digest = hashlib.sha256(WarehousePaths(warehouse).current("restricted").read_bytes()).hexdigest()
    with judged(warehouse, "dibao_standard=1500") as connection:
        (folder,) = tmp_path.glob("hedui-whatif-*")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
        _costs_follow_the_formula(connection)
        _who_falls_under_the_line_is_named(connection)
    assert not folder.exists()
    assert {path: path.stat().st_mtime_ns for path in warehouse.rglob("*")} == before
    assert hashlib.sha256(WarehousePaths(warehouse).current("restricted").read_bytes()).hexdigest() == digest


def _costs_follow_the_formula(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "SELECT household.counted_members, household.income_likely_12, household.one_person_cover, payment.due"
        " FROM published.core.household AS household INNER JOIN as_if.world.payment AS payment"
        " ON household.household_id = payment.household_id"
        " WHERE household.program = 'dibao' AND household.counted_members > 0"
        # What supporters could pay falls as the standard rises: there the income is another.
        " AND household.household_id NOT IN (SELECT member.household_id FROM published.core.household_member AS member"
        " INNER JOIN published.core.income_month AS month USING (person_id) WHERE month.item = 'support')"
    ).fetchall()
    assert len(rows) > 10
    for counted, income, cover, due in rows:
        heads = 1 if cover else counted
        assert abs(max(Decimal(0), (1500 - income) * heads) - due) <= Decimal("0.01") * counted
    dibao = one(connection, "SELECT difference FROM compared.cost WHERE program = 'dibao'")
    assert dibao > 0
    assert one(connection, "SELECT sum(dibao_after - dibao_before) FROM compared.township") == dibao
    assert (
        one(connection, "SELECT count(*) FROM compared.cost WHERE program <> 'dibao' AND difference <> 0")
        == 0
    )
    assert (
        one(connection, "SELECT count(*) FROM compared.finding WHERE rule_id = 'X03' AND change = 'new'") == 0
    )
    assert one(connection, "SELECT count(*) FROM compared.loss WHERE program = 'dibao'") == 0


def _who_falls_under_the_line_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT income_before, line_before, income_after, line_after FROM compared.household"
        " WHERE effect = 'under_line'"
    ).fetchall()
    assert found
    assert all(was >= line and would < new_line and new_line == 1500 for was, line, would, new_line in found)


@pytest.fixture(scope="module")
def answered(warehouse: Path) -> Answer:
    """The elder allowance from 70, the standard cut to 200, judged as of the first day after the night."""
    question = ask(
        warehouse, None, "rugao", ["elder_allowance_age=70", "dibao_standard=200"], date(2022, 1, 1)
    )
    with judged_twice(question, None, MEMORY) as connection:
        assert one(connection, "SELECT night FROM as_if.policy.night") == date(2021, 12, 31)
        assert one(connection, "SELECT bool_and(lost >= gained) FROM compared.loss") is True
        ages = connection.execute(
            "SELECT DISTINCT age_on(person.birth_date, DATE '2021-12-31') FROM compared.finding AS finding"
            " INNER JOIN published.core.person AS person ON finding.person_id = person.person_id"
            " WHERE finding.rule_id = 'O09'"
        ).fetchall()
        assert all(70 <= age <= 80 for (age,) in ages)
        return answer(question, connection)


def test_another_age_brings_people_in_and_a_lower_line_makes_others_leave(answered: Answer) -> None:
    rules_by_effect = answered.households.explode("rule_ids").select("effect", "rule_ids").unique().rows()
    assert {("comes_in", "O09"), ("leaves", "X03")} <= set(rules_by_effect)
    losses = answered.sections["losses"]
    assert losses.filter(losses["category_after"] != losses["category_before"]).height > 0
    lists = {row["list"]: row for row in answered.sections["lists"].iter_rows(named=True)}
    for row in lists.values():
        assert row["after"] - row["before"] == row["entered"] - row["left_it"]
    assert lists["missing_from_coverage"]["entered"] > 0


def test_the_three_formats_say_the_same(answered: Answer) -> None:
    told, rows = json.loads(answered.json()), list(csv.DictReader(io.StringIO(answered.csv())))
    text = io.StringIO()
    Console(file=text, width=160).print(report(answered))
    assert all(
        word in text.getvalue() for word in ("完全一致", "elder_allowance_age", "nothing was published")
    )
    assert told["findings_not_met_again"] == 0 and told["published_nothing"] is True
    assert {figure["name"] for figure in told["figures"]} == {"elder_allowance_age", "dibao_standard"}
    assert len(rows) == len(told["households"]) > 0
    assert rows[0].keys() == told["households"][0].keys()
    assert all(one["explanation_zh"] for one in told["findings"] if one["change"] == "new")


def test_no_case_number_is_a_formula(answered: Answer) -> None:
    hostile = answered.households.with_columns(case_no=pl.lit("=1+1"))
    made = replace(answered, sections=answered.sections | {"households": hostile})
    assert {row["case_no"] for row in csv.DictReader(io.StringIO(made.csv()))} == {"'=1+1"}


def test_from_and_place_say_which_figures_hold(warehouse: Path) -> None:
    early, late = (
        ask(warehouse, None, "suqian", ["job_cost_rate=0.5"], since)
        for since in (date(2021, 6, 1), date(2022, 1, 1))
    )
    assert (early.figures_of, late.figures_of) == (None, date(2022, 1, 1))
    assert (early.before.place, early.after.place) == ("rugao", "suqian")
    assert ask(warehouse, None, None, [], None).since == date(2020, 12, 1)


def test_the_command_answers_into_a_file_of_its_owner_alone_and_records_it(
    warehouse: Path, tmp_path: Path
) -> None:
    copy, file = WarehousePaths(tmp_path / "warehouse"), tmp_path / "answer.csv"
    copy.audience("restricted").mkdir(parents=True)
    night = copy.published("restricted", date(2021, 12, 31))
    shutil.copy(WarehousePaths(warehouse).published("restricted", date(2021, 12, 31)), night)
    words = ("--night", "2021-12-31", "--set", "dibao_standard=800", "--format", "csv", "--out", str(file))
    result = CliRunner().invoke(app, ["whatif", "--warehouse", str(copy.root), *words])
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert file.read_text(encoding="utf-8").startswith("household_id,effect,program")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["answer.csv"]
    with Ledger.open(copy.ledger) as book:
        (row,) = exports(book, book.sequence()).rows(named=True)
    assert (row["what"], row["list_id"], row["audience"]) == ("whatif", "rugao@2020-12-01", "restricted")
    assert row["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_cannot_be_asked_is_said(warehouse: Path, tmp_path: Path) -> None:
    here = ("--warehouse", str(warehouse))
    assert "no published night" in refused("--warehouse", str(tmp_path))
    assert "no published night of 2020-01-01" in refused(*here, "--night", "2020-01-01")
    assert "Did you mean 'dibao_standard'" in refused(*here, "--set", "dibao_standrd=800")
    assert "the value is missing" in refused(*here, "--set", "dibao_standard")
    assert "cannot be set" in refused(*here, "--set", "sources_needing_authorization=tax_income")
    assert "no rule may read them" in refused(*here, "--set", "prohibited_features=religion")
    assert "Did you mean 'rugao'" in refused(*here, "--place", "rugoa")
    assert "there is no folder" in refused(*here, "--out", str(tmp_path / "absent" / "x.json"))
    assert "no amount of memory" in refused(*here, "--memory-limit", "much")


def test_another_key_is_refused(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "key"
    other.write_text("another made-up key, 0123456789\n")
    monkeypatch.setenv("HEDUI_KEY_FILE", str(other))
    with pytest.raises(CaseworkError, match="another installation key"):
        ask(warehouse, None, None, [], None)
    monkeypatch.setenv("HEDUI_KEY_FILE", str(tmp_path / "absent"))
    with pytest.raises(CaseworkError, match="There is no installation key"):
        ask(warehouse, None, None, [], None)
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(
    "lacking", ["audit.source DROP COLUMN first_month", "core.assistance_roll DROP COLUMN unreadable"]
)
def test_a_night_of_an_earlier_version_is_refused(warehouse: Path, tmp_path: Path, lacking: str) -> None:
    paths = WarehousePaths(tmp_path)
    paths.audience("restricted").mkdir(parents=True)
    file = paths.published("restricted", date(2021, 12, 31))
    shutil.copy(WarehousePaths(warehouse).published("restricted", date(2021, 12, 31)), file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"ALTER TABLE {lacking}")
    question = ask(tmp_path, date(2021, 12, 31), None, [], None)
    with pytest.raises(CaseworkError, match="earlier version"), judged_twice(question, None, MEMORY):
        pass
