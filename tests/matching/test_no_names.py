"""What stands in the place of a name and names nobody; and names that look like it and are names."""

import polars as pl
import pytest

from matching import link_frames, normalise


@pytest.mark.parametrize(
    "written",
    ["NULL", "null", "None", "N/A", "nan", "无", "无名", "不详", "未知", "（不详）", "未填", "空", "测试", "姓名", "待定",
     "同上", "保密", "无名氏", "本人", "---", "陈国强之妻", "陈国强之子", "陈国强的女儿", "陈国强妻子", "陈国强家属",
     "陈国强遗属", "陈国强妻", "欧阳海之母"],
)  # fmt: skip
def test_who_is_not_named_is_nobody(written: str) -> None:
    assert normalise.name_keys(pl.Series([written])).to_list() == [None]


@pytest.mark.parametrize(
    "name",
    [
        "王之涣",
        "陈子女",
        "吴不凡",
        "未央",
        "空海",
        "王无忌",
        "姓福",
        "李之女",
        "张属",
        "本杰明",
        "户田惠",
        "陈国强",
    ],
)
def test_a_name_that_looks_like_it_is_one(name: str) -> None:
    assert normalise.name_keys(pl.Series([name])).to_list() == [name]


@pytest.mark.parametrize(
    "written", ["买买提&middot;吐尔逊", "买买提&#183;吐尔逊", "买买提&#xB7;吐尔逊", "买买提·&nbsp;吐尔逊"]
)
def test_a_dot_of_a_web_page_is_a_dot(written: str) -> None:
    assert normalise.name_keys(pl.Series([written])).to_list() == ["买买提·吐尔逊"]


PEOPLE = pl.DataFrame(
    {
        "person_id": [str(i) for i in range(300)],
        "id_number_raw": ["320682197603120012", "320682198001010026", *([None] * 298)],
        "name": [
            "买买提·吐尔逊",
            "吴敏昭",
            *("王李张刘陈"[i % 5] + "伟芳娜敏静强"[i % 6] + "磊军洋勇艳杰"[i // 6 % 6] for i in range(298)),
        ],
        "birth_date": ["1976-03-12", "1980-01-01", *([None] * 298)],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "name", "person"),
    [
        ("320682197603120012", "买买提?吐尔逊", "0"),
        ("320682197603120012", "买买提*吐尔逊", "0"),
        ("320682198001010026", "吴敏?", "1"),
        ("320682198001010026", "吴敏ZHAO", "1"),
    ],
)
def test_a_sign_for_a_lost_dot_and_letters_for_a_lost_character_agree(
    number: str, name: str, person: str
) -> None:
    found = link_frames(pl.DataFrame({"id_number_raw": [number], "name": [name]}), PEOPLE)
    assert found.links["person_id"].to_list() == [person]
    assert found.links["method"].to_list() in (["exact"], ["probabilistic"])
