"""`link.claim`: whose number departments agree on; rows in, rows out."""

from collections.abc import Iterator
from datetime import date

import duckdb
import polars as pl
import pytest

from matching.clerical import NUMBER_CLAIM
from sql.connection import prepare
from sql.frames import keyed
from sql.models import build, models

SOURCES = sorted(
    table.removeprefix("core.")
    for table in models()["link.claim"].reads
    if table.startswith("core.") and "person" not in table
)
N, OTHER = "320682197807050476", "320682197807050433"


class Place:
    """Somebody of the registry, and what departments deliver under numbers of nobody."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        for schema in ("core", "link", "raw"):
            connection.execute(f"CREATE SCHEMA {schema}")
        for source in SOURCES:
            connection.execute(
                f"CREATE TABLE core.{source} (id_number VARCHAR, name VARCHAR, number_kind VARCHAR)"
            )
        connection.execute("CREATE TABLE raw.source_state (source VARCHAR, gated BOOLEAN)")
        for source in SOURCES:
            connection.execute(
                "INSERT INTO raw.source_state VALUES (?, ?)", [source, source == "bank_accounts"]
            )
        connection.execute(
            "CREATE TABLE link.person (person_id VARCHAR, name VARCHAR, sex VARCHAR, birth_date DATE, number_birth_date DATE,"
            " in_registry BOOLEAN)"
        )
        connection.execute(
            "CREATE TABLE core.person_same_as (person_id VARCHAR, other_person_id VARCHAR, why VARCHAR)"
        )

    def person(self, person: str = "P", number_born: date | None = None, name: str = "陈国强") -> None:
        row = [person, name, "male", date(1978, 7, 5), number_born, True]
        self.connection.execute("INSERT INTO link.person VALUES (?, ?, ?, ?, ?, ?)", row)

    def deliver(self, *sources: str, number: str = N, name: str = "陈国强", kind: str = "foreign") -> None:
        for source in sources:
            self.connection.execute(f"INSERT INTO core.{source} VALUES (?, ?, ?)", [number, name, kind])

    def claims(self) -> list[tuple[str, str, int]]:
        build(self.connection, models()["link.claim"])
        return self.connection.execute(
            "SELECT person_id, id_number, departments FROM link.claim ORDER BY ALL"
        ).fetchall()


@pytest.fixture
def place() -> Iterator[Place]:
    with duckdb.connect() as connection:
        prepare(connection, b"key")
        made = Place(connection)
        made.person()
        yield made


def test_two_departments_claim_a_number(place: Place) -> None:
    place.deliver("vehicles", "vehicles", "students")
    assert place.claims() == [("P", N, 2)]


@pytest.mark.parametrize("sources", [("vehicles",), ("vehicles", "bank_accounts")])
def test_one_department_or_a_gated_one_is_not_enough(place: Place, sources: tuple[str, ...]) -> None:
    place.deliver(*sources)
    assert place.claims() == []


@pytest.mark.parametrize(
    "told",
    [{"name": "陈国"}, {"number": "320682197807060471"}, {"number": "320682197807050425"}, {"kind": "known"}],
    ids=["another name", "another birth date", "a woman's", "somebody's on the spine"],
)
def test_name_birth_date_and_sex_must_agree_and_nobody_have_the_number(
    place: Place, told: dict[str, str]
) -> None:
    place.deliver("vehicles", "students", **told)
    assert place.claims() == []


def test_whose_own_number_fits_needs_no_other(place: Place) -> None:
    place.connection.execute("UPDATE link.person SET number_birth_date = birth_date")
    place.deliver("vehicles", "students")
    assert place.claims() == []


def test_a_number_of_another_birth_date_or_shared_is_no_evidence(place: Place) -> None:
    place.connection.execute("UPDATE link.person SET number_birth_date = DATE '1952-03-11'")
    place.deliver("vehicles", "students")
    assert place.claims() == [("P", N, 2)]
    place.connection.execute("UPDATE link.person SET number_birth_date = birth_date")
    place.connection.execute("INSERT INTO core.person_same_as VALUES ('O', 'P', 'shared_number')")
    assert place.claims() == [("P", N, 2)]


def test_another_number_in_a_single_department_is_a_namesake_and_claims_nothing(place: Place) -> None:
    place.deliver("vehicles", "students")
    place.deliver("deaths", number=OTHER)
    assert place.claims() == []


def test_two_namesakes_of_the_registry_claim_nothing(place: Place) -> None:
    place.deliver("vehicles", "students")
    place.person("Q", number_born=date(1978, 7, 5))
    assert place.claims() == []


def test_what_outlives_the_night_is_the_id_that_matching_asks_for_and_keeps_its_first_night(
    place: Place,
) -> None:
    place.deliver("vehicles", "students")
    place.claims()
    connection = place.connection
    connection.execute("CREATE SCHEMA policy; CREATE SCHEMA state; CREATE SCHEMA carry")
    connection.execute("CREATE TABLE policy.night AS SELECT DATE '2021-12-30' AS night")
    connection.execute("CREATE TABLE state.claim (claim_id VARCHAR, person_id VARCHAR, claimed_on DATE)")
    build(connection, models()["carry.claim"])
    (asked,) = keyed(connection, "C", pl.Series([NUMBER_CLAIM + N])).to_list()
    assert connection.execute("SELECT * FROM carry.claim").fetchall() == [(asked, "P", date(2021, 12, 30))]
    connection.execute("INSERT INTO state.claim SELECT * FROM carry.claim")
    connection.execute("UPDATE policy.night SET night = DATE '2021-12-31'")
    build(connection, models()["carry.claim"])
    assert connection.execute("SELECT claimed_on FROM carry.claim").fetchall() == [(date(2021, 12, 30),)]
