"""No count under 5 of `out.summary` can be worked out from what analysts see of it: the attack, by linear algebra."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from numpy.typing import NDArray

from sql.models import models

FLAGS, COLOURS = ("risk", "omission", "care"), ("red", "yellow", "green")
COUNTED = ("households", "people", "findings")
LEVELS = {"village": 12, "township": 9, "county": 6, "city": 4}


def city(seed: int) -> list[tuple[object, ...]]:
    """Made villages: code, flag, colour, households, people, findings; one total of households whatever the flag."""
    random = np.random.default_rng(seed)
    rows: list[tuple[object, ...]] = []
    for county in range(random.integers(1, 4)):
        for township in range(random.integers(1, 5)):
            for village in range(random.integers(1, 6)):
                code = f"32068{county}{township + 100}{village:03}"  # 000: no village is named
                homes = int(random.choice([1, 2, 4, 6, 30, 200]))
                for flag in FLAGS:
                    share = random.dirichlet([0.2, 0.4, 2.0])
                    counts = random.multinomial(homes, share)
                    people = random.multinomial(2 * homes - 1, share)
                    rows += [
                        (
                            code,
                            flag,
                            colour,
                            int(n),
                            int(max(n, p)) if n else 0,
                            int(n) if colour != "green" else 0,
                        )
                        for colour, n, p in zip(COLOURS, counts, people, strict=True)
                    ]
    return rows  # fmt: skip


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(
        "CREATE SCHEMA out; CREATE SCHEMA analyst; CREATE TABLE analyst.village (division_code VARCHAR)"
    )
    made.execute(
        "CREATE TABLE leaf (code VARCHAR, flag VARCHAR, colour VARCHAR, households BIGINT, people BIGINT, findings BIGINT)"
    )
    return made  # fmt: skip


def summed(con: duckdb.DuckDBPyConnection, rows: list[tuple[object, ...]]) -> None:
    """Fill `out.summary` as its model does, `analyst.village` with the larger villages, and run the model."""
    con.executemany("INSERT INTO leaf VALUES (?, ?, ?, ?, ?, ?)", rows)
    con.execute(
        """
        CREATE TABLE out.summary AS
        SELECT left(code, digits) || right('000000000000', 12 - digits) AS division_code, level, 'dibao' AS program, flag,
            colour, sum(households)::BIGINT AS households, sum(people)::BIGINT AS people, sum(findings)::BIGINT AS findings
        FROM leaf CROSS JOIN (VALUES ('village', 12), ('township', 9), ('county', 6), ('city', 4)) AS known (level, digits)
        WHERE level <> 'village' OR right(code, 3) <> '000'
        GROUP BY ALL;
        INSERT INTO analyst.village SELECT code FROM leaf WHERE flag = 'care' GROUP BY code HAVING sum(people) >= 20;
        """
    )
    con.execute(f"CREATE TABLE analyst.summary AS {models()['analyst.summary'].query}")


def told_by(con: duckdb.DuckDBPyConnection, counted: str) -> int:
    """Return how many counts of 1 to 4 follow exactly from what is shown and from the flags' common total."""
    cells = con.execute("SELECT DISTINCT code, flag, colour FROM leaf ORDER BY ALL").fetchall()
    place = {cell: number for number, cell in enumerate(cells)}
    known: list[NDArray[np.float64]] = []

    def sum_of(code: str, level: str, flag: str, *colours: str) -> NDArray[np.float64]:
        chosen = np.zeros(len(cells))
        inside = code[: LEVELS[level]]
        for cell, number in place.items():
            if cell[0].startswith(inside) and cell[1] == flag and cell[2] in colours:
                chosen[number] = 1
        return chosen

    if counted != "findings":
        for code in {code for code, _, _ in cells}:
            totals = [sum_of(code, "village", flag, *COLOURS) for flag in FLAGS]
            known += [totals[0] - totals[1], totals[0] - totals[2]]
    small: list[NDArray[np.float64]] = []
    blocks = con.execute(
        f"SELECT s.division_code, level, flag, colour, {counted}, a.flag IS NOT NULL FROM out.summary AS s"
        " LEFT JOIN analyst.summary AS a USING (division_code, program, flag)"
    ).fetchall()
    for code, level, flag, colour, n, shown in blocks:
        if shown:
            assert not 1 <= n <= 4
            known.append(sum_of(code, level, flag, colour))
        elif 1 <= n <= 4:
            small.append(sum_of(code, level, flag, colour))
    if not small:
        return 0
    # What the known sums span: a small count's own sum must not lie in it.
    basis, values, _ = np.linalg.svd(np.array(known).T, full_matrices=False)
    span = basis[:, values > 1e-9]
    wanted = np.array(small)
    beyond = wanted - wanted @ span @ span.T
    return int((np.abs(beyond).max(axis=1) < 1e-6).sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_follows_from_what_is_shown(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    summed(con, city(seed))
    assert {counted: told_by(con, counted) for counted in COUNTED} == dict.fromkeys(COUNTED, 0)


def test_the_attack_succeeds_where_only_the_small_counts_are_hidden(con: duckdb.DuckDBPyConnection) -> None:
    summed(con, city(3))
    con.execute(
        "CREATE OR REPLACE TABLE analyst.summary AS SELECT division_code, program, flag FROM out.summary"
        " GROUP BY ALL HAVING count(*) FILTER (WHERE least(households, people) BETWEEN 1 AND 4) = 0"
    )
    assert told_by(con, "households") > 0


def test_the_smallest_neighbour_is_hidden_with_a_small_place(con: duckdb.DuckDBPyConnection) -> None:
    homes = {"320682101001": 3, "320682102001": 40, "320682103001": 60}
    flat = [(code, flag, colour, n * (colour == "green"), n * 8 * (colour == "green"), 0)
            for code, n in homes.items() for flag in FLAGS for colour in COLOURS]  # fmt: skip
    summed(con, list(flat))
    shown = {code for (code,) in con.execute("SELECT DISTINCT division_code FROM analyst.summary").fetchall()}
    assert shown == {"320682103001", "320682103000", "320682000000", "320600000000"}


def test_a_large_city_is_shown_whole(con: duckdb.DuckDBPyConnection) -> None:
    many = [(f"320682{township}001", flag, colour, 50, 120, 60)
            for township in (101, 102) for flag in FLAGS for colour in COLOURS]  # fmt: skip
    summed(con, list(many))
    ((hidden,),) = con.execute(
        "SELECT count(*) FROM out.summary AS s LEFT JOIN analyst.summary AS a USING (division_code, program, flag)"
        " WHERE a.flag IS NULL"
    ).fetchall()
    assert hidden == 0


@pytest.mark.parametrize("seed", range(12))
def test_what_is_hidden_adds_up_to_nothing_or_to_five(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    summed(con, city(seed))
    sums = con.execute((Path(__file__).parent / "hidden_sums.sql").read_text(encoding="utf-8")).fetchall()
    assert [n for row in sums for n in row if 1 <= n <= 4] == []
