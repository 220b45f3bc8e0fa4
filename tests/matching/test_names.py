"""Names: keys, and how two names compare."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.name_levels import COLUMNS, name_level
from matching.normalise import names
from matching.normalise.characters import table
from matching.normalise.names import otherwise_read

characters = st.sampled_from(
    table().filter(pl.col("strokes").is_not_null())["character"].to_list()[::40]
).filter(lambda c: c not in "妻一")
written = st.text(characters, min_size=2, max_size=4)
"""Names; what names nobody (test_no_names.py) is none."""


def level(left: str | None, right: str | None, *, former: bool = False) -> str:
    (found,) = levels([left], [right], former=former)
    return found


def levels(left: list[str | None], right: list[str | None], *, former: bool = False) -> list[str]:
    a, b = (names(pl.Series(side, dtype=pl.String)).select(COLUMNS) for side in (left, right))
    pairs = a.hstack(b.rename({c: f"p_{c}" for c in COLUMNS})).with_columns(p_former=pl.lit(former))
    return name_level(pairs).to_list()


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (" 韩 妍\u3000语", "韩妍语"),
        ("劉祥貴", "刘祥贵"),
        ("艾合买提・买买提", "艾合买提·买买提"),
        ("艾合买提．买买提", "艾合买提·买买提"),
        ("苏艳\ue863", "苏艳□"),
        ("张**", "张□□"),
        ("张XX", "张□□"),
        ("张X明X", "张□明□"),
        ("?XIAO红", "□xiao红"),
        ("阿x·Xab", "阿□·xab"),
        ("王先生同志", "王□"),
        ("戱建国", "戏建国"),
        ("Zoë·Müller", "zoe·muller"),
        ("CHEN Qiang-Bai", "chenqiangbai"),
        ("", None),
        (None, None),
    ],
)
def test_keys(raw: str | None, key: str | None) -> None:
    assert names(pl.Series([raw], dtype=pl.String))["name_key"].item() == key


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单雄信", "shanxiongxin"),
        ("曾国", "zengguo"),
        ("尉迟恭", "yuchigong"),
        ("吕萍", "luping"),
        ("仇英", "qiuying"),
    ],
)
def test_surnames_have_readings_of_their_own(name: str, pinyin: str) -> None:
    assert names(pl.Series([name]))["pinyin"].item() == pinyin


@pytest.mark.parametrize(
    ("delivered", "person", "expected"),
    [
        ("王晓红", "王晓红", "same"),
        ("王曉紅", "王晓红", "same"),
        ("库尔班买买提", "库尔班·买买提", "same"),
        ("帕提曼", "帕提曼·沙吾提", "cut"),
        ("王晓*", "王晓红", "wildcard"),
        ("王**", "王晓红", "wildcard"),
        ("王先生", "王晓红", "wildcard"),
        ("苏艳\ue863", "苏艳垚", "wildcard"),
        ("李**", "王晓红", "differs"),
        ("WANG XIAOHONG", "王晓红", "pinyin"),
        ("Xiaohong Wang", "王晓红", "pinyin"),
        ("王XIAO红", "王晓红", "pinyin"),
        ("LI XIAOHONG", "王晓红", "letters_differ"),
        ("晓红王", "王晓红", "swapped"),
        ("张玮", "张伟", "homophone"),
        ("单明", "山明", "homophone"),
        ("张己", "张已", "look_alike"),
        ("王晓刚", "王晓红", "one_character"),
        ("李明强", "王晓红", "differs"),
        (None, "王晓红", "silent"),
        ("***", "王晓红", "silent"),
    ],
)
def test_levels(delivered: str | None, person: str, expected: str) -> None:
    assert level(delivered, person) == expected


def test_a_former_name_is_told_apart() -> None:
    assert level("王晓红", "王晓红", former=True) == "former"


@given(written, written)
def test_comparing_is_symmetric_for_names_in_characters(a: str, b: str) -> None:
    one, other = levels([a, b], [b, a])
    assert one == other


@given(written)
def test_a_name_is_itself(a: str) -> None:
    assert level(a, a) == "same"


@given(written, st.data())
def test_unknown_characters_are_silent(a: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(a) - 1))
    assert level(a[:place] + "?" + a[place + 1 :], a) == "wildcard"


@pytest.mark.parametrize(
    ("name", "keys"),
    [("单玉明", {"shanyuming", "danyuming"}), ("牟其中", {"muqizhong", "mouqizhong"}), ("单于静", {"chanyujing", "danyujing"}),
     ("阚清子", {"kanqingzi"}), ("万俟静", {"moqijing", "wansijing"}), ("王玉明", {"wangyuming"})],
)  # fmt: skip
def test_a_surname_is_found_by_each_of_its_readings(name: str, keys: set[str]) -> None:
    read = names(pl.Series([name]))
    assert set(pl.concat([read, otherwise_read(read)])["pinyin"]) == keys
