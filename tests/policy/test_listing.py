"""What `hedui policy show` and `diff` list, and the tables of docs/policy.md."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands import app
from policy import PolicyError, catalogue, load_profile, markdown
from policy.listing import GROUPS, differences, lines, missing

NIGHT = date(2021, 12, 31)
PLACES = ("rugao", "suqian", "suzhou_anhui")
NO_SOURCE = ("待当地确定", "参照", "仅作示例")
HOUSE = Path(markdown.__file__).parents[1]
SHOW = ["policy", "show", "--place", "rugao", "--night", "2021-12-31", "--format"]


def shown(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_is_in_force_says_where_it_comes_from() -> None:
    listed = {line.name: line for line in lines(load_profile("rugao"), NIGHT)}
    standard, cost, multiple = (
        listed[name] for name in ("dibao_standard.urban", "job_cost_rate", "marginal_multiple")
    )
    assert (standard.said, standard.value.since, standard.value.file, standard.marks) == (
        "750",
        date(2021, 7, 1),
        "rugao.yaml",
        (),
    )
    assert (cost.value.file, cost.marks) == ("illustrative.yaml", ("illustrative",))
    assert multiple.value.file == "national.yaml"


def test_past_and_future_values_are_listed_when_asked_for() -> None:
    states = {
        (line.value.since, line.state, line.until)
        for line in lines(load_profile("suqian"), date(2015, 1, 1), every=True)
        if line.name == "dibao_standard.rural"
    }
    assert states == {
        (date(2012, 1, 1), "in_force", date(2018, 6, 30)),
        (date(2018, 7, 1), "future", None),
    }
    assert all(line.state == "in_force" for line in lines(load_profile("suqian"), date(2015, 1, 1)))


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_of_the_catalogue_stands_under_a_heading(place: str) -> None:
    assert {parameter.group for parameter in catalogue().values()} == set(GROUPS)
    assert missing(load_profile(place), NIGHT) == []
    listed = {line.parameter.name for line in lines(load_profile(place), NIGHT)}
    assert {name for name, parameter in catalogue().items() if parameter.required} <= listed


def test_what_a_night_would_lack_is_named() -> None:
    assert {"dibao_standard.urban", "job_cost_rate"} <= set(missing(load_profile("national"), NIGHT))


@pytest.mark.parametrize("place", ["national", "illustrative", *PLACES])
def test_every_value_has_a_reference_or_says_that_it_is_illustrative(place: str) -> None:
    for figure in load_profile(place).figures.values():
        for value in figure.values:
            assert value.reference.strip()
            assert value.illustrative or not any(word in value.reference for word in NO_SOURCE), value


def test_two_days_of_one_place() -> None:
    profile = load_profile("rugao")
    found = {one.name: one for one in differences(profile, date(2021, 6, 30), profile, date(2021, 7, 1))}
    standard, tekun = found["dibao_standard.rural"], found["tekun_standard.rural"]
    assert standard.old and standard.new
    assert (standard.what, standard.old.as_written, standard.new.as_written) == ("value", "710", "750")
    assert (tekun.what, tekun.old) == ("value", None)
    assert found["marginal_multiple"].what == "mark"
    assert differences(profile, NIGHT, profile, date(2022, 1, 31)) == []


def test_a_months_figure_is_compared_in_the_nights_unit(write: Callable[[str], Path]) -> None:
    yearly = """
tekun_standard: {unit: yuan per person and year, value: {urban: 2400, rural: 2400}, reference: x}
"""
    monthly = """
tekun_standard: {unit: yuan per person and month, value: {urban: 200, rural: 200}, reference: x}
"""
    old, new = load_profile("county", write(yearly)), load_profile("county", write(monthly))
    assert differences(old, NIGHT, new, NIGHT) == []


def test_another_reference_alone_is_a_difference(write: Callable[[str], Path]) -> None:
    one = "tekun_standard: {unit: yuan per person and month, value: {urban: 2, rural: 2}, reference: x}\n"
    old, new = load_profile("county", write(one)), load_profile("county", write(one.replace(": x", ": y")))
    assert {(found.name, found.what) for found in differences(old, NIGHT, new, NIGHT)} == {
        ("tekun_standard.urban", "reference"),
        ("tekun_standard.rural", "reference"),
    }


def test_show_for_people_a_sheet_and_a_program() -> None:
    table, told = shown(*SHOW, "table"), json.loads(shown(*SHOW, "json"))
    rows = list(csv.DictReader(io.StringIO(shown(*SHOW, "csv"))))
    assert "最低生活保障标准" in table and "示例 illustrative" in table and "标准与收入线" in table
    assert rows == [{key: value or "" for key, value in row.items()} for row in told["figures"]]
    assert told["missing"] == [] and told["lineage"] == ["national", "illustrative", "rugao"]
    assert len(shown(*SHOW, "csv", "--all").splitlines()) > len(rows) + 1


def test_diff_names_two_places_or_two_days() -> None:
    places = shown("policy", "diff", "rugao@2021-12-31", "suqian@2021-12-31", "--format", "json")
    days = shown(
        "policy", "diff", "--place", "rugao", "--from", "2021-06-30", "--to", "2021-07-01", "--format", "csv"
    )
    assert {row["name"] for row in json.loads(places)} >= {"dibao_standard", "tekun_standard"}
    assert next(csv.DictReader(io.StringIO(days)))["new_reference"] == "如皋市民政局2021年工作总结"
    assert "没有差别" in shown("policy", "diff", "rugao@2021-12-31", "rugao@2021-12-30")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "--place", "rugoa", "--night", "2021-12-31"], "Did you mean 'rugao'?"),
        (["diff", "rugao@2021-12-31"], "name two places on a day"),
        (["diff", "rugao", "suqian@2021-12-31"], "Write it as rugao@2021-12-31"),
        (["diff", "rugao@31.12.2021", "suqian@2021-12-31"], "no place on a day"),
        (["diff", "--place", "rugao", "--from", "2021-12-31"], "name two places on a day"),
    ],
)
def test_wrong_arguments_end_with_a_sentence(words: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["policy", *words])
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_the_tables_of_the_page_are_those_of_the_profiles() -> None:
    page = (HOUSE / "docs" / "policy.md").read_text(encoding="utf-8")
    assert markdown.with_tables(page) == page, "docs/policy.md is behind the profiles: make policy"
    assert "| `dibao_standard.urban` | 最低生活保障标准 | 750 |" in page


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="figures of national"):
        markdown.with_tables("# Policy\n")


def test_a_profile_that_cannot_be_read_is_no_table(write: Callable[[str], Path]) -> None:
    with pytest.raises(PolicyError):
        load_profile("county", write("taper_months: 6\n"))
