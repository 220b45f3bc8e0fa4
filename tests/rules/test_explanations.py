"""An explanation says all that rules.md 8 asks, aloud, and masked it names nobody."""

import re
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest

from sql.catalogue import CatalogueError, Words, read_rule, rules
from sql.explain import ExplanationError, published, render
from sql.sentences import Sentences

Row = dict[str, Any]
Runner = Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def findings(every_case: tuple[Row, ...], run_cases: Runner) -> pl.DataFrame:
    """Every finding of every case, as the renderer gets them."""
    con = run_cases([case for case in every_case if "stale" not in case and "night" not in case], ())
    return con.sql("SELECT * FROM rule.finding").pl()


def test_every_finding_says_every_part(findings: pl.DataFrame) -> None:
    texts = render(findings, rules())
    assert texts.height == findings.height > 100
    for part in ("来源：", "标准：", "依据：", "身份：", "缺失："):
        assert texts["explanation_zh"].str.contains(part, literal=True).all(), part
    for part in ("Sources: ", "Line: ", "Basis: ", "Identity: ", "Missing: "):
        assert texts["explanation_en"].str.contains(part, literal=True).all(), part
    assert texts["green_if_zh"].str.len_chars().min() >= 5


def test_explanations_have_no_ids_no_codes_and_no_holes(findings: pl.DataFrame) -> None:
    texts = render(findings, rules())
    for column in ("explanation_zh", "explanation_en", "green_if_zh"):
        for wrong in (r"[PHFEIA][0-9a-f]{20}", r"\bR[0-9]{6}\b", r"\{\{|\}\}|None|null", r"[a-z]+_[a-z]+"):
            assert not texts[column].str.contains(wrong).any(), (column, wrong)
    assert not texts["explanation_zh"].str.contains(r"[，。；：]\s").any()


@pytest.mark.parametrize("part", ["facts", "line"])
def test_an_explanation_without_a_part_is_refused(part: str, findings: pl.DataFrame) -> None:
    one = findings.filter(pl.col("rule_id") == "X05").head(1)
    if part == "facts":
        broken, catalogue = one.with_columns(facts=pl.lit([], dtype=one.schema["facts"])), dict(rules())
    else:
        empty = Words.model_construct(zh="{{ '' }}", en="{{ '' }}")
        broken, catalogue = one, {"X05": rules()["X05"].model_copy(update={"explanation": empty})}
    with pytest.raises(ExplanationError, match="X05"):
        render(broken, catalogue)


def test_what_would_make_it_green_is_part_of_it(findings: pl.DataFrame) -> None:
    empty = Words.model_construct(zh="{{ '' }}", en="{{ '' }}")
    catalogue = {"X05": rules()["X05"].model_copy(update={"green_if": empty})}
    with pytest.raises(ExplanationError, match="green"):
        render(findings.filter(pl.col("rule_id") == "X05").head(1), catalogue)


def test_a_value_the_ground_did_not_write_is_an_error(findings: pl.DataFrame) -> None:
    broken = findings.filter(pl.col("rule_id") == "X05").head(1).with_columns(particulars=pl.lit("{}"))
    with pytest.raises(Exception, match="undefined"):
        render(broken, rules())


def test_masked_explanations_name_nobody(findings: pl.DataFrame) -> None:
    plain, masked = render(findings, rules()), render(findings, rules(), masked=True)
    assert plain["explanation_zh"].str.contains("赵a").any()
    assert masked["explanation_zh"].str.contains("赵某").any()
    for column in ("explanation_zh", "explanation_en"):
        assert not masked[column].str.contains(r"赵[a-h]").any()
        assert not masked[column].str.contains(r"尾号|ending in|出生于[0-9]+年[0-9]|born [0-9]{4}-").any()
        assert not masked[column].str.contains(r"死亡（[^）]*），[0-9]+年[0-9]+月[0-9]+日").any()


def test_published_findings_have_the_columns_of_the_specification(findings: pl.DataFrame) -> None:
    out = published(findings, rules())
    assert out.columns[:4] == ["finding_id", "evidence_key", "rule_id", "kind"]
    assert out["finding_id"].to_list() == findings["finding_id"].to_list()
    evidence = pl.DataFrame({"e": out["evidence"].str.json_decode(
        pl.List(pl.Struct({"source": pl.String, "record_no": pl.String, "snapshot_date": pl.String}))
    )}).explode("e").unnest("e")  # fmt: skip
    assert evidence.null_count().sum_horizontal().item() == 0


def test_money_dates_and_names_are_read_aloud() -> None:
    zh, en = Sentences("zh", masked=False), Sentences("en", masked=True)
    assert zh.money(1234567) == "1,234,567.00元"
    assert zh.day("2021-05-01") == "2021年5月1日"
    assert zh.money(None) == "（金额未提供）"
    assert en.birth("1947-09-16") == "1947"
    assert en.died("2021-05-01") == "2021-05"
    assert en.name("王小明") == "王*"


def test_late_sources_are_said_to_be_missing(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    cases = [case for case in every_case if case["rule"] == "X05" and "stale" not in case]
    con = run_cases(cases, ("vehicles",))
    texts = con.execute("SELECT explanation_zh FROM out.finding WHERE rule_id = 'X05'").fetchall()
    assert texts
    assert all(re.search("缺失：车辆登记信息已逾期", text) for (text,) in texts)


def test_a_rule_file_that_breaks_a_promise_is_named(tmp_path: Any) -> None:
    file = tmp_path / "x99.yaml"
    file.write_text("id: X98\nkind: exclusion\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"x99\.yaml"):
        read_rule(file)


def test_a_dear_old_car_is_not_said_to_be_cheap(findings: pl.DataFrame) -> None:
    texts = render(findings.filter(pl.col("rule_id") == "X05"), rules())["explanation_zh"]
    assert texts.str.contains("价格达到限额，但登记已满10年", literal=True).any()
    assert texts.str.contains("价格未达限额，核实用途", literal=True).any()
    assert texts.str.contains("价值无法判断", literal=True).any()
