"""Advice: each thing an author gets wrong is named, and no value of a person."""

from pathlib import Path
from typing import Any

import pytest

from sources import CONTRACTS, SourceLayout
from sources.onboarding.advice import Remark, advise
from tests.sources.collecting import JIANGSU, NIGHT, deliver, inmate, inmates

GOOD = [inmate(at, id_number=f"1101011990030727{at:02d}") for at in range(30)]


def layout(**changed: Any) -> SourceLayout:
    given = JIANGSU.sources["inmates"].model_dump(exclude_none=True)
    given["files"][0] |= changed
    return SourceLayout.model_validate(given)


def advised(landing: Path, content: bytes, file: str = "sf.csv", **changed: Any) -> list[Remark]:
    deliver(landing, "inmates", "2021-12-30", file, content)
    found = advise(landing, CONTRACTS["inmates"], layout(**changed), NIGHT)
    assert not any("李" in str(one) or "11010119" in str(one) for one in found)
    return found


def kinds(found: list[Remark]) -> set[tuple[str, str | None, str | None]]:
    return {(one.kind, one.column, one.advice) for one in found if one.kind != "code_unseen"}


def test_a_layout_that_fits_needs_no_advice(tmp_path: Path) -> None:
    found = advised(tmp_path, inmates(GOOD))
    assert kinds(found) == set()
    assert [one.found for one in found] == ["mapped but not seen: 强制隔离戒毒"]


@pytest.mark.parametrize(
    ("changed", "kind", "advice"),
    [
        ({"encoding": "utf-8"}, "encoding", "encoding: gb18030"),
        ({"delimiter": ";"}, "delimiter", "delimiter: ','"),
        ({"title_rows": 2}, "titles", "title_rows: 0"),
        ({"header": False}, "titles", "header: true"),
        ({"format": "xlsx"}, "form", "format: csv"),
        ({"pattern": "sfj*.csv"}, "no_file", None),
    ],
)
def test_wrong_form_is_named(tmp_path: Path, changed: dict[str, Any], kind: str, advice: str | None) -> None:
    found = advised(tmp_path, inmates(GOOD), **changed)
    assert (kind, advice) in {(one.kind, one.advice) for one in found}


def test_a_trailer_and_totals_are_named(tmp_path: Path) -> None:
    found = advised(tmp_path, inmates(GOOD) + "合计,30,,,,\n".encode("gb18030"))
    assert ("totals", None, "totals: [',*合计']") in kinds(found)


def test_headers_are_named_with_what_they_probably_are(tmp_path: Path) -> None:
    content = inmates(GOOD).decode("gb18030").replace("起始日期", "刑期起日").replace("截止日期", "备用")
    found = kinds(advised(tmp_path, content.encode("gb18030")))
    assert ("header_missing", "from_date", None) in found or (
        "header_missing",
        "from_date",
        "header: 刑期起日",
    ) in found
    assert ("header_unused", "刑期起日", "{header: 刑期起日, to: from_date}") in found
    assert ("header_missing", "to_date", None) in found


def test_a_file_without_the_header_does_not_show_its_rows(tmp_path: Path) -> None:
    found = advised(tmp_path, b"".join(inmates(GOOD).splitlines(keepends=True)[1:]))
    assert "header_missing" in {one.kind for one in found}
    assert not any(one.kind == "header_unused" for one in found)


def test_codes_are_counted_and_guessed(tmp_path: Path) -> None:
    rows = [
        *GOOD,
        *(inmate(at, kind="强制戒毒") for at in range(40, 45)),
        inmate(50, kind="李四"),
        inmate(51, kind="1"),
    ]
    found = [one for one in advised(tmp_path, inmates(rows)) if one.kind == "code_unmapped"]
    assert ("no code for '强制戒毒'", 5, "强制戒毒: compulsory_rehabilitation ?") in {
        (one.found, one.rows, one.advice) for one in found
    }
    assert {one.found for one in found} >= {
        "hardly a code, of the shape 汉汉",
        "no code for '1'",
    }


def test_dates_in_another_form_are_told_by_shape(tmp_path: Path) -> None:
    rows = [*GOOD, *(inmate(at, from_date=f"2020年03月{at - 39:02d}日") for at in range(40, 50))]
    found = advised(tmp_path, inmates(rows))
    (one,) = [one for one in found if one.column == "from_date"]
    assert (one.kind, one.rows) == ("unreadable", 10)
    assert one.found == "not read as the layout says; by shape: 9999汉99汉99汉 (10)"
    assert one.advice == "dates: ['%Y-%m-%d', '%Y年%m月%d日']"


def test_serial_days_and_words_for_nothing(tmp_path: Path) -> None:
    rows = [inmate(at, from_date=str(43_840 + at), to_date="至今" if at % 2 else "") for at in range(30)]
    found = kinds(advised(tmp_path, inmates(rows)))
    assert ("serial_date", "from_date", "dates: ['%Y-%m-%d', 'excel']") in found
    assert ("unreadable", "to_date", "blank: ['至今']") in found


def test_amounts_too_small_for_yuan(tmp_path: Path) -> None:
    head = "序号,身份证明号码,机动车所有人,号牌号码,车辆类型,使用性质,初次登记日期,机动车状态,购置价格\n"
    rows = [
        f"{at},11010119900307271X,张三,苏F0{at:04d},小型汽车,非营运,2020/01/02,正常,12.{at}\n"
        for at in range(10, 40)
    ]
    deliver(tmp_path, "vehicles", "2021-12-30", "jdc.csv", (head + "".join(rows)).encode("gb18030"))
    found = advise(tmp_path, CONTRACTS["vehicles"], JIANGSU.sources["vehicles"], NIGHT)
    assert ("unit", "purchase_price", "unit: 万元") in kinds(found)


def with_part(to: str, part: str) -> list[dict[str, Any]]:
    """The columns of the layout, one of which is a part of its cell."""
    columns = layout().files[0].model_dump(exclude_none=True)["columns"]
    return [{**column, "part": part} if column["to"] == to else column for column in columns]


@pytest.mark.parametrize(("to", "shape"), [("name", "汉汉"), ("to_date", "9999-99-99"), ("kind", "汉汉汉汉")])
def test_cells_that_do_not_fit_the_part_are_told_by_shape(tmp_path: Path, to: str, shape: str) -> None:
    rows = [inmate(at, to_date="2022-05-01") for at in range(30)]
    found = advised(tmp_path, inmates(rows), columns=with_part(to, "至(.*)$"))
    (one,) = (one for one in found if one.column == to and one.kind == "unreadable")
    assert (one.weight, one.rows, shape in one.found) == ("lose", 30, True)
    assert one.advice is not None and one.advice.startswith("part:")


def test_a_part_that_a_cell_may_lack_needs_no_advice(tmp_path: Path) -> None:
    columns = with_part("name", "^(.*?)(?:至.*)?$")
    assert kinds(advised(tmp_path, inmates(GOOD), columns=columns)) == set()
