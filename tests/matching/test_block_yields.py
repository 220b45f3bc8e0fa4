"""The yield of blocking rules: what they bring, alone or together, and what the cap holds back."""

from dataclasses import replace

import polars as pl

import matching
from matching.block_yields import yields
from matching.blocking import RULES

from .made import number, registry, spine

ZHANG = number("32068219780705047")
CITY = spine(registry({"id_number_raw": ZHANG, "name": "张健鹏", "address": "沙湖镇朱港村3组7号"}))
ROWS = pl.DataFrame({
    "identity_id": ["exact", "slip", "door"],
    "id_number_raw": [ZHANG, ZHANG[:-2] + "9" + ZHANG[-1], None],
    "name": ["张健鹏", "张健鹏", "张健鹏"],
    "address": [None, None, "沙湖镇朱港村三组7号"],
})  # fmt: skip


def told(cap: int = 60) -> dict[str, dict[str, int]]:
    frame = yields(ROWS, CITY.index, replace(matching.shipped(), block_cap=cap))
    assert frame["rule"].to_list() == [rule.name for rule in RULES]
    return {row.pop("rule"): row for row in frame.to_dicts()}


def test_who_is_settled_exactly_asks_no_rule() -> None:
    assert told()["number"]["identities"] <= 1  # the slip's own number, which is nobody's
    assert told()["number"]["pairs"] == 0


def test_pairs_and_links_by_rule() -> None:
    found = told()
    assert found["number repaired"]["links"] == 1
    assert found["name, door"]["links"] == 1 and found["name, door"]["alone"] == 0
    assert found["name, group"]["pairs"] == found["name, door"]["pairs"] == 1


def test_the_cap_is_told() -> None:
    assert told(cap=60)["name, door"]["blocks_over_cap"] == 0
    assert told(cap=0)["name, door"]["blocks_over_cap"] == 1
    assert told(cap=0)["name, door"]["pairs"] == 0
