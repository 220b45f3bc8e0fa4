"""`audit.link_quality`: rows in, rows out; the estimates by hand beside them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from sql.connection import prepare
from sql.models import build, models

TABLES = {
    "core.person_link": "source VARCHAR, record_no VARCHAR, identity_id VARCHAR, person_id VARCHAR,"
    " candidate_person_id VARCHAR, method VARCHAR, decision VARCHAR, probability DOUBLE, runner_up_probability DOUBLE,"
    " number_kind VARCHAR",
    "link.person": "person_id VARCHAR, in_registry BOOLEAN, number_birth_date DATE",
    "core.person": "person_id VARCHAR, name VARCHAR, hukou_type VARCHAR, ethnicity VARCHAR, birth_date DATE,"
    " division_code VARCHAR",
    "link.evidence": "identity_id VARCHAR, person_id VARCHAR, rank INTEGER, field VARCHAR, level VARCHAR",
    "ledger.link_decision": "seq BIGINT, subject VARCHAR, identity_id VARCHAR, person_id VARCHAR, source VARCHAR,"
    " verdict VARCHAR, stratum VARCHAR, inclusion_probability DOUBLE, in_force BOOLEAN, score_hidden BOOLEAN",
    "policy.night": "night DATE",
}

REACH = """
CREATE OR REPLACE TABLE link.reach AS SELECT source, number_kind, if(method = 'spine', 'founded', decision) AS decision,
    count(*) AS rows, sum(CAST(coalesce(p, 0) AS DECIMAL(38, 9))) AS hits,
    sum(CAST(coalesce(p * (1 - p), 0) AS DECIMAL(38, 9))) AS variance
FROM (SELECT *, if(method = 'spine', runner_up_probability, probability) AS p FROM core.person_link) GROUP BY ALL
"""
"""As a night counts it (linking/reach.py)."""


class City:
    """Made rows of one night."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        for table, columns in TABLES.items():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.split('.')[0]}")
            connection.execute(f"CREATE TABLE {table} ({columns})")
        connection.execute("INSERT INTO policy.night VALUES (DATE '2021-12-31')")

    def add(self, table: str, **row: Any) -> None:
        names = ", ".join(row)
        self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )

    def row(
        self, identity: str, person: str | None, p: float | None, decision: str = "linked", **other: Any
    ) -> None:
        """One delivered row; of what is not linked, the person is the nearest by its evidence."""
        linked, review = decision == "linked", decision == "review"
        given = {
            "source": "deaths", "identity_id": identity, "person_id": person if linked else None,
            "candidate_person_id": person if review else None, "method": "exact" if linked else "none",
            "decision": decision, "probability": p, "number_kind": "known" if person else "foreign",
        } | other  # fmt: skip
        self.add("core.person_link", **given)

    def person(self, person: str, **told: Any) -> None:
        given = {"name": "王伟", "hukou_type": "rural", "ethnicity": "汉族", "birth_date": date(1950, 1, 1)}
        self.add("core.person", person_id=person, **(given | {"division_code": "320682101201"} | told))

    def label(self, verdict: str, stratum: str, inclusion_probability: float | None, **other: Any) -> None:
        given = {
            "subject": "identity", "identity_id": "i", "person_id": "p", "source": "deaths", "in_force": True,
            "score_hidden": True, "seq": self.connection.sql("SELECT count(*) FROM ledger.link_decision").fetchall()[0][0],
        }  # fmt: skip
        row = (
            given
            | {"verdict": verdict, "stratum": stratum, "inclusion_probability": inclusion_probability}
            | other
        )
        self.add("ledger.link_decision", **row)

    def quality(self, kind: str = "all", **where: str) -> list[dict[str, Any]]:
        self.connection.execute(REACH)
        for name in ("link.judged", "link.recall", "audit.link_quality"):
            assert len(set(build(self.connection, models()[name]))) == 1, f"{name}: broken grain"
        found = self.connection.sql("SELECT * FROM audit.link_quality ORDER BY ALL").pl().to_dicts()
        wanted = {"source": "deaths", "method": "all", "decision": "all"} | where | {"subgroup_kind": kind}
        return [row for row in found if all(row[name] == value for name, value in wanted.items())]

    def total(self) -> dict[str, Any]:
        (row,) = self.quality()
        return row


@pytest.fixture
def city() -> Iterator[City]:
    with duckdb.connect() as connection:
        prepare(connection, b"key")
        made = City(connection)
        made.person("p")
        yield made


def test_precision_is_the_mean_probability_of_links(city: City) -> None:
    for identity, p in (("a", 0.99), ("b", 0.95), ("c", 1.0)):
        city.row(identity, "p", p)
    city.row("d", "p", 0.6, "review")
    found = city.total()
    assert found["n"] == 4
    assert found["expected_precision"] == pytest.approx(2.94 / 3, abs=1e-6)
    apart = 1.96 * (0.99 * 0.01 + 0.95 * 0.05) ** 0.5 / 3
    assert found["expected_precision_low"] == pytest.approx(2.94 / 3 - apart, abs=1e-6)
    assert found["expected_precision_high"] == 1


def test_recall_counts_the_best_candidate_of_what_is_not_linked(city: City) -> None:
    city.row("a", "p", 1.0)
    city.row("b", "p", 0.6, "review")
    city.row("c", "p", 0.4, "unlinked")
    city.row("d", None, None, "unlinked")
    found = city.total()
    assert found["expected_recall"] == 0.5 and found["without_candidate"] == 1
    middle, half = (
        1 + 1.9208,
        1.96 * (2 * 0.24 + 0.9604) ** 0.5 + 0.5,
    )  # rows; Wilson's interval of a count, and half a row
    assert found["expected_recall_low"] == pytest.approx(max(0, middle - half) / 2, abs=1e-6)
    assert found["expected_recall_high"] == 1


def test_rows_of_one_identity_are_right_or_wrong_together(city: City) -> None:
    for _ in range(4):
        city.row("a", "p", 0.9)
    together = city.total()
    city.connection.execute("UPDATE core.person_link SET identity_id = identity_id || rowid")
    apart = city.total()
    assert together["expected_precision"] == apart["expected_precision"] == 0.9
    assert together["expected_precision_low"] < apart["expected_precision_low"]


def test_the_spine_links_nothing_and_misses_its_candidate(city: City) -> None:
    city.row("a", "p", 1.0)
    city.row(
        "b",
        "p",
        1.0,
        method="spine",
        runner_up_probability=0.25,
        candidate_person_id="q",
        number_kind="foreign",
    )
    found = city.total()
    assert found["n"] == 2 and found["expected_precision"] == 1
    assert found["expected_recall"] == 0.8


def many(
    city: City, n: int, kind: str, person: str | None, p: float | None, decision: str = "linked", **other: Any
) -> None:
    for i in range(n):
        city.row(f"{kind}{decision}{person}{other}{i}", person, p, decision, number_kind=kind, **other)


def test_rows_that_nobody_came_near_are_missed_as_often_as_their_number_would_have_said(city: City) -> None:
    """Nine in ten rows with a usable number are of people of the spine; so are nine of ten without one, and six are linked."""
    many(city, 90, "known", "p", 1.0)
    many(city, 10, "foreign", None, None, "unlinked")
    many(city, 6, "unusable", "p", 1.0)
    many(city, 4, "unusable", None, None, "unlinked")
    found = city.total()
    assert found["expected_recall"] == pytest.approx(96 / 99, abs=1e-6)
    assert found["expected_recall_low"] < 96 / 100 < 96 / 98 < found["expected_recall_high"]
    assert found["without_candidate"] == 14


def test_of_a_source_without_usable_numbers_the_others_tell_the_share(city: City) -> None:
    many(city, 8, "known", "p", 1.0, source="vehicles")
    many(city, 2, "foreign", None, None, "unlinked", source="vehicles")
    many(city, 10, "unusable", "p", 1.0)
    many(city, 10, "unusable", None, None, "unlinked")
    assert city.total()["expected_recall"] == pytest.approx(10 / 16, abs=1e-6)


def test_people_whose_own_number_is_unusable_hide_among_strangers(city: City) -> None:
    """One in ten of the registry has no usable number: of 90 rows found, 9 more are expected under numbers of nobody."""
    for i in range(10):
        city.add(
            "link.person",
            person_id=str(i),
            in_registry=True,
            number_birth_date=None if i == 0 else date(1950, 1, 1),
        )
    many(city, 90, "known", "p", 1.0)
    many(city, 10, "foreign", None, None, "unlinked")
    assert city.total()["expected_recall"] == pytest.approx(90 / 99, abs=1e-6)


def test_a_roll_row_that_founded_a_person_is_right_unless_the_registry_knows_him(city: City) -> None:
    many(city, 8, "known", "p", 1.0, source="assistance_roll")
    many(city, 1, "known", "p", 1.0, source="assistance_roll", method="spine", runner_up_probability=0.3)
    many(city, 1, "foreign", "q", 1.0, source="assistance_roll", method="spine")
    (found,) = city.quality(source="assistance_roll")
    assert found["expected_recall"] == pytest.approx(0.9, abs=1e-6)


def test_a_group_misses_its_share_of_the_rows_that_nobody_came_near(city: City) -> None:
    city.person("q", hukou_type="urban")
    many(city, 60, "known", "p", 1.0)
    many(city, 30, "known", "q", 1.0)
    many(city, 10, "unusable", None, None, "unlinked")
    found = {row["subgroup"]: row["expected_recall"] for row in city.quality("hukou_type")}
    assert (found["rural"], found["urban"]) == (0.9, 0.9)


def test_no_link_is_no_precision(city: City) -> None:
    city.row("a", None, None, "unlinked")
    found = city.total()
    assert {found[name] for name in found if name.startswith(("expected", "labelled"))} == {None}


def test_rows_count_by_method_and_decision_and_whole(city: City) -> None:
    city.row("a", "p", 1.0)
    city.row("b", "p", 1.0, method="repaired", source="vehicles")
    one = city.quality(source="vehicles", method="repaired", decision="linked")
    assert [row["n"] for row in one] == [1]
    assert [row["n"] for row in city.quality(source="all")] == [2]


@pytest.mark.parametrize(
    ("kind", "told", "group"),
    [
        ("hukou_type", {"hukou_type": "urban"}, "urban"),
        ("ethnicity", {"ethnicity": "维吾尔族", "name": "托合提·吾斯曼"}, "minority_dotted_name"),
        ("ethnicity", {"ethnicity": "回族"}, "minority_other_name"),
        ("ethnicity", {"ethnicity": None}, "unknown"),
        ("age", {"birth_date": date(2004, 1, 1)}, "0-17"),
        ("age", {"birth_date": date(2003, 12, 31)}, "18-59"),
        ("age", {"birth_date": date(1941, 12, 31)}, "80+"),
        ("name_length", {"name": "王大伟"}, "3"),
        ("name_length", {"name": "欧阳大伟"}, "4+"),
        ("name_length", {"name": "阿不都·努尔"}, "dotted"),
        ("place", {"division_code": "320682101003"}, "residents_committee"),
        ("place", {"division_code": "320682101203"}, "villagers_committee"),
    ],
)
def test_groups(city: City, kind: str, told: dict[str, Any], group: str) -> None:
    city.person("q", **told)
    city.row("a", "q", 1.0)
    assert [row["subgroup"] for row in city.quality(kind)] == [group]


@pytest.mark.parametrize(
    ("level", "group"),
    [("same", "same"), ("month_day", "one_slip"), ("visible_serial", "hidden_digits"), ("silent", "none"), ("near", "differs")],
)  # fmt: skip
def test_what_is_not_linked_counts_with_its_nearest_person(city: City, level: str, group: str) -> None:
    city.person("q", hukou_type="urban")
    city.row("a", None, 0.3, "unlinked")
    city.add("link.evidence", identity_id="a", person_id="q", rank=1, field="number", level=level)
    city.add("link.evidence", identity_id="a", person_id="p", rank=2, field="number", level="other")
    assert [row["subgroup"] for row in city.quality("hukou_type")] == ["urban"]
    assert [row["subgroup"] for row in city.quality("number")] == [group]


def test_nobody_near_is_unknown(city: City) -> None:
    city.row("a", None, None, "unlinked")
    assert {row["subgroup"] for kind in ("age", "number", "place") for row in city.quality(kind)} == {
        "unknown"
    }


def test_labels_weigh_by_their_chance(city: City) -> None:
    city.row("a", "p", 1.0)
    city.label("same", "linked to 1", 0.5)
    city.label("different", "linked below 0.999", 1.0)
    city.label("same", "unlinked below 0.5", 0.25)
    found = city.total()
    assert found["labels"] == 3
    assert found["labelled_precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["labelled_recall"] == pytest.approx(2 / 6, abs=1e-6)
    size, p, z2 = 9 / 5, 2 / 3, 1.96**2
    half = 1.96 * (p * (1 - p) / size + z2 / (4 * size**2)) ** 0.5 / (1 + z2 / size)
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    assert found["labelled_precision_low"] == pytest.approx(middle - half, abs=1e-4)
    assert found["labelled_precision_high"] == pytest.approx(middle + half, abs=1e-4)


def test_few_labels_show_in_the_interval(city: City) -> None:
    city.row("a", "p", 1.0)
    for _ in range(3):
        city.label("same", "linked to 1", 1.0)
    assert city.total()["labelled_precision"] == 1
    assert city.total()["labelled_precision_low"] < 0.5


@pytest.mark.parametrize(
    "other",
    [
        {"in_force": False},
        {"score_hidden": False},
        {"subject": "pair"},
        {"inclusion_probability": None},
        {"verdict": "cannot_tell"},
    ],
)
def test_labels_that_tell_nothing_do_not_count(city: City, other: dict[str, Any]) -> None:
    city.row("a", "p", 1.0)
    city.label(**({"verdict": "same", "stratum": "linked to 1", "inclusion_probability": 1.0} | other))
    assert city.total()["labels"] == 0
