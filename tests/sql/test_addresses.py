"""Addresses of one home are one unit; addresses of two cities are two."""

import duckdb
import pytest

from sql.connection import prepare
from sql.models import models

PAIRS = [
    ("江苏省南通市如皋市长荡镇石圩村二十三组５号", "如皋市长荡镇石圩村23组5号", True),
    ("南通市崇川区人民路5号", "江苏省南通市崇川区人民路5号", True),
    ("江苏省南通市如皋市如城街道1号", "江苏省南通市海安市如城街道1号", False),
    ("如皋市人民路5号", "海安市人民路5号", False),
    ("江苏省南通市人民路5号", "江苏省泰州市人民路5号", False),
    ("南通市菜市场路5号", "泰州市菜市场路5号", False),
    ("如皋市菜市场路5号", "如皋市路5号", False),
    ("南通市阳光小区3幢", "泰州市阳光小区3幢", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_an_address_keeps_what_tells_two_places_apart(one: str, other: str, same: bool) -> None:
    con = duckdb.connect()
    prepare(con, b"tests")
    con.execute(
        "CREATE SCHEMA core; CREATE SCHEMA policy; CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night"
    )
    con.execute(
        "CREATE TABLE core.real_estate AS SELECT 'P' AS person_id, NULL::VARCHAR AS candidate_person_id, 'C' || n AS"
        " certificate_no, 'residential' AS usage, 100 AS share_percent, NULL::DATE AS registered_on, NULL::DATE AS"
        " cancelled_on, 1.0 AS transaction_amount, address, 'R' || n AS record_no, DATE '2021-12-31' AS snapshot_date,"
        " []::VARCHAR[] AS unreadable, "
        " 'linked' AS standing, TRUE AS by_number, 1.0 AS probability FROM (VALUES (1, $one), (2, $other)) AS t(n, address)",
        {"one": one, "other": other},
    )
    query = models()["means.dwelling_record"].query
    ((units,),) = con.execute(f"SELECT count(DISTINCT unit_key) FROM ({query})").fetchall()
    assert units == (1 if same else 2)
