"""Packed text: the one file in a zip archive, and archives that have none, several, or a lock."""

import zipfile
from pathlib import Path

import pytest

from sources import CONTRACTS
from sources.errors import SnapshotRefused
from sources.readers import read
from tests.sources.test_tables import shape as workbook

CONTRACT = CONTRACTS["deaths"]
TEXT = "编号,逝者身份证号,逝者姓名,死亡日期,证明类型\nSW1,11010119900307271X,张三,2021-09-10,火化证明\n"


def shape(**changed: object):  # type: ignore[no-untyped-def]  # noqa: ANN201 - FileLayout
    return workbook(**{"format": "csv", "title_rows": 0, "pattern": "*"} | changed)


def packed(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"数据/{name}", text.encode("gb18030"))
    return path


def numbers(path: Path, **changed: object) -> list[str]:
    return [
        n for batch in read(path, CONTRACT, shape(encoding="gbk", **changed)) for n in batch.rows["record_no"]
    ]


def test_the_one_file_of_an_archive_is_read_whatever_the_archive_is_called(tmp_path: Path) -> None:
    assert numbers(packed(tmp_path / "a.zip", 明细=TEXT)) == ["SW1"]
    assert numbers(packed(tmp_path / "b.csv", 明细=TEXT)) == ["SW1"]


def test_one_of_several_files_is_read_where_the_layout_names_it(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", 明细=TEXT, 说明="read me")
    assert numbers(path, member="明*") == ["SW1"]
    with pytest.raises(SnapshotRefused, match="2 files like"):
        numbers(path)
    with pytest.raises(SnapshotRefused, match="0 files like"):
        numbers(path, member="*.csv")


def test_names_that_an_older_packer_wrote_in_gbk_are_understood(tmp_path: Path) -> None:
    path, name = tmp_path / "a.zip", "数据/明细".encode("gb18030")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("@" * len(name), TEXT.encode("gb18030"))
    path.write_bytes(path.read_bytes().replace(b"@" * len(name), name))
    assert numbers(path, member="明细") == ["SW1"]


def test_an_archive_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", 明细=TEXT * 50)
    data = path.read_bytes()
    path.write_bytes(data[:-30])
    with pytest.raises(SnapshotRefused, match="cut off or damaged"):
        numbers(path)
    at = data.index(b"PK\x01\x02")
    for place in (6, at + 8):  # the flag of encryption, in both headers
        data = data[:place] + bytes([data[place] | 1]) + data[place + 1 :]
    path.write_bytes(data)
    with pytest.raises(SnapshotRefused, match="password"):
        numbers(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(SnapshotRefused, match="workbook"):
        numbers(path)
    with zipfile.ZipFile(path, "w"):
        pass
    with pytest.raises(SnapshotRefused, match="0 files"):
        numbers(path)
