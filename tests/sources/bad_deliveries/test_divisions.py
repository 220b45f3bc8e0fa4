# ruff: noqa: E501 - a table: one case a line
"""The file of division names, as it may arrive: read, or a sentence that names it; never anything else."""

from pathlib import Path

import pytest

from sources import LandingError, divisions

HEAD = "division_code,name_zh,level,parent_code"
ROW = "320682000000,如皋市,county,320600000000"
WHOLE = f"{HEAD}\n{ROW}\n"

READ = {
    "UTF-8": WHOLE.encode(),
    "UTF-8 with a byte-order mark": WHOLE.encode("utf-8-sig"),
    "GB18030": WHOLE.encode("gb18030"),
    "line ends of CR LF": WHOLE.replace("\n", "\r\n").encode(),
    "a code twice: the first stands": f"{WHOLE}320682000000,别名,county,\n".encode(),
    "a row without a code": f"{WHOLE},无码,county,\n".encode(),
    "columns in another order and one more": "name_zh,division_code,x,parent_code,level\n如皋市,320682000000,,320600000000,county\n".encode(),
    "codes between blanks": WHOLE.replace("320682000000", " 320682000000 ").encode(),
    "blank lines": WHOLE.replace("\n", "\n\n").encode(),
}  # fmt: skip
TOLD = {
    "0 bytes": b"",
    "a column missing": b"division_code,name_zh\n1,a\n",
    "semicolons": WHOLE.replace(",", ";").encode(),
    "no header": f"{ROW}\n".encode(),
    "UTF-16": WHOLE.encode("utf-16"),
    "bytes of no encoding": b"\xff\xff\xff\n\x80",
    "a workbook renamed": b"PK\x03\x04" + bytes(300),
    "a row of too many fields": f"{HEAD}\n{ROW},a,b\n".encode(),
}


def put(landing: Path, content: bytes) -> None:
    path = landing / "_reference" / "divisions.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("name", READ)
def test_divisions_that_can_be_read(tmp_path: Path, name: str) -> None:
    put(tmp_path, READ[name])
    found = divisions(tmp_path)
    assert found is not None
    assert found.rows() == [("320682000000", "如皋市", "county", "320600000000")]


@pytest.mark.parametrize("name", TOLD)
def test_divisions_that_cannot_be_read_are_told(tmp_path: Path, name: str) -> None:
    put(tmp_path, TOLD[name])
    with pytest.raises(LandingError, match=r"divisions\.csv"):
        divisions(tmp_path)


def test_no_divisions_and_a_folder_in_their_place(tmp_path: Path) -> None:
    assert divisions(tmp_path) is None
    (tmp_path / "_reference" / "divisions.csv").mkdir(parents=True)
    with pytest.raises(LandingError, match=r"divisions\.csv"):
        divisions(tmp_path)
