"""An explanation says all that rules.md 8 asks, aloud, and masked it names nobody.

Every finding of the YAML cases is read in both languages: of those of the usual night and of the nights that add words
here, of all others in `make soak`.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest
from jinja2.sandbox import SandboxedEnvironment

from findings.catalogue import CatalogueError, Words, read_rule, rules
from findings.explain import ExplanationError, Renderer, published, render, unfolded
from findings.explanation import Cited
from findings.sentences import Sentences
from policy import load_profile, night_tables
from tests.rules.place import NIGHT, all_cases, kind_of

Row = dict[str, Any]
Runner = Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]
MORE: list[Row] = [
    {
        "name": "a spouse by the marriage register alone", "rule": "X14",
        "household": {"program": "dibao", "members": [{"who": "a", "age": 52, "marital": "married"}]},
        "booklet": [{"who": "b", "age": 50, "relation": "01", "booklet": "x", "marital": "married"}],
        "marriages": [{"a": "a", "b": "b", "event_date": date(2000, 1, 1)}],
    },
    {
        "name": "a dwelling bought, the share not said", "rule": "X08",
        "household": {"program": "dibao", "members": [{"age": 52}]},
        "real_estate": [{"registered_on": date(2020, 6, 1), "transaction_amount": 300000, "share_percent": None}],
    },
    {
        "name": "a one-person cover over its line", "rule": "X03",
        "household": {"program": "dibao", "members": [{"age": 52}]}, "disability_certificates": [{}],
        "tax_income": [{"months": [12, 1], "gross_amount": 3000}],
    },
    {
        "name": "somebody counted who has not signed", "rule": "X03",
        "household": {"program": "dibao", "members": [{"age": 52}, {"age": 50, "authorized": False}]},
        "tax_income": [{"months": [12, 1], "gross_amount": 9000}],
    },
]  # fmt: skip
"""Words that no rule's own case leads to."""
KINDS = (
    (NIGHT, ()), (NIGHT, ("tax_income",)), (NIGHT, ("absent:tax_income",)), (date(2026, 2, 28), ()),
)  # fmt: skip
TEXTS = ("explanation_zh", "explanation_en", "green_if_zh")
ZH = re.compile(
    r"(?P<compared>.+?)来源：(?P<sources>.+?)标准：(?P<line>.+?)。依据：(?P<basis>.+?)。"
    r"身份：(?P<identity>[^。]+)。缺失：(?P<missing>[^。]+)。(?P<lowered>因[^。]+。)?(怎样变为绿色|何时不再提示)：(?P<green>[^。]+)。"
)
EN = re.compile(
    r"(?P<compared>.+?) Sources: (?P<sources>.+?) Line: (?P<line>.+?)\. Basis: (?P<basis>.+?)\. "
    r"Identity: (?P<identity>.+?)\. Missing: (?P<missing>.+?)\.(?P<lowered> Lowered to yellow: .+?\.)?"
    r" (Green|No longer said) if: (?P<green>.+)\."
)
NUMBERS = re.compile(r"（案号[^）]+）|尾号[0-9A-Za-z*、]+")
HAN = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def findings(place_of: Callable[[Row], duckdb.DuckDBPyConnection]) -> pl.DataFrame:
    """Every finding of the cases of the usual night, as the renderer gets them."""
    usual = next(case for case in all_cases() if kind_of(case) == (NIGHT, ()))
    return place_of(usual).sql("SELECT * FROM rule.finding").pl()


@pytest.fixture(scope="module")
def more(run_cases: Runner) -> pl.DataFrame:
    """The findings of the cases made here."""
    numbered = [{**case, "number": place} for place, case in enumerate(MORE, start=9001)]
    return run_cases(numbered, ()).sql("SELECT * FROM rule.finding").pl()


@pytest.fixture(scope="module")
def everywhere(place_of: Callable[[Row], duckdb.DuckDBPyConnection], more: pl.DataFrame) -> pl.DataFrame:
    """Every finding of the cases of KINDS with its sentences, plain and masked."""
    cases = [case for kind, case in kinds().items() if kind in KINDS]
    assert len(cases) == len(KINDS)
    return said((more, *(place_of(case).sql("SELECT * FROM rule.finding").pl() for case in cases)))


def kinds() -> dict[tuple[date, tuple[str, ...]], Row]:
    """Return a case of every night and lateness that the cases ask for."""
    return {kind_of(case): case for case in all_cases()}


def said(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return findings with their sentences, plain and masked."""
    told = []
    for found in frames:
        masked = render(found, rules(), masked=True).select(
            pl.col("explanation_zh").alias("masked_zh"), pl.col("explanation_en").alias("masked_en")
        )
        told.append(found.hstack(render(found, rules()).drop("finding_id")).hstack(masked))
    return pl.concat(told, how="vertical_relaxed")


def complete(findings: pl.DataFrame, column: str) -> None:
    """Assert that every finding says every part, in order, and why it was lowered where it was."""
    shape = ZH if column.endswith("zh") else EN
    for rule, text, lowered in findings.select("rule_id", column, "lowered_by").iter_rows():
        found = shape.fullmatch(text)
        assert found, (rule, text)
        assert bool(found["lowered"]) == bool(lowered), (rule, text)


def of(findings: pl.DataFrame, rule: str) -> pl.DataFrame:
    return findings.filter(pl.col("rule_id") == rule)


@pytest.mark.parametrize("column", ["explanation_zh", "explanation_en", "masked_zh", "masked_en"])
def test_every_finding_says_every_part(column: str, everywhere: pl.DataFrame) -> None:
    assert set(everywhere["rule_id"]) == set(rules())
    complete(everywhere, column)
    assert everywhere["green_if_zh"].str.len_chars().min() >= 5


@pytest.mark.soak
def test_every_finding_of_every_other_night_says_every_part(
    place_of: Callable[[Row], duckdb.DuckDBPyConnection],
) -> None:
    others = [case for kind, case in kinds().items() if kind not in KINDS]
    findings = said(place_of(case).sql("SELECT * FROM rule.finding").pl() for case in others)
    for column in ("explanation_zh", "explanation_en", "masked_zh", "masked_en"):
        complete(findings, column)


def test_no_row_speaks_of_a_day_after_the_night(place_of: Callable[[Row], duckdb.DuckDBPyConnection]) -> None:
    """But where its words say that it is yet to begin: an end to come is never told as what has been."""
    later = set()
    for (night, _), case in kinds().items():
        rows = place_of(case).sql("SELECT rule_id, unnest(facts, recursive := TRUE) FROM rule.finding").pl()
        later |= set(rows.filter(pl.col("on") > night).select("rule_id", "what").iter_rows())
    assert later == {("X19", "certificate_from")}


def test_a_certificate_is_said_with_its_issue_its_end_or_that_it_is_not_yet_in_force(
    findings: pl.DataFrame,
) -> None:
    texts = " ".join(render(of(findings, "X19"), rules())["explanation_zh"])
    for said in (
        "肢体残疾三级，2017年6月24日核发", "残疾人证已到期，2021年12月30日到期", "残疾人证尚未生效，2022年1月1日核发",
        "残联数据中的残疾人证尚未生效",
    ):  # fmt: skip
        assert said in texts, said
    for never in ("2027年", "2031年"):
        assert never not in texts, never


def test_an_authorization_whose_days_cannot_be_read_is_said_to_be_so_and_never_to_have_no_end(
    everywhere: pl.DataFrame,
) -> None:
    said = {
        (signed, until): of(everywhere, "P01").filter(
            pl.col("particulars").str.json_path_match("$.signed_unread") == signed,
            pl.col("particulars").str.json_path_match("$.until_unread") == until,
        )
        for signed in ("true", "false")
        for until in ("true", "false")
    }
    for column, day, last, correct in (
        ("explanation_zh", "签署日期无法识别", "到期日期无法识别", "更正台账上无法识别的日期"),
        ("masked_zh", "签署日期无法识别", "到期日期无法识别", "更正台账上无法识别的日期"),
        ("explanation_en", "the day of signing could not be read", "last day could not be read", "put right"),
        ("masked_en", "the day of signing could not be read", "last day could not be read", "put right"),
    ):  # fmt: skip
        for (signed, until), found in said.items():
            assert found.height, (signed, until)
            for text in found[column]:
                told = [words in text for words in (day, last, correct)]
                assert told == [signed == "true", until == "true", "true" in (signed, until)], text


@pytest.mark.parametrize("column", ["explanation_zh", "explanation_en"])
def test_a_figure_that_is_named_is_cited(column: str, everywhere: pl.DataFrame) -> None:
    """The line and its reference (rules.md 8): a figure of the place that is said stands under 依据, too."""
    shape = ZH if column.endswith("zh") else EN
    for rule, text, cited in everywhere.select("rule_id", column, "figures").iter_rows():
        found = shape.fullmatch(text)
        assert found, (rule, text)
        for said, names in own_figures(rule, column[-2:]).items():
            money = said.endswith(("元", " yuan"))  # months and the like may be counted in a case alike
            where = found["line"] + (found["compared"] + found["green"] if money else "")
            named = re.search(rf"(?<![0-9,.]){re.escape(said)}", where)
            assert not named or names & {figure["name"] for figure in cited}, (rule, said, text)


@functools.cache
def own_figures(rule: str, language: str) -> dict[str, set[str]]:
    """Return how the numbers that a rule compares with are said, each with the names of those said alike."""
    sentences, said = Sentences(language, masked=False), defaultdict(set)
    for figure in night_tables(load_profile("rugao"), NIGHT)["policy.figure"].iter_rows(named=True):
        if figure["in_force"] and figure["name"] in rules()[rule].parameters:
            money = figure["unit"].startswith("yuan")
            text = sentences.money(Decimal(figure["value"])) if money else sentences._value(figure)
            if re.search(r"[0-9]\D", text):  # an age in English is a bare number, a list has none
                said[text].add(figure["name"])
    return said


@pytest.mark.parametrize("column", [*TEXTS, "masked_zh", "masked_en"])
def test_explanations_have_no_ids_no_codes_and_no_holes(column: str, everywhere: pl.DataFrame) -> None:
    wrongs = (
        r"[PHFEIA][0-9a-f]{20}", r"\bR[0-9]{6}\b", r"\{|\}|\bNone\b|\bnull\b|\bnan\b|NaT", r"[a-z]+_[a-z]+",
        r"（）|\(\)", r"[，。；：、][，。；：、）]|（[，。；：、]", r"[,;:][,;:.]|\( | \)|  | [,;.]",
        r"\b1 (people|rows|cases|dwellings|months|days|years)\b",
    )  # fmt: skip
    for wrong in wrongs:
        bad = everywhere.filter(pl.col(column).str.contains(wrong))
        assert bad.is_empty(), (wrong, bad["rule_id"][0], bad[column][0])


@pytest.mark.parametrize("column", ["explanation_zh", "green_if_zh", "masked_zh"])
def test_chinese_is_chinese(column: str, everywhere: pl.DataFrame) -> None:
    for rule, text in everywhere.select("rule_id", column).iter_rows():
        said = NUMBERS.sub("", re.sub("赵[a-z]", "赵某", text))
        assert not re.search(r"[A-Za-z]", said), (rule, text)
        assert not re.search(r"[，。；：、]\s|\s[，。；：、]", text), (rule, text)


def test_english_is_english_but_for_names_and_the_laws(everywhere: pl.DataFrame) -> None:
    for rule, text in everywhere.select("rule_id", "explanation_en").iter_rows():
        found = EN.fullmatch(text)
        assert found
        for part in ("compared", "sources", "identity", "missing", "green"):
            assert not HAN.search(found[part].replace("赵", "")), (rule, found[part])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_turn_of_every_template_is_met_by_a_case(language: str, everywhere: pl.DataFrame) -> None:
    """What no case leads to nobody has read."""
    for rule in rules().values():
        said = " ".join(of(everywhere, rule.id)[f"explanation_{language}"])
        for part in ("explanation", "line", "green_if"):
            text = unfolded(getattr(getattr(rule, part), language), language)
            for words in literals(text):
                assert words in said, (rule.id, words)


def literals(template: str) -> Iterator[str]:
    """Yield what a template says whatever its values are."""
    for _, kind, text in SandboxedEnvironment(autoescape=False).lex(template):
        if kind == "data" and len(text.strip()) > 1:
            yield text.strip()


@pytest.mark.parametrize("part", ["sources", "basis", "identity", "missing", "lowered"])
def test_an_explanation_without_a_part_is_refused(
    part: str, findings: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = findings.filter(pl.col("lowered_by").is_not_null()).head(1)
    monkeypatch.setattr(Sentences, part, lambda *_, **__: "")
    with pytest.raises(ExplanationError, match=f"lacks {part}"):
        render(one, rules())


@pytest.mark.parametrize(
    ("part", "named"), [("explanation", "compared"), ("line", "line"), ("green_if", "green")]
)
def test_a_rule_that_is_silent_is_refused(part: str, named: str, findings: pl.DataFrame) -> None:
    empty = Words.model_construct(zh="{{ '' }}", en="{{ '' }}")
    catalogue = {"X05": rules()["X05"].model_copy(update={part: empty})}
    with pytest.raises(ExplanationError, match=named):
        render(of(findings, "X05").head(1), catalogue)


def test_a_finding_without_rows_is_refused(findings: pl.DataFrame) -> None:
    one = of(findings, "X05").head(1)
    with pytest.raises(ExplanationError, match="sources"):
        render(one.with_columns(facts=pl.lit([], dtype=one.schema["facts"])), rules())


def test_a_value_the_ground_did_not_write_is_an_error(findings: pl.DataFrame) -> None:
    broken = of(findings, "X05").head(1).with_columns(particulars=pl.lit("{}"))
    with pytest.raises(Exception, match="undefined"):
        render(broken, rules())


def test_masked_explanations_name_nobody(everywhere: pl.DataFrame) -> None:
    assert everywhere["explanation_zh"].str.contains("赵a").any()
    assert everywhere["masked_zh"].str.contains("赵某").any()
    for column in ("masked_zh", "masked_en"):
        for whole in (
            r"赵[a-z]", r"尾号|ending in", r"出生于[0-9]+年[0-9]|born [0-9]{4}-", r"案号|\(case ", r"DB[0-9]{4}",
            r"62\*\*\*\*", r"死亡（[^）]*），[0-9]+年[0-9]+月[0-9]+日", r"[0-9]日死亡|[0-9]日去世",
        ):  # fmt: skip
            bad = everywhere.filter(pl.col(column).str.contains(whole))
            assert bad.is_empty(), (whole, bad["rule_id"][0], bad[column][0])


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
    assert zh.months("2020-12-01", "2021-11-01") == "2020年12月至2021年11月"
    assert zh.months("2021-09-01", "2021-11-01") == "2021年9月至11月"
    assert en.months("2021-09-01", "2021-11-01") == "2021-09 to 2021-11"
    assert zh.money(None) == "（金额未提供）"
    assert zh.case("DB1") == "（案号DB1）"
    assert (en.birth("1947-09-16"), en.died("2021-05-01"), en.case("DB1")) == ("1947", "2021-05", "")
    assert en.name("王小明") == "王*"


def fact(snapshot: date, what: str, **more: object) -> Row:
    return {
        "source": "tax_income", "snapshot_date": snapshot, "what": what, "on": None, "amount": None, "detail": None,
        "decision": "linked", "by_number": True, "unread": [], **more,
    }  # fmt: skip


def test_deliveries_by_the_month_are_one_citation() -> None:
    rows = [
        fact(date(2021, month, 28), f"income:wages:2021-{month - 1:02}-01", on=date(2021, month - 1, 1), amount=Decimal(900))
        for month in (10, 11, 12)
    ]  # fmt: skip
    assert Sentences("zh", masked=False).sources(rows) == (
        Cited(
            "tax_income",
            "税务个人所得信息（2021年10月28日至2021年12月28日各次数据）：工资薪金等劳动所得，2021年9月至2021年11月，共3条，"
            "合计计入2,700.00元",
        ),
    )
    spell = fact(
        date(2021, 12, 28), "income:employee_pension:2020-12-01", on=date(2021, 11, 1), amount=Decimal(12)
    )
    (cited,) = Sentences("en", masked=True).sources([spell])
    assert "2020-12 to 2021-11" in cited.said


def test_money_of_another_country_is_not_called_yuan() -> None:
    row = fact(
        date(2021, 12, 1), "foreign:USD", source="bank_accounts", amount=Decimal(500), detail="62****001234"
    )
    (cited,) = Sentences("zh", masked=False).sources([row])
    assert cited.said.endswith("外币存款（美元），余额500.00（以该币种计），账号尾号1234")


def test_late_sources_are_said_to_be_missing(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    cases = [case for case in every_case if case["rule"] == "X05" and "stale" not in case]
    con = run_cases(cases, ("vehicles",))
    texts = con.execute("SELECT explanation_zh FROM out.finding WHERE rule_id = 'X05'").fetchall()
    assert texts
    assert all(re.search("缺失：车辆登记信息已逾期（最近一次为", text) for (text,) in texts)


def test_what_nobody_authorized_is_said_to_be_missing(more: pl.DataFrame) -> None:
    """A counted adult who has not signed: his tax records are missing, not nothing."""
    of_case = more.filter(pl.col("case_no") == "DB9004")
    texts = dict(zip(of_case["rule_id"], render(of_case, rules())["explanation_zh"], strict=True))
    unsigned = "缺失：计入人均的成员中有1名成年人没有有效的核对授权，未使用其税务个人所得信息；其他所需数据均按期收到。"
    assert unsigned in texts["X03"]
    own = "缺失：本人没有有效的核对授权，未使用其银行账户信息、证券保险信息、税务个人所得信息；其他所需数据均按期收到。"
    assert own in texts["P01"]


def test_outside_every_programme_gated_sources_are_said_to_be_unasked(everywhere: pl.DataFrame) -> None:
    for rule in ("O03", "O04", "O05", "O06", "O08"):
        assert of(everywhere, rule)["explanation_zh"].str.contains("未经授权不查询银行账户信息").all(), rule
    for rule in ("O01", "O09", "X05"):
        assert not of(everywhere, rule)["explanation_zh"].str.contains("授权").any(), rule


def test_income_is_said_with_its_months_and_both_windows(findings: pl.DataFrame) -> None:
    texts = render(of(findings, "X03"), rules())
    for text in texts["explanation_zh"]:
        assert "近12个月（2020年12月至2021年11月）" in text
        assert "近3个月（2021年9月至11月）" in text
        assert "每人每月收入不超过" in text
    assert texts["explanation_en"].str.contains("(2020-12 to 2021-11)", literal=True).all()


def test_both_cases_of_who_draws_twice_are_named(findings: pl.DataFrame) -> None:
    for text in render(of(findings, "X12"), rules())["explanation_zh"]:
        assert len(re.findall("（案号DB[0-9A-Z]+）", text)) == 2, text
        assert text.count("起享受") + text.count("起又享受") == 2, text


def test_what_no_longer_fires_says_what_it_was_and_asks_nothing(findings: pl.DataFrame) -> None:
    one = of(findings, "X05").head(1)
    gone = one.with_columns(status=pl.lit("cleared"), facts=pl.lit([], dtype=one.schema["facts"]))
    ((zh, en, green),) = render(gone, rules()).select(TEXTS).rows()
    assert "“名下机动车”（2021年12月31日首次出现）今晚不再成立" in zh
    assert "Vehicle held" in en and "no longer holds" in en
    assert green == "已不再成立，无须再做什么"
    held = gone.with_columns(status=pl.lit("open"), held_why=pl.lit("rule:X05"))
    assert "尚待人工确认" in Renderer(rules(), masked=False).explain(held.row(0, named=True))[0]


def test_a_rule_file_that_breaks_a_promise_is_named(tmp_path: Any) -> None:
    file = tmp_path / "x99.yaml"
    file.write_text("id: X98\nkind: exclusion\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"x99\.yaml"):
        read_rule(file)


def test_a_dear_old_car_is_not_said_to_be_cheap(findings: pl.DataFrame) -> None:
    texts = render(of(findings, "X05"), rules())["explanation_zh"]
    assert texts.str.contains("购车价达到50,000.00元，但登记已满10年", literal=True).any()
    assert texts.str.contains("购车价不到50,000.00元，核实用途", literal=True).any()
    assert texts.str.contains("价值无法判断", literal=True).any()
