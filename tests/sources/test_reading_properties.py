"""What must hold of any delivery at all, however damaged: it is read or refused, and every row has one end."""

import gzip
import json
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sources import CONTRACTS
from sources.readers.batch import LINE
from sources.readers.delimited import Delimited
from sources.readers.json_lines import JsonLines
from tests.chance import examples
from tests.sources.bad_deliveries.case import NAMES, among, json_lines, rows_of, shape, text
from tests.sources.collecting import deliver, taken

QUICK = examples(40)
SOURCES = ("inmates", "bank_accounts", "business_registrations", "tax_income", "assistance_roll", "deaths")
WHOLE = {source: next(iter(among(source, good_rows=6).values())) for source in SOURCES}
UNPACKED = WHOLE | {"tax_income": gzip.decompress(WHOLE["tax_income"])}
NASTY = (
    b"\0",
    b"\n",
    b"\r",
    b'"',
    b",",
    b"|",
    b"\xff",
    b"\x81",
    b"{",
    b"}",
    b"\\",
    b"\xef\xbb\xbf",
    b"END|00000006\n",
)


@st.composite
def damaged(draw: st.DrawFn, source: str) -> bytes:
    """A good file with pieces put in, taken out, doubled or cut off."""
    content = draw(st.sampled_from((WHOLE, UNPACKED)))[source]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        upto = draw(st.integers(at, min(len(content), at + 60)))
        piece = draw(st.one_of(st.sampled_from(NASTY), st.binary(max_size=4), st.just(content[at:upto] * 2)))
        content = content[:at] + piece + content[draw(st.sampled_from((at, upto))) :]
    return content[: draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))]


@QUICK
@given(st.sampled_from(SOURCES).flatmap(lambda source: st.tuples(st.just(source), damaged(source))))
def test_whatever_arrives_is_read_or_refused_and_no_row_is_lost(delivery: tuple[str, bytes]) -> None:
    source, content = delivery
    gated = source in ("bank_accounts", "tax_income")
    with tempfile.TemporaryDirectory() as folder:
        deliver(Path(folder), source, "2021-12-28", NAMES[source], content)
        intake, rows = taken(Path(folder), source, gated=gated)  # holds the conservation of rows
    assert (intake.snapshot_date is None) == (intake.files["refused_why"].null_count() == 0)
    assert not rows.select("file", "line").is_duplicated().any()
    ends = pl.concat([rows.select("file", "line"), intake.quarantine.select("file", "line")])
    assert not ends.is_duplicated().any()


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029"), max_size=6
)


def read_back(
    content: bytes, source: str, reader: type[Delimited] | type[JsonLines], size: int
) -> tuple[object, object]:
    """Every field and the broken lines of a file, read in blocks of `size` bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAMES[source]
        path.write_bytes(content)
        batches = list(
            reader(path, CONTRACTS[source], shape(source).files[0], lenient=True, block_bytes=size)
        )
    rows = [row for batch in batches for row in batch.rows.drop(LINE).rows()]
    lines = [line for batch in batches for line in batch.rows[LINE]]
    return list(zip(lines, rows, strict=True)), [line for batch in batches for line in batch.broken.tolist()]


@QUICK
@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.integers(16, 400))
def test_a_bank_reads_back_what_was_written(cells: list[tuple[str, str]], size: int) -> None:
    def plain(cell: str) -> str:
        return cell.replace("|", "")

    rows = rows_of(
        "bank_accounts", *({"name": plain(a), "bank_code": plain(b)} for a, b in cells), good_rows=1
    )
    content = text("bank_accounts", *rows, f"END|{len(rows):08}")
    found, broken = read_back(content, "bank_accounts", Delimited, size)
    assert broken == []
    assert isinstance(found, list)
    assert [(row[2] or "", row[3] or "") for _, row in found[1:]] == [(plain(a), plain(b)) for a, b in cells]


OBJECT = st.one_of(
    st.text(max_size=12).map(lambda t: t.replace("\n", "")),
    st.dictionaries(
        st.sampled_from(("xh", "xm", "zjhm", "x")), st.one_of(st.none(), st.integers(), CELL), max_size=4
    ).map(lambda made: json_lines(json_of(made)).decode().rstrip("\n")),
)


def json_of(made: dict[str, object]) -> str:
    return json.dumps(made, ensure_ascii=False)


@QUICK
@given(st.lists(OBJECT, max_size=10), st.integers(8, 300))
def test_blocks_never_change_what_is_read_of_json(lines: list[str], size: int) -> None:
    first = json_of(dict.fromkeys(("xh", "xm", "zjhm", "x"), "a"))
    content = "\n".join([first, *lines]).encode("utf-8", "replace") + b"\n"
    whole = read_back(content, "business_registrations", JsonLines, 1 << 20)
    assert read_back(content, "business_registrations", JsonLines, size) == whole


@QUICK
@given(st.lists(CELL, min_size=1, max_size=6), st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-8-sig")))
def test_every_encoding_gives_the_same_text(names: list[str], encoding: str) -> None:
    of = shape("inmates").files[0].model_copy(update={"encoding": encoding.removesuffix("-sig")})
    quoted = ({"name": '"' + name.replace('"', '""') + '"'} for name in names)
    content = text("inmates", *rows_of("inmates", *quoted, good_rows=1)).decode("gb18030").encode(encoding)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sf_1.csv"
        path.write_bytes(content)
        (batch,) = Delimited(path, CONTRACTS["inmates"], of)
    assert batch.rows["name"].fill_null("").to_list()[1:] == names
    assert len(batch.broken) == 0
