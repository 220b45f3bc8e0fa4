"""The draw: who must be on the list, how many by chance, and whether its weights estimate without bias."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sql.connection import prepare
from tests.chance import examples

from .conftest import NIGHT, City, draw, fill, frames

CITY: dict[str | None, int] = {
    "320682001001": 250,
    "320682001002": 300,
    "320682002001": 40,
    "320682003001": 2,
    None: 7,
}
ALL = "SELECT * FROM out.spot_check ORDER BY household_id"
Rows = Callable[[duckdb.DuckDBPyConnection, str], list[dict[str, Any]]]


def drawn_from(sizes: dict[str | None, int], night: int = 0) -> pl.DataFrame:
    with duckdb.connect(config={"threads": 1}) as connection:
        prepare(connection, key=b"a key of the tests")
        tables = frames(sizes, NIGHT, reverse=False)
        tables["policy.night"] = tables["policy.night"].with_columns(
            pl.col("night").dt.offset_by(f"{night}d")
        )
        fill(connection, tables)
        draw(connection)
        return connection.sql(ALL).pl()


def test_relatives_of_officials_and_red_households_are_always_there(city: City) -> None:
    drawn = city(CITY).sql(ALL).pl()
    why = dict(zip(drawn["household_id"], drawn["why"], strict=True))
    for number in range(sum(CITY.values())):
        household = f"H{number:06}"
        if number % 10 == 0:
            assert why[household] == "mandatory"
        elif number % 7 == 0 or number % 11 == 0:
            assert why[household] in {"mandatory", "targeted"}
    assert len(why) == drawn.height


def test_a_refuted_or_held_finding_draws_nobody_for_certain(city: City) -> None:
    connection = city(CITY, drawn=False)
    connection.execute("UPDATE out.finding SET status = 'refuted' WHERE rule_id = 'P02'")
    connection.execute("UPDATE out.finding SET held_why = 'objection' WHERE rule_id = 'X06'")
    draw(connection)
    ((relatives,),) = connection.execute(
        "SELECT count(*) FROM draw.household WHERE relative_of_official"
    ).fetchall()
    ((printed,),) = connection.execute(
        "SELECT count(*) FROM (SELECT unnest(finding_ids) AS id FROM out.spot_check) "
        "WHERE id LIKE 'FP02%' OR id LIKE 'FX06%'"
    ).fetchall()
    assert relatives == 0
    assert printed == 0


def test_three_in_ten_tekun_applications_are_drawn(city: City) -> None:
    connection = city(CITY)
    applying = math.ceil(sum(CITY.values()) / 5)
    ((drawn,),) = connection.execute(
        "SELECT count(*) FROM out.spot_check AS s JOIN draw.household AS h USING (household_id) "
        "WHERE h.applying_place <= h.applying_drawn AND s.why = 'mandatory'"
    ).fetchall()
    assert drawn == math.ceil(0.3 * applying)


def test_every_township_has_its_random_sample(city: City, rows: Rows) -> None:
    for row in rows(
        city(CITY),
        "SELECT township, township_households AS n, township_drawn AS size, "
        "count(*) FILTER (WHERE by_chance) AS k, count(DISTINCT list_id) AS lists "
        "FROM out.spot_check GROUP BY ALL",
    ):
        assert row["k"] == row["size"] == min(row["n"], max(3, math.ceil(0.01 * row["n"])))
        assert row["lists"] == 1
    townships = {row["township"] for row in rows(city(CITY), "SELECT DISTINCT township FROM out.spot_check")}
    assert townships == {"320682001", "320682002", "320682003", "未知"}


def test_neither_row_order_nor_threads_change_the_draw(city: City) -> None:
    first = city(CITY).sql(ALL).pl()
    assert first.equals(city(CITY, reverse=True, threads=2).sql(ALL).pl())


def test_another_night_or_another_key_draws_others(city: City) -> None:
    first, second = city(CITY).sql(ALL).pl(), city(CITY, night=1).sql(ALL).pl()
    chance = [set(drawn.filter("by_chance")["household_id"]) for drawn in (first, second)]
    assert chance[0] != chance[1]
    assert set(first["list_id"]).isdisjoint(second["list_id"])
    assert set(first["visit_code"]).isdisjoint(second["visit_code"])


@examples(15)
@given(
    st.dictionaries(
        st.sampled_from(["320682001001", "320682001002", "320682002001", "320682003", "", None]),
        st.integers(1, 60),
        min_size=1,
    )
)
def test_design_holds_in_any_city(sizes: dict[str | None, int]) -> None:
    drawn = drawn_from(sizes)
    assert drawn["household_id"].is_unique().all()
    assert drawn["visit_code"].is_unique().all()
    assert ((drawn["inclusion_probability"] > 0) & (drawn["inclusion_probability"] <= 1)).all()
    assert (drawn["weight"] * drawn["inclusion_probability"] - 1).abs().max() < 1e-12  # type: ignore[operator]
    other = drawn.filter(pl.col("stratum").str.ends_with(":other"))
    assert (other["inclusion_probability"] == other["township_drawn"] / other["township_households"]).all()
    assert (drawn.filter(pl.col("stratum").str.ends_with(":certain"))["weight"] == 1).all()
    assert (drawn["questions"].list.len() >= 3).all()
    assert (drawn["questions"].list.n_unique() == drawn["questions"].list.len()).all()


def test_weights_estimate_without_bias() -> None:
    """Over many nights each estimate's mean is the truth, within four standard errors of that mean."""
    sizes: dict[str | None, int] = {"320682001001": 60, "320682002001": 20}
    total = sum(sizes.values())
    wrong = {f"H{number:06}" for number in range(total) if number % 3 == 0}  # flagged and green ones alike
    nights = 250
    whole: list[float] = []
    chance: list[float] = []
    seen: Counter[str] = Counter()
    design: dict[str, float] = {}
    tables = frames(sizes, NIGHT, reverse=False)
    with duckdb.connect(config={"threads": 1}) as connection:
        prepare(connection, key=b"a key of the tests")
        fill(connection, tables)
        for night in range(nights):
            connection.execute("UPDATE policy.night SET night = CAST(? AS DATE) + ?", [NIGHT, night])
            draw(connection, only=("draw.household", "draw.visit"))
            drawn = connection.sql("SELECT * FROM draw.visit ORDER BY household_id").pl()
            hit = pl.col("household_id").is_in(list(wrong))
            whole.append((1 / drawn.filter(hit)["inclusion_probability"]).sum())
            chance.append((1 / drawn.filter(hit & pl.col("by_chance"))["chance_probability"]).sum())
            seen.update(drawn["household_id"])
            design.update(zip(drawn["household_id"], drawn["inclusion_probability"], strict=True))
    for estimates in (whole, chance):
        mean = sum(estimates) / nights
        error = math.sqrt(sum((e - mean) ** 2 for e in estimates) / (nights - 1) / nights)
        assert abs(mean - len(wrong)) < 4 * error
    for household, p in design.items():
        assert abs(seen[household] / nights - p) <= 4.5 * math.sqrt(p * (1 - p) / nights)
    assert len(design) == total


def test_questions_follow_the_findings_and_hurt_nobody(city: City, rows: Rows) -> None:
    connection = city(CITY)
    asked = rows(
        connection, "SELECT questions FROM out.spot_check WHERE list_contains(finding_ids, 'FX05-7')"
    )
    assert any("交通工具" in question for question in asked[0]["questions"])
    catalogue = rows(connection, "SELECT DISTINCT question FROM draw.question")
    for word in ("疑", "刑", "监", "毒", "骗", "超标", "死亡", "红", "黄", "绿", "违", "不符", "银行流水"):
        assert not any(word in row["question"] for row in catalogue), word


def test_no_question_tells_a_targeted_household_from_a_random_one(city: City) -> None:
    drawn = city(CITY).sql(ALL).pl()
    shapes = {
        why: set(drawn.filter(pl.col("why") == why)["questions"].list.len()) for why in ("targeted", "random")
    }
    assert shapes["random"] & shapes["targeted"]


def test_every_rule_but_p02_has_a_question(city: City) -> None:
    asked = {
        rule for (rule,) in city({"320682001001": 1}).execute("SELECT rule_id FROM draw.question").fetchall()
    }
    families = {"X": 20, "O": 13, "C": 6, "P": 6}
    expected = {f"{letter}{number:02}" for letter, last in families.items() for number in range(1, last + 1)}
    assert asked == expected - {"P02"}
