"""JSON Lines: broken lines cost themselves, values stay text."""

import json
from pathlib import Path

import pytest

from sources import CONTRACTS, SourceLayout
from sources.errors import SnapshotRefused
from sources.readers.json_lines import JsonLines
from tests.sources.collecting import JIANGSU

GOOD = {
    "xh": "SC1",
    "zjhm": "11010119900307271X",
    "xm": "张三",
    "tyshxydm": "91320682MA0012HK28",
    "zttype": "企业",
    "rylx": "股东",
    "zt": "存续",
}


def read(
    tmp_path: Path, lines: list[str], block_bytes: int = 1 << 20
) -> tuple[list[dict[str, object]], list[int]]:
    path = tmp_path / "scjg_20211227.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    layout = JIANGSU["business_registrations"]
    assert isinstance(layout, SourceLayout)
    rows: list[dict[str, object]] = []
    broken: list[int] = []
    for batch in JsonLines(
        path, CONTRACTS["business_registrations"], layout.files[0], block_bytes=block_bytes
    ):
        rows += batch.rows.to_dicts()
        broken += batch.broken.tolist()
        assert [json.loads(text)["xh"] for text in batch.row_text(range(batch.rows.height))] == batch.rows[
            "record_no"
        ].to_list()
        assert len(batch.broken_text(range(len(batch.broken)))) == len(batch.broken)
    return rows, broken


@pytest.mark.parametrize("block_bytes", [50, 1 << 20])
def test_broken_lines_cost_themselves(tmp_path: Path, block_bytes: int) -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    lines = [
        good,
        "",
        '{"xh": "SC2", ',
        "[1, 2]",
        "null",
        "7",
        good + " x",
        good + good,
        "  " + good + " ",
        '{"xh": NaN}',
        "{",
        good,
    ]
    rows, broken = read(tmp_path, lines, block_bytes)
    assert broken == [3, 4, 5, 6, 7, 8, 10, 11]
    assert [row["\0line"] for row in rows] == [1, 9, 12]


def test_values_stay_text(tmp_path: Path) -> None:
    odd = GOOD | {
        "rje": 2320000.5,
        "xm": "𠮷田",
        "qymc": {"a": [1, "b"]},
        "zxrq": "",
        "clrq": None,
        "nobody": 1,
    }
    ascii_, plain = json.dumps(odd), json.dumps(odd | {"zjhm": 320682194902131801}, ensure_ascii=False)
    (first, second), broken = read(tmp_path, [ascii_, plain])
    assert broken == []
    assert (first["subscribed_capital"], first["name"]) == ("2320000.5", "𠮷田")
    assert second["id_number"] == "320682194902131801"
    assert first["deregistered_on"] is None
    assert first["registered_on"] is None
    assert str(first["entity_name"]).startswith("{")


def test_escaped_damage_is_unreadable(tmp_path: Path) -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    lines = [
        good.replace("张三", r"张\ud842三"),
        good.replace("张三", r"张\u0000三"),
        good.replace("张三", r"\ud842\udfb7"),
    ]
    lines.append(good.replace("张三", r"a\\ud842"))
    rows, broken = read(tmp_path, lines)
    assert broken == [1, 2]
    assert [row["name"] for row in rows] == ["𠮷", r"a\ud842"]


def test_half_a_character_in_a_key_costs_its_line_alone(tmp_path: Path) -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    rows, broken = read(tmp_path, ['{"\\ud800": "1"}', good])
    assert (len(rows), broken) == (1, [1])


def test_a_key_that_no_object_has_refuses_the_file(tmp_path: Path) -> None:
    renamed = {("zhuangtai" if key == "zt" else key): value for key, value in GOOD.items()}
    with pytest.raises(SnapshotRefused, match=r"'zt' \(status\) is missing"):
        read(tmp_path, [json.dumps(renamed)])
    with pytest.raises(SnapshotRefused, match="0 bytes"):
        read(tmp_path, [])


def test_a_key_may_first_appear_late(tmp_path: Path) -> None:
    without = {key: value for key, value in GOOD.items() if key != "zt"}
    lines = [json.dumps(without)] * 1500 + [json.dumps(GOOD)]
    rows, broken = read(tmp_path, lines)
    assert (len(rows), broken, rows[-1]["status"]) == (1501, [], "存续")
