"""Delimited text: encodings, quotes, line ends, damage. What is broken costs its own line and nothing else."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import CONTRACTS, SourceLayout
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.delimited import Delimited
from tests.chance import examples
from tests.sources.collecting import INMATES, JIANGSU, inmate, inmates

CONTRACT = CONTRACTS["inmates"]


def shape(**changed: object) -> FileLayout:
    layout = JIANGSU["inmates"]
    assert isinstance(layout, SourceLayout)
    return FileLayout.model_validate(layout.files[0].model_dump() | {"encoding": "utf-8"} | changed)


def rows(
    path: Path, of: FileLayout, block_bytes: int = 1 << 20
) -> tuple[list[tuple[int, str | None]], list[int]]:
    """(line, name) of every row, and the broken lines."""
    found: list[tuple[int, str | None]] = []
    broken: list[int] = []
    for batch in Delimited(path, CONTRACT, of, block_bytes=block_bytes):
        found += batch.rows.select("\0line", "name").rows()
        broken += batch.broken.tolist()
        text = batch.row_text(range(batch.rows.height))
        assert all(
            (name or "").replace('"', "") in whole.replace('"', "")
            for (_, name), whole in zip(found[len(found) - len(text) :], text, strict=True)
        )
        assert len(batch.broken_text(range(len(batch.broken)))) == len(batch.broken)
    return found, broken


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "sf_20211228.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block_bytes", [7, 1 << 20])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str, block_bytes: int) -> None:
    names = ["张三", "億|墊", "麦麦提·库尔班"]
    if encoding != "gbk":
        names += ["𠮷田", "䶮"]
    content = inmates([inmate(n, name=name) for n, name in enumerate(names)], encoding, end)
    path = write(tmp_path, content)
    expected = [(n + 2, name) for n, name in enumerate(names)]
    if end == "\r" and block_bytes == 7:
        return  # whether lines end in CR is seen in the first block, which is never that small
    assert rows(path, shape(encoding=encoding), block_bytes) == (expected, [])
    path.write_bytes(gzip.compress(content))
    assert rows(path, shape(encoding=encoding), block_bytes) == (expected, [])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_bad_bytes_cost_their_line(tmp_path: Path, encoding: str) -> None:
    lines = inmates([inmate(n) for n in range(300)], encoding).split(b"\n")
    for at in (5, 6, 250):
        lines[at] = lines[at].replace("张".encode(encoding), b"\xc4\xff")
    found, broken = rows(write(tmp_path, b"\n".join(lines)), shape(encoding=encoding))
    assert broken == [6, 7, 251]
    assert len(found) == 297
    assert found[-1] == (301, "张三")


def test_half_a_surrogate_pair_and_a_cut_off_character(tmp_path: Path) -> None:
    good = inmates([inmate(1), inmate(2)], "utf-16-le")
    half = inmate(3, name="\ud842").encode("utf-16-le", "surrogatepass") + "\n".encode("utf-16-le")
    path = write(tmp_path, b"\xff\xfe" + good + half + inmate(4).encode("utf-16-le") + b"\n")
    assert rows(path, shape(encoding="utf-16")) == ([(2, "张三"), (3, "张三")], [4, 5])


def test_nul_bytes_cost_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, inmates([inmate(1), inmate(2, name="张\0三"), inmate(3)], "utf-8"))
    assert rows(path, shape()) == ([(2, "张三"), (4, "张三")], [3])


def test_marks_of_byte_order_anywhere_at_a_lines_start(tmp_path: Path) -> None:
    path = write(tmp_path, inmates(["\ufeff" + inmate(1), inmate(2)], "utf-8-sig"))
    batch = next(iter(Delimited(path, CONTRACT, shape())))
    assert batch.rows["record_no"].to_list() == ["SF1", "SF2"]


def test_blank_lines_and_wrong_field_counts(tmp_path: Path) -> None:
    lines = ["", inmate(1), "   ", ",,,,,", inmate(2) + ",多余", "SF3,只有三个,字段", inmate(4), "", ""]
    path = write(tmp_path, inmates(lines, "utf-8"))
    assert rows(path, shape()) == ([(3, "张三"), (8, "张三")], [6, 7])


def test_no_line_feed_at_the_end(tmp_path: Path) -> None:
    assert rows(write(tmp_path, inmates([inmate(1)], "utf-8")[:-1]), shape()) == ([(2, "张三")], [])


@pytest.mark.parametrize("block_bytes", [64, 1 << 20])
def test_quotes(tmp_path: Path, block_bytes: int) -> None:
    lines = [
        inmate(1, name='"张,三"'),
        inmate(2, name='"张""三"'),
        inmate(3, name='"张\n\n三"'),
        inmate(4, name='张"三'),
        inmate(5, name='"张三'),
        inmate(6, name='"张"三'),
        inmate(7, name='""'),
        '"SF8","11010119900307271X","张三","2020-01-10","","监狱服刑"',
        inmate(9, kind='"监狱服刑'),
        inmate(10),
    ]
    found, broken = rows(write(tmp_path, inmates(lines, "utf-8")), shape(), block_bytes)
    names = {2: "张,三", 3: '张"三', 4: "张\n\n三", 7: '张"三', 10: None, 11: "张三", 13: "张三"}
    if block_bytes == 1 << 20:
        assert broken == [8, 9, 12]
    assert {line: name or None for line, name in found} == names


def test_an_unbalanced_quote_never_swallows_the_file(tmp_path: Path) -> None:
    lines = [inmate(n) for n in range(2000)]
    for at in (3, 700, 1999):
        lines[at] = inmate(at, name='"张三')
    found, broken = rows(write(tmp_path, inmates(lines, "utf-8")), shape(), 1000)
    assert broken == [5, 702, 2001]
    assert len(found) == 1997


def test_text_is_never_quoted_unless_the_layout_says_so(tmp_path: Path) -> None:
    lines = [inmate(1, name='"张三').replace(",", "|")]
    content = ("\n".join([INMATES.replace(",", "|"), *lines]) + "\n").encode()
    assert rows(write(tmp_path, content), shape(format="text"))[0] == [(2, '"张三')]


def test_titles_totals_and_trailer_are_no_rows(tmp_path: Path) -> None:
    lines = ["名册", "", INMATES, inmate(1), "合计,,,,,1", inmate(2), "END|2", "", ""]
    of = shape(title_rows=2, totals=["合计"], trailer=r"^END\|(?P<rows>[0-9]+)$")
    path = write(tmp_path, "\n".join(lines).encode())
    for block_bytes in (16, 1 << 20):
        assert rows(path, of, block_bytes) == ([(4, "张三"), (6, "张三")], [])


@pytest.mark.parametrize(
    ("last", "why"), [("END|3", "says 3 rows"), (inmate(3), "trailer"), ("END|x", "trailer")]
)
def test_a_trailer_that_is_missing_or_disagrees(tmp_path: Path, last: str, why: str) -> None:
    path = write(tmp_path, inmates([inmate(1), inmate(2), last], "utf-8"))
    with pytest.raises(SnapshotRefused, match=why):
        rows(path, shape(trailer=r"^END\|(?P<rows>[0-9]+)$"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "0 bytes"),
        (gzip.compress(b"", mtime=0), "0 bytes"),
        (b"\n\n", "no header"),
        (b"PK\x03\x04rest", "workbook"),
        (inmates([inmate(1)], "gb18030"), "another encoding"),
        (gzip.compress(inmates([inmate(1)], "utf-8"), mtime=0)[:-9], "cut off"),
        (
            inmates([inmate(1)], "utf-8").replace("起始日期".encode(), "起止日期".encode()),
            "'起始日期'.*nearest is '起止日期'",
        ),
        (inmates([inmate(1)], "utf-8").replace("身份证号".encode(), "证件".encode()), "'身份证号'"),
        (inmates([inmate(1)], "utf-8").replace("截止日期".encode(), "姓名".encode()), "twice"),
        (inmate(1).encode(), "no header"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(SnapshotRefused, match=why) as refused:
        rows(path, shape())
    assert path.name in str(refused.value)


def test_headers_are_compared_tolerantly(tmp_path: Path) -> None:
    header = "\ufeff 编 号 ,身份证号,ＸＭ,起始日期　,截止日期,类别"
    of = shape()
    of = shape(
        columns=[c | ({"header": ["xm"]} if c["to"] == "name" else {}) for c in of.model_dump()["columns"]]
    )
    path = write(tmp_path, (header + "\n" + inmate(1) + "\n").encode())
    assert rows(path, of) == ([(2, "张三")], [])


TEXT = st.text(st.sampled_from('张三a,"\n\r\t |\ufeff𠮷\0'), max_size=6)


@examples(150)
@given(
    lines=st.lists(st.one_of(TEXT, st.lists(TEXT, min_size=6, max_size=6).map(",".join)), max_size=12),
    size=st.integers(5, 200),
)
def test_blocks_never_change_what_is_read(lines: list[str], size: int) -> None:
    content = inmates(lines, "utf-8")
    if b"\r" in content and b"\n" not in content.replace(b"\r\n", b"")[:size]:
        content = content.replace(b"\r", b"")
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), content)
        whole, broken = rows(path, shape())
        for block_bytes in (size, 16):
            assert rows(path, shape(), block_bytes) == (whole, broken)
    assert not {line for line, _ in whole} & set(broken)


@given(names=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), max_size=20))
def test_what_is_written_well_is_read_back(names: list[str]) -> None:
    quoted = [inmate(n, name='"' + name.replace('"', '""') + '"') for n, name in enumerate(names)]
    for encoding in ("utf-8", "gb18030", "utf-16"):
        with tempfile.TemporaryDirectory() as folder:
            found, broken = rows(write(Path(folder), inmates(quoted, encoding)), shape(encoding=encoding))
        assert broken == []
        assert [name or "" for _, name in found] == names
