"""Two addresses as text: one place or two, as a caseworker would say; and what no text may be called."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from benchmarks.places import ORDER, drawn, measured
from matching.places import place_levels, texts_level

ONE_DOOR = [
    ("浙江省杭州市余杭区文一西路969号", "杭州余杭文一西路969号"),
    ("上海市浦东新区张江高科碧波路690号4号楼", "碧波路690号4幢"),
    ("如皋市沙湖镇朱港村3幢2单元201", "如皋市沙湖镇朱港村3号楼201"),
    ("阳光花园3栋2单元201室", "陽光花園３#２０１"),
    ("阳光花园三幢201室", "阳光花园3幢201"),
    ("九渡镇东垛村十六组八十七号", "如皋市九渡镇东垛村16队87号"),
]
NO_DOOR = [
    ("朱港村东队7号", "朱港村西队7号"), ("一巷7号", "九巷7号"), ("人民路附7号", "人民路7号"),
    ("阳光花园3幢201室", "阳光花园5幢201室"),
    ("阳光花园3幢1单元201室", "阳光花园3幢2单元201室"), ("文一西路969号", "文一西路998号"), ("沙湖镇敬老院3室", "沙湖镇敬老院3室"),
    ("沙湖镇中学集体户12号", "沙湖镇中学集体户12号"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE_DOOR)
def test_one_door_however_it_is_written(one: str, other: str) -> None:
    assert matching.place_level(one, other) == "same_door"


@pytest.mark.parametrize(("one", "other"), NO_DOOR)
def test_not_one_door(one: str, other: str) -> None:
    assert matching.place_level(one, other) not in ("same_door", "door_renamed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("余杭区良渚街道玉鸟路良渚文化艺术中心", "良渚文化艺术中心"), ("沙湖镇敬老院", "如皋市沙湖镇敬老院"),
        ("西溪花园青竹苑12幢", "西溪花园"),
        ("花园社区东头老槐树下第二家", "如皋市花园社区东头老槐树下第二家"),
    ],
)  # fmt: skip
def test_one_neighbourhood_without_a_door(one: str, other: str) -> None:
    assert matching.place_level(one, other) == "same_village"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州市西湖区人民路7号", "宁波市海曙区人民路7号"), ("杭州市西湖区人民路7号", "杭州市余杭区人民路7号"),
        ("建设路12号", "解放路12号"),
        ("金色家园8幢", "水岸花苑8幢"),
    ],
)  # fmt: skip
def test_two_places(one: str, other: str) -> None:
    assert matching.place_level(one, other) == "differs"


def test_nothing_said_is_silent() -> None:
    assert [matching.place_level(*pair) for pair in ((None, "文一西路969号"), ("", ""), ("7", "7"))] == [
        "silent"
    ] * 3


ADDRESS = st.text(
    st.sampled_from("省市区县镇村街道路巷号幢单元室组队附东西阳光花园人民文一0123456789 -#"), max_size=24
)


@given(ADDRESS | st.text(max_size=12), ADDRESS)
def test_it_is_symmetric_and_takes_any_text(one: str, other: str) -> None:
    level = matching.place_level(one, other)
    assert level in ORDER and level == matching.place_level(other, one)


@given(ADDRESS)
def test_an_address_is_not_apart_from_itself(one: str) -> None:
    assert matching.place_level(one, one) != "differs"


def test_a_column_is_its_pairs() -> None:
    one, other = (pl.Series([pair[i] for pair in (*ONE_DOOR, *NO_DOOR)]) for i in (0, 1))
    alone = [matching.place_level(a, b) for a, b in zip(one, other, strict=True)]
    assert place_levels(one, other).to_list() == alone
    assert len(texts_level(one, other)) == len(alone)


def test_levels_tell_one_place_from_two_better_than_likeness_alone() -> None:
    found = measured(drawn(1_000, 11))
    assert found["levels"] > max(0.85, found["bigrams"], found["partial ratio"])
    assert found["silent of one place"] < 0.2 and found["a door, of two places"] < 0.05
