"""Fixed-width text: fields by place, in characters or bytes, and lines that do not keep to it."""

from pathlib import Path

import numpy as np
import pytest

from sources import CONTRACTS
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers import Batch, count_rows, read
from sources.readers.fixed_width import FixedWidth

CONTRACT = CONTRACTS["deaths"]
WIDTHS = {"record_no": 4, "id_number": 18, "name": 12, "died_on": 8, "evidence": 1}
HEADERS = {"record_no": "LSH", "id_number": "SFZH", "name": "XM", "died_on": "SWRQ", "evidence": "Y"}


def shape(**changed: object) -> FileLayout:
    columns = [
        {"to": name, "header": [HEADERS[name]], "width": width}
        | ({"codes": {"1": "cremation"}} if width == 1 else {})
        for name, width in WIDTHS.items()
    ]
    usual = {"pattern": "*", "format": "fixed", "width_in": "bytes", "encoding": "gbk", "header": False}
    return FileLayout.model_validate(usual | {"columns": columns} | changed)


def row(number: str, name: str = "张三", *, end: str = "1") -> bytes:
    fields = zip((number, "11010119900307271X", name, "20210910", end), WIDTHS.values(), strict=True)
    return b"".join(text.encode("gb18030").ljust(width) for text, width in fields)


def whole(path: Path, form: FileLayout, **options: int) -> Batch:
    (batch,) = FixedWidth(path, CONTRACT, form, **options)  # type: ignore[arg-type]
    return batch


def test_fields_are_cut_by_bytes_so_names_of_any_length_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(b"\r\n".join([row("1"), row("2", "阿依努尔"), b"", row("3", "", end=" ")]) + b"\r\n")
    batch = whole(path, shape())
    assert batch.rows["name"].to_list() == ["张三", "阿依努尔", None]
    assert batch.rows["died_on"].to_list() == ["20210910"] * 3
    assert batch.rows["evidence"].to_list() == ["1", "1", None]
    assert batch.rows["\0line"].to_list() == [1, 2, 4]
    assert batch.row_text([1]) == [row("2", "阿依努尔").decode("gb18030")]


def test_fields_are_cut_by_characters_with_a_header_title_totals_and_trailer(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    cells = [HEADERS, dict(zip(WIDTHS, ("1", "11010119900307271X", "张三", "20210910", "1"), strict=True))]
    lines = ["".join(line[n].ljust(w) for n, w in WIDTHS.items()) for line in cells]
    path.write_text("\n".join(["死亡人员", *lines, "合计 1", "END00001"]), encoding="utf-16")
    form = shape(
        width_in="characters", encoding="utf-16", header=True, title_rows=1, totals=["合计"],
        trailer="^END(?P<rows>[0-9]+)$",
    )  # fmt: skip
    batch = whole(path, form)
    assert batch.rows["name"].to_list() == ["张三"]
    assert not len(batch.broken)
    assert count_rows(path, CONTRACT, form) == 1


@pytest.mark.parametrize(
    "broken",
    [
        row("2")[:40],  # does not reach the last column
        row("2") + b"more",
        row("2").replace("张三".encode("gb18030"), b"\xff\xff\xff\xff"),  # no such characters
        row("2")[:22]
        + b"a"
        + "张三李四王五".encode("gb18030")[:11]
        + row("2")[34:],  # cut in the middle of one
    ],
)
def test_a_line_that_does_not_keep_to_its_places_is_broken_alone(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(b"\n".join([row("1"), broken, row("3"), b""]))
    batch = whole(path, shape())
    assert batch.rows["record_no"].to_list() == ["1", "3"]
    assert batch.broken.tolist() == [2]
    assert batch.delivered == 3
    assert len(batch.broken_text([0])) == 1


def test_blocks_of_any_size_give_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(b"".join(row(str(at)) + b"\n" for at in range(200)) + b"T000200\n")
    form = shape(trailer="^T(?P<rows>[0-9]{6})$")
    small = list(FixedWidth(path, CONTRACT, form, block_bytes=100))
    assert len(small) > 10
    assert [n for batch in small for n in batch.rows["record_no"]] == [str(at) for at in range(200)]
    wanted = np.array([150, 151])
    some = list(FixedWidth(path, CONTRACT, form, block_bytes=100, wanted=wanted))
    assert {150, 151} <= {line for batch in some for line in batch.rows["\0line"]}
    assert sum(batch.delivered for batch in some) < 50


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(row("1") + b"\nT000002\n")
    with pytest.raises(SnapshotRefused, match="trailer says 2 rows, the file has 1"):
        list(read(path, CONTRACT, shape(trailer="^T(?P<rows>[0-9]{6})$")))
    path.write_bytes(b" \n")
    with pytest.raises(SnapshotRefused, match="no header"):
        list(read(path, CONTRACT, shape(header=True)))
