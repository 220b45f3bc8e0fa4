"""The death of a person is one fact: what X01 reads is what `core.person` says."""

from collections.abc import Callable

import duckdb

from tests.rules.place import Row, kind_of

UNLIKE = """
    SELECT person.person_id, person.died_on, death.died_on AS read_by_x01
    FROM core.person AS person
    FULL JOIN (FROM fact.death WHERE decision = 'linked') AS death ON person.person_id = death.person_id
    WHERE person.died_on IS DISTINCT FROM death.died_on
"""
SEVERAL = """
    SELECT count(*) FROM (
        FROM core.deaths SELECT person_id WHERE decision = 'linked' GROUP BY person_id HAVING count(DISTINCT died_on) > 1
    )
"""


def test_every_case_has_one_death_a_person(
    every_case: tuple[Row, ...], place_of: Callable[[Row], duckdb.DuckDBPyConnection]
) -> None:
    places = {kind_of(case): case for case in every_case}
    several = 0
    for case in places.values():
        connection = place_of(case)
        assert connection.execute(UNLIKE).fetchall() == []
        ((n,),) = connection.execute(SEVERAL).fetchall()
        several += n
    assert several > 2  # people with two reports are among them
