# ruff: noqa: E501 - a table: one case a line
"""Whole files: headers, encodings, packing, line ends, trailers."""

import codecs
import gzip
import io
import zipfile

from tests.sources.bad_deliveries.case import Bad, among, good, inmates, line, rows_of, text

HEAD = "编号,身份证号,姓名,起始日期,截止日期,类别"
LINES_20 = [line("inmates", number) for number in range(1, 21)]


def headed(header: str, *lines: str, encoding: str = "gb18030", end: str = "\n") -> dict[str, bytes]:
    """Inmates under another header."""
    return {"sf_1.csv": (end.join([header, *(lines or LINES_20)]) + end).encode(encoding)}


def turned(text_of_line: str) -> str:
    return ",".join(reversed(text_of_line.split(",")))


def without(column: int) -> dict[str, bytes]:
    """A file that lacks one column altogether."""
    cut = [",".join(f for at, f in enumerate(row.split(",")) if at != column) for row in [HEAD, *LINES_20]]
    return headed(cut[0], *cut[1:])


def trailed(*trailers: str, rows: int = 20) -> dict[str, bytes]:
    """Bank accounts with these lines after the rows."""
    return {"bank_1.txt": text("bank_accounts", *rows_of("bank_accounts", good_rows=rows), *trailers)}


PLAIN = inmates()["sf_1.csv"]
PACKED = gzip.compress(PLAIN, mtime=0)
TAX = among("tax_income")["grsd_1.csv.gz"]
DAMAGED = bytes([*TAX[: len(TAX) // 2], TAX[len(TAX) // 2] ^ 255, *TAX[len(TAX) // 2 + 1 :]])


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.bin", b"x")
        packed.writestr("b.bin", b"x")
    return made.getvalue()


WHOLE_FILES = [
    Bad("0 bytes", {"sf_1.csv": b""}, refused="is empty (0 bytes)"),
    Bad("nothing but blank lines", {"sf_1.csv": b"\n \n\n"}, refused="has no header"),
    Bad("a header and no rows", headed(HEAD, "")),
    Bad("a header and no rows of the roll", among("assistance_roll", good_rows=0), source="assistance_roll", refused="there is a header and no rows"),
    Bad("a header and no rows of the registry", among("household_registry", good_rows=0), source="household_registry", refused="there is a header and no rows"),
    Bad("no header", headed(LINES_20[0], *LINES_20[1:]), refused="has no header"),
    Bad("a title above the header that the layout does not know", headed("某市服刑人员名单", HEAD, *LINES_20), refused="has no header"),
    Bad("the header in another order", headed(turned(HEAD), *map(turned, LINES_20)), accepted=20),
    Bad("the header again in the midst, files glued together", headed(HEAD, *LINES_20[:10], HEAD, *LINES_20[10:]), accepted=20),
    Bad("a header with blanks, quotes and full-width forms", headed('"编 号",身份证号　, 姓名,起始日期,截止日期,"类别"'), accepted=20),
    Bad("a required column missing", without(3), refused="column '起始日期' (from_date) is missing"),
    Bad("the column of numbers missing", without(1), refused="column '身份证号' (id_number) is missing"),
    Bad("the column of names missing", without(2), refused="column '姓名' (name) is missing"),
    Bad("an optional column missing", without(4), accepted=20, becomes={"to_date": None}),
    Bad("a required column spelt another way", headed(HEAD.replace("类别", "种类")), refused="column '类别' (kind) is missing; the nearest is '种类'"),
    Bad("a column twice", headed(HEAD + ",姓名", *[f"{row},李四" for row in LINES_20]), refused="stands in the header twice"),
    Bad("columns nobody asked for", headed(HEAD + ",备注,", *[f"{row},无," for row in LINES_20]), accepted=20),
    Bad("a byte-order mark in UTF-8", {"jzj_roll_1.csv": codecs.BOM_UTF8 + among("assistance_roll")["jzj_roll_1.csv"].removeprefix(codecs.BOM_UTF8)}, source="assistance_roll", accepted=20),
    Bad("no byte-order mark where one is promised", {"jzj_roll_1.csv": among("assistance_roll")["jzj_roll_1.csv"].removeprefix(codecs.BOM_UTF8)}, source="assistance_roll", accepted=20),
    Bad("a byte-order mark in GB18030", {"sf_1.csv": "\ufeff".encode("gb18030") + PLAIN}, accepted=20),
    Bad("a byte-order mark of UTF-8 before GB18030", {"sf_1.csv": codecs.BOM_UTF8 + PLAIN}, refused="sf_1.csv"),
    Bad("UTF-8 where GB18030 is promised", headed(HEAD, encoding="utf-8"), refused="has no header"),
    Bad("UTF-16 where GB18030 is promised", headed(HEAD, encoding="utf-16"), refused="the header cannot be read as gb18030"),
    Bad("GB18030 where UTF-8 is promised", {"bdc_1.csv": among("real_estate")["bdc_1.csv"].decode().encode("gb18030")}, source="real_estate", refused="the header cannot be read as utf-8"),
    Bad("UTF-16 where rows without header are promised", {"bank_1.txt": trailed("END|00000020")["bank_1.txt"].decode("gb18030").encode("utf-16")}, source="bank_accounts", refused="does not end with its trailer"),
    Bad("line ends of CR alone", inmates(end="\r"), accepted=20),
    Bad("line ends of CR LF", inmates(end="\r\n"), accepted=20),
    Bad("line ends of both kinds", {"sf_1.csv": PLAIN.replace(b"\n", b"\r\n", 7)}, accepted=20),
    Bad("no line end at the end", {"sf_1.csv": PLAIN.rstrip(b"\n")}, accepted=20),
    Bad("a gzip stream that breaks off", {"grsd_1.csv.gz": TAX[:-20]}, source="tax_income", refused="cannot be read to its end"),
    Bad("a gzip stream with a damaged byte", {"grsd_1.csv.gz": DAMAGED}, source="tax_income", refused="cannot be read to its end"),
    Bad("a gzip stream of nothing", {"grsd_1.csv.gz": gzip.compress(b"", mtime=0)}, source="tax_income", refused="is empty (0 bytes)"),
    Bad("plain text under the name of gzip", {"grsd_1.csv.gz": gzip.decompress(TAX)}, source="tax_income", accepted=20),
    Bad("gzip where plain text is promised", {"sf_1.csv": PACKED}, accepted=20),
    Bad("a web page where a table is promised", {"sf_1.csv": b"<html><body>502 Bad Gateway</body></html>"}, refused="has no header"),
    Bad("an archive of things nobody promised", {"sf_1.csv": archive()}, refused="sf_1.csv"),
    Bad("an old workbook where text is promised", {"sf_1.csv": b"\xd0\xcf\x11\xe0" + bytes(600)}, refused="an old Excel workbook"),
    Bad("a picture where text is promised", {"sf_1.csv": b"\x89PNG\r\n\x1a\n" + bytes(600)}, refused="sf_1.csv"),
    Bad("no trailer", trailed(), source="bank_accounts", refused="does not end with its trailer"),
    Bad("a trailer that disagrees", trailed("END|00000021"), source="bank_accounts", refused="the trailer says 21 rows, the file has 20"),
    Bad("the trailer twice", trailed("END|00000020", "END|00000020"), source="bank_accounts", refused="the trailer says 20 rows, the file has 21"),
    Bad("a row after the trailer", trailed("END|00000020", line("bank_accounts", 99)), source="bank_accounts", refused="does not end with its trailer"),
    Bad("bytes after the trailer", trailed("END|00000020", "\x1a"), source="bank_accounts", refused="does not end with its trailer"),
    Bad("half a trailer", trailed("END|0000"), source="bank_accounts", refused="does not end with its trailer"),
    Bad("blank lines after the trailer", trailed("END|00000020", "", " "), source="bank_accounts", accepted=20),
    Bad("a trailer and no rows", trailed("END|00000000", rows=0), source="bank_accounts"),
    Bad("a trailer that counts the bad rows too", among("bank_accounts", good("bank_accounts", 99, balance="", over_limit="")), source="bank_accounts", accepted=20, quarantined=("21 bad_value balance",)),
    Bad("two files glued together, trailers and all", {"bank_1.txt": trailed("END|00000020")["bank_1.txt"] * 2}, source="bank_accounts", refused="the trailer says 20 rows, the file has 41"),
]  # fmt: skip
