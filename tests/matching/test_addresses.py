"""Addresses: the same place, however it is written."""

import polars as pl
import pytest

from matching.normalise import addresses


def parsed(*raw: str | None) -> pl.DataFrame:
    return addresses(pl.Series(list(raw), dtype=pl.String))


@pytest.mark.parametrize(
    "raw",
    [
        "江苏省南通市如皋市九渡镇东垛村16组87号",
        "如皋市九渡镇东垛村16组87号",
        "九渡镇东垛村十六组八十七号",
        " 如皋市 九渡镇 东垛村 第16组 87号",
        "如皋市九渡镇东垛村16队87号",
    ],
)
def test_one_door_in_many_spellings(raw: str) -> None:
    row = parsed(raw).row(0, named=True)
    assert (row["town"], row["village"], row["group_no"], row["door"]) == ("九渡", "东垛", "16", "87")
    assert row["door_key"] == parsed("九渡镇东垛村16组87号")["door_key"].item()


def test_a_flat_in_town() -> None:
    row = parsed("如皋市如澜街道石园社区映川大道21号27幢2单元503室").row(0, named=True)
    assert (row["road"], row["door"]) == ("映川大道", "21-27-2-503")


def test_numerals_inside_names_stay() -> None:
    assert parsed("安徽省宿州市埇桥区朱仙庄镇三里村3组")["village"].item() == "三里"


def test_nothing_said_is_null() -> None:
    assert parsed(None, "").select(pl.all().is_null().all()).row(0) == (True,) * 8
