# ruff: noqa: E501 - a table: one refusal a line
"""Why a delivery is refused: every code has its words in both languages, and they are the words that are known.

The table below is what the audit said in English and the note of the rejects in Chinese when sentences were still translated
by patterns; the four refusals for which no pattern had Chinese words stand apart.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import sources
from sources.canonical import UNREADABLE
from sources.duplicates import CONFLICT, DUPLICATE
from sources.readers.decoding import _NEVER_TEXT
from sources.refusal import Refusal
from sources.refusal_words import catalogue, in_words
from sources.verdicts import BAD_VALUE, NO_IDENTITY
from tests.sources.bad_deliveries.case import Bad
from tests.sources.bad_deliveries.test_bad_deliveries import CASES, GATED, put
from tests.sources.collecting import taken

because = Refusal.of
HEADINGS = {"kind": "类别"}
ELSEWHERE = "below the landing path only files and folders are read, nothing that leads elsewhere"
SAID = [
    (because("manifest_not_understood"), "_manifest.json cannot be understood: expected files with name, rows and sha256", "清单 _manifest.json 无法读懂：应有 files，各含 name、rows、sha256"),
    (because("manifest_file_missing", file="sf_2.csv"), "the manifest names sf_2.csv, which is missing", "清单列出的文件 sf_2.csv 没有送到"),
    (because("manifest_file_missing", file="sf_2.csv", nearest="sf_1.csv"), "the manifest names sf_2.csv, which is missing; the nearest is 'sf_1.csv'", "清单列出的文件 sf_2.csv 没有送到；名称最接近的是 'sf_1.csv'"),
    (because("manifest_file_fits_nothing", file="readme.txt"), "the manifest names readme.txt, which fits no file pattern of the layout", "清单列出的文件 readme.txt 不符合约定的文件名"),
    (because("file_not_in_manifest", file="sf_2.csv"), "file sf_2.csv is not in the manifest", "文件 sf_2.csv 不在清单中"),
    (because("file_not_in_manifest", file="sf_2.csv", nearest="sf_1.csv"), "file sf_2.csv is not in the manifest; the nearest is 'sf_1.csv'", "文件 sf_2.csv 不在清单中；名称最接近的是 'sf_1.csv'"),
    (because("checksum_differs", file="sf_1.csv"), "file sf_1.csv does not have the checksum that the manifest promises", "文件 sf_1.csv 的校验值与清单不符，可能在传输中损坏"),
    (because("manifest_rows_differ", promised=21, file="sf_1.csv", rows=20), "the manifest promises 21 rows in sf_1.csv, it has 20", "清单写明 sf_1.csv 有 21 行，实收 20 行"),
    (because("no_file", because("pattern", pattern="sf_*.csv")), "the snapshot has no file; expected sf_*.csv", "没有数据文件，应有 sf_*.csv"),
    (because("no_file_fits", because("pattern", pattern="sf_*.csv")), "no file fits the layout's pattern sf_*.csv", "没有一个文件符合约定的文件名 sf_*.csv"),
    (because("no_file_fits", because("pattern", pattern="sf_*.csv"), nearest="sf.csv"), "no file fits the layout's pattern sf_*.csv; the nearest is 'sf.csv'", "没有一个文件符合约定的文件名 sf_*.csv；名称最接近的是 'sf.csv'"),
    (because("folder_unreadable", folder="2021-12-28"), "the folder 2021-12-28 cannot be read", "文件夹 2021-12-28 无法打开"),
    (because("file_is_no_file", because("link"), file="sf_2.csv"), f"sf_2.csv is a symbolic link; {ELSEWHERE}", "sf_2.csv 不是文件本身，而是链接、管道或设备；整批未采用，请直接报送文件"),
    (because("file_is_no_file", because("pipe"), file="sf_2.csv"), f"sf_2.csv is a pipe; {ELSEWHERE}", "sf_2.csv 不是文件本身，而是链接、管道或设备；整批未采用，请直接报送文件"),
    (because("file_is_no_file", because("socket"), file="sf_2.csv"), f"sf_2.csv is a socket; {ELSEWHERE}", "sf_2.csv 不是文件本身，而是链接、管道或设备；整批未采用，请直接报送文件"),
    (because("file_is_no_file", because("device"), file="sf_2.csv"), f"sf_2.csv is a device; {ELSEWHERE}", "sf_2.csv 不是文件本身，而是链接、管道或设备；整批未采用，请直接报送文件"),
    (because("folder_is_no_folder", because("link"), folder="2021-12-28"), f"the folder 2021-12-28 is a symbolic link; {ELSEWHERE}", "2021-12-28 不是文件本身，而是链接、管道或设备；整批未采用，请直接报送文件"),
    (because("no_rows", title="救助台账"), "there is a header and no rows; 救助台账 cannot be empty", "只有表头，没有数据；这一来源不应为空"),
    (because("too_many_bad_rows", because("duplicate_row", n=4), because("bad_value", n=1, column="kind"), bad=5, delivered=24, share=21, limit=20), "5 of 24 rows (21%) would be quarantined, more than 20%: 4 duplicate_row, 1 bad_value in kind", "24 行中有 5 行（21%）不能采用，超过 20%，整批未采用。主要问题：4 行重复，1 行的“类别”一列必填项为空、格式不对或代码不在约定范围内"),
    (because("too_many_bad_rows", because("bad_value", n=5, column="died_on"), bad=5, delivered=24, share=21, limit=20), "5 of 24 rows (21%) would be quarantined, more than 20%: 5 bad_value in died_on", "24 行中有 5 行（21%）不能采用，超过 20%，整批未采用。主要问题：5 行的 died_on 一列必填项为空、格式不对或代码不在约定范围内"),
    (because("too_many_bad_rows", because("unreadable", n=4), because("no_identity", n=3), because("conflicting_record_no", n=2), bad=9, delivered=24, share=38, limit=20), "9 of 24 rows (38%) would be quarantined, more than 20%: 4 unreadable, 3 no_identity, 2 conflicting_record_no", "24 行中有 9 行（38%）不能采用，超过 20%，整批未采用。主要问题：4 行读不出来，3 行身份号码和姓名都为空，2 行流水号相同而内容不同"),
    (because("header_of_other_encoding", file="sf_1.csv", encoding="gb18030"), "file sf_1.csv: the header cannot be read as gb18030; the file may have another encoding than the layout says", "文件 sf_1.csv 的表头不能按 gb18030 编码读出，文件的编码可能与约定不同"),
    (because("no_known_header", file="sf_1.csv"), "file sf_1.csv has no header: none of the expected columns was found where the header should be", "文件 sf_1.csv 没有表头：在表头的位置没有找到任何约定的列"),
    (because("no_header", file="sf_1.csv"), "file sf_1.csv has no header", "文件 sf_1.csv 没有可读的表头"),
    (because("no_readable_header", file="sf_1.csv"), "file sf_1.csv has no readable header", "文件 sf_1.csv 没有可读的表头"),
    (because("header_twice", file="sf_1.csv", header="姓名"), "file sf_1.csv: column '姓名' stands in the header twice", "文件 sf_1.csv 的表头中 '姓名' 出现两次"),
    (because("columns_missing", because("column_missing", header="类别", column="kind"), file="sf_1.csv"), "file sf_1.csv: column '类别' (kind) is missing", "文件 sf_1.csv：缺少“类别”列"),
    (because("columns_missing", because("column_missing", header="姓名", column="name"), because("column_missing", header="类别", column="kind", nearest="类型"), file="sf_1.csv"), "file sf_1.csv: column '姓名' (name) is missing; column '类别' (kind) is missing; the nearest is '类型'", "文件 sf_1.csv：缺少“姓名”列；缺少“类别”列；名称最接近的是 '类型'"),
    (because("file_empty", file="sf_1.csv"), "file sf_1.csv is empty (0 bytes)", "文件 sf_1.csv 是空的（0 字节）"),
    (because("packed_stream_damaged", file="sf_1.csv.gz"), "file sf_1.csv.gz cannot be read to its end: its packed stream is cut off or damaged", "压缩文件 sf_1.csv.gz 不完整或已损坏"),
    (because("packed_file_damaged", file="sf_1.csv.gz"), "file sf_1.csv.gz cannot be read to its end: it is packed, and cut off or damaged", "压缩文件 sf_1.csv.gz 不完整或已损坏"),
    (because("archive_damaged", file="sf_1.csv"), "file sf_1.csv is a zip archive (or a workbook) that is cut off or damaged; the layout expects text", "文件 sf_1.csv 是不完整或已损坏的压缩包（或工作簿）；约定报送文本文件"),
    (because("archive_for_text", file="sf_1.csv"), "file sf_1.csv is a workbook or zip archive, where the layout expects text", "文件 sf_1.csv 是工作簿或压缩包；约定报送文本文件"),
    (because("old_workbook_for_text", file="sf_1.csv"), "file sf_1.csv is an old Excel workbook, where the layout expects text", "文件 sf_1.csv 是旧版 Excel 工作簿；约定报送文本文件"),
    (because("parquet_for_text", file="sf_1.csv"), "file sf_1.csv is Parquet, where the layout expects text", "文件 sf_1.csv 是 Parquet 文件；约定报送文本文件"),
    (because("workbook_for_text", file="sf_1.csv"), "file sf_1.csv is a workbook, where the layout expects text", "文件 sf_1.csv 是工作簿；约定报送文本文件"),
    (because("line_too_long", file="sf_1.csv", limit=67108864), "file sf_1.csv has a line of over 67108864 bytes: it is no text of lines", "文件 sf_1.csv 有超过 67108864 字节的行，不是按行排列的文本"),
    (because("no_trailer", file="sf_1.csv"), "file sf_1.csv does not end with its trailer: it may be cut off", "文件 sf_1.csv 没有约定的尾行，可能不完整"),
    (because("trailer_rows_differ", file="sf_1.csv", promised="2", rows=1), "file sf_1.csv: the trailer says 2 rows, the file has 1", "文件 sf_1.csv 的尾行写明 2 行，实有 1 行"),
    (because("no_workbook", file="sw.xlsx"), "file sw.xlsx is no workbook, whatever its name says (a web page or text renamed?)", "文件 sw.xlsx 不是工作簿（可能是改了名的网页或文本）"),
    (because("workbook_damaged", file="sw.xlsx"), "file sw.xlsx cannot be read to its end: it is damaged, cut off or protected by a password", "工作簿 sw.xlsx 已损坏、不完整或加了密码"),
    (because("workbook_damaged_or_without_sheet", file="sw.xlsx", sheet="南*"), "file sw.xlsx cannot be read to its end: it is damaged, cut off or protected by a password, or has no sheet '南*'", "工作簿 sw.xlsx 已损坏、不完整、加了密码，或没有名为“南*”的工作表"),
    (because("workbook_damaged_or_too_few_sheets", file="sw.xlsx", sheet=2), "file sw.xlsx cannot be read to its end: it is damaged, cut off or protected by a password, or has no sheet 2", "工作簿 sw.xlsx 已损坏、不完整或加了密码"),
    (because("file_damaged", file="a.parquet", error="ArrowInvalid"), "file a.parquet cannot be read to its end (ArrowInvalid)", "文件 a.parquet 不完整或已损坏"),
    (because("file_unreadable", file="sf_1.csv", error="Is a directory"), "file sf_1.csv cannot be read (Is a directory)", "文件 sf_1.csv 无法打开"),
    (because("archive_of_several", file="sf.zip", n=2, wanted="*.csv"), "file sf.zip is a zip archive with 2 files like '*.csv'; exactly one is expected. Name it with the key member, or have the files delivered side by side", "压缩包 sf.zip 中有 2 个符合 *.csv 的文件，应当只有一个"),
    (because("archive_with_password", file="sf.zip"), "file sf.zip is a zip archive with a password; have it delivered without", "压缩包 sf.zip 加了密码，请去掉密码后报送"),
    (because("archive_packed_otherwise", file="sf.zip"), "file sf.zip is a zip archive packed in a way that cannot be read; have it packed with deflate", "压缩包 sf.zip 的压缩方式不能读取，请用普通 zip（deflate）压缩"),
]  # fmt: skip
NEW_IN_CHINESE = [
    (because("not_in_layout"), "no file pattern of the layout fits this file, so it was not read", "文件名不符合约定，所以没有读取"),
    (because("trailer_without_number", file="sf_1.csv", rows=1), "file sf_1.csv: the trailer says no number of rows, the file has 1", "文件 sf_1.csv 的尾行没有写明行数，实有 1 行"),
    (because("no_file", because("pattern", pattern="sf_*.csv"), because("pattern", pattern="fy_*.csv")), "the snapshot has no file; expected sf_*.csv or fy_*.csv", "没有数据文件，应有 sf_*.csv 或 fy_*.csv"),
    (because("columns_missing", because("column_missing", header="姓名", column="name", nearest="名"), because("column_missing", header="类别", column="kind", nearest="类型"), file="a, b.csv"), "file a, b.csv: column '姓名' (name) is missing; the nearest is '名'; column '类别' (kind) is missing; the nearest is '类型'", "文件 a, b.csv：缺少“姓名”列；名称最接近的是 '名'；缺少“类别”列；名称最接近的是 '类型'"),
    (because("no_day", name="20211231"), '20211231 lies where only folders named by their day are read (YYYY-MM-DD), so nobody reads it; rename it, or take it away', '20211231 不是以日期（年-月-日）命名的文件夹，没有被读取；请改名或移走'),
    (because("shape_without_file", pattern="yh_*.csv"), 'no file of this delivery fits yh_*.csv, which the layout names beside others', '这一批没有符合 yh_*.csv 的文件'),
    (because("sheet_unread", file="sw.xlsx", sheet="Sheet2", rows=3), "file sw.xlsx: sheet 'Sheet2' has 3 rows like those that are read, and nobody reads it; name it with the key sheet (a name with * means all that fit), or under sheets_aside if it is not meant", '工作簿 sw.xlsx 的工作表“Sheet2”有 3 行同样的数据没有被读取；请合并到一张工作表，或说明各表名称'),
    (because("hidden_sheet_unread", file="sw.xlsx", sheet="Sheet2", rows=3), "file sw.xlsx: the hidden sheet 'Sheet2' has 3 rows like those that are read, and nobody reads it; name it with the key sheet, or under sheets_aside if it is not meant", '工作簿 sw.xlsx 的隐藏工作表“Sheet2”有 3 行同样的数据没有被读取；请删除或取消隐藏'),
    (because("sheet_spread_out", file="sw.xlsx", sheet="Sheet1", rows=1048576, columns=16384, filled=555), "file sw.xlsx: sheet 'Sheet1' reaches over 1048576 rows and 16384 columns for 555 filled cells: a stray cell far from the table. Have the rows and columns outside the table deleted, and the file saved again", '工作簿 sw.xlsx 的工作表“Sheet1”只有 555 个单元格有内容，却延伸到第 1048576 行、第 16384 列；请删除表格以外的行和列，保存后重新报送'),
    (because("sheet_row_twice", file="sw.xlsx", sheet="Sheet1", row=5), "file sw.xlsx: sheet 'Sheet1' has row 5 twice or out of order, so that one hides the other; have it saved again by Excel or WPS", '工作簿 sw.xlsx 的工作表“Sheet1”中第 5 行重复或次序颠倒；请用 Excel 或 WPS 打开后另存，重新报送'),
    (because("reader_ended", file="sw.xlsx", how="SIGABRT"), 'file sw.xlsx made its reader end (SIGABRT): it is damaged, or needs more memory or time than a file may take', '文件 sw.xlsx 无法读取：文件已损坏，或内容超出可以处理的范围'),
    (because("reading_failed", file="sf_1.csv", error="MemoryError"), 'file sf_1.csv could not be read: its reader failed (MemoryError). Please report it, without the file', '文件 sf_1.csv 无法读取'),
    (because("packed_too_tightly", file="sf.zip", times=1000), 'file sf.zip unpacks to 1000 times its size or more: no table does', '文件 sf.zip 解压后是原来的 1000 倍以上，不是正常的数据文件'),
    (because("other_encoding", file="sf_1.csv", encoding="utf-16"), 'file sf_1.csv is not in utf-16, which the layout names; the department may have changed its export', '文件 sf_1.csv 不是约定的 utf-16 编码，可能更换了导出方式'),
    (because("archive_names_unreadable", file="sf.zip"), 'file sf.zip is a zip archive whose file names cannot be read: they say that they are UTF-8 and are not. Have it packed again', '压缩包 sf.zip 内的文件名编码有误，无法读取；请重新压缩后报送'),
    (because("file_changed", file="sf_1.csv"), 'file sf_1.csv was written while it was read, twice: its delivery was not finished', '文件 sf_1.csv 在读取时仍在写入，两次读取都未完成；请传完后再报送'),
    (because("unread_file", file="sf-2.csv", rows=3), 'file sf-2.csv has 3 rows like those that are read, and no file pattern of the layout fits its name; rename it, or name it in the layout', '文件 sf-2.csv 有 3 行同样的数据，但文件名不符合约定，没有被读取；请按约定命名后重新报送'),
    (because("unread_member", file="sf.zip", member="sf_2.csv"), "file sf.zip is a zip archive in which 'sf_2.csv' has rows like those that are read, and nobody reads it; name it with the key member, or have the files delivered side by side", '压缩包 sf.zip 中的文件 sf_2.csv 有同样的数据没有被读取；请分别报送各文件'),
    (because("numbers_unusable", share=1, limit=50), 'only 1% of the rows have an identity number that somebody could be found by, fewer than 50%: the column holds something else (rounded by a spreadsheet, hashed, or another column). If this is how it is delivered, say so in the layout (usable_numbers)', '只有 1% 的行有可用的身份号码，低于 50%：号码列可能被表格软件四舍五入、加密，或与其他列对调；整批未采用'),
    (because("numbers_fell", share=60, before=99), 'only 60% of the rows have an identity number that somebody could be found by, 99% had one in the delivery before. If this is how it is delivered from now on, say so in the layout (usable_numbers)', '只有 60% 的行有可用的身份号码，上一批为 99%：号码列可能有误，整批未采用'),
]  # fmt: skip
DRAFTING = ("no_file_to_draft_from", "no_row_in_any_sheet", "no_separator_found", "other_columns")
"""Told to the author of a layout, in English; no audit has them."""
CHOSEN = {
    "delivery.py": {UNREADABLE, NO_IDENTITY, BAD_VALUE, DUPLICATE, CONFLICT},
    "plain_files.py": {"link", "pipe", "socket", "device"},
    "landing.py": {"link", "pipe", "socket", "device"},
    "workbook.py": {
        "sheet_unread",
        "hidden_sheet_unread",
        "workbook_damaged_or_without_sheet",
        "workbook_damaged_or_too_few_sheets",
    },
    "decoding.py": set(_NEVER_TEXT.values()),
    "refusal_words.py": set(),
}
"""Where a code is chosen by what was found: which codes it may be."""
WHOLE = [case for case in CASES if case.refused or case.unread]
KNOWN = re.compile(
    r"[\w./*-]+\.(csv|xlsx|txt|jsonl|json|gz|tmp)\w*(\.\w+)*|gb18030|utf-8|Excel|WPS|Sheet|zip|deflate|Parquet|sha256|name|rows|files|zt+"
)


@pytest.mark.parametrize(
    ("refusal", "en", "zh"), SAID + NEW_IN_CHINESE, ids=lambda one: getattr(one, "code", "")
)
def test_a_refusal_in_both_languages(refusal: Refusal, en: str, zh: str) -> None:
    kept = Refusal.from_json(refusal.as_json())
    assert kept == refusal
    assert (in_words(kept, "en"), in_words(kept, "zh", HEADINGS)) == (en, zh)


def test_every_code_is_in_the_table() -> None:
    def codes(refusal: Refusal) -> Iterator[str]:
        yield refusal.code
        for part in refusal.parts:
            yield from codes(part)

    told = {code for refusal, _, _ in SAID + NEW_IN_CHINESE for code in codes(refusal)}
    assert told | {*DRAFTING, "nearest"} == set(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_both_languages_tell_the_same(code: str) -> None:
    words = catalogue()[code]
    assert words.zh and set(words.only_en) <= _arguments(words.en)
    assert _arguments(words.zh) == _arguments(words.en) - set(words.only_en)
    assert set(words.between) in (set(), {"en", "zh"})


def test_every_refusal_that_is_raised_has_its_words_and_their_arguments() -> None:
    raised = set()
    for file, call in _calls():
        first = call.args[0]
        if not isinstance(first, ast.Constant):
            raised |= CHOSEN[file.name]
            continue
        code, words = str(first.value), catalogue()[str(first.value)]
        given = {keyword.arg for keyword in call.keywords} | ({"parts"} if call.args[1:] else set())
        assert given == _arguments(words.en), f"{file.name}, {code}"
        raised.add(code)
    assert raised == set(catalogue())


def test_a_name_in_the_bytes_of_windows_can_be_stored() -> None:
    refusal = because("file_empty", file="sf_\udcbc\udce0\udcd3\udcfc.csv")
    assert refusal.arguments["file"] == "sf_监狱.csv" in refusal.as_json()


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.name)
def test_what_arrives_is_refused_in_chinese(tmp_path: Path, case: Bad) -> None:
    put(tmp_path, case)
    intake, _ = taken(tmp_path, case.source, case.layout, gated=case.source in GATED)
    told = intake.files.drop_nulls("refused_why").select("refused_why", "refusal").rows()
    assert told
    for sentence, kept in told:
        refusal = Refusal.from_json(kept)
        assert in_words(refusal, "en") == sentence
        chinese = in_words(refusal, "zh", HEADINGS)
        assert not re.search("[A-Za-z]{2}", KNOWN.sub("", chinese)), chinese


def _arguments(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every making of a refusal in the package."""
    for file in sorted(Path(str(sources.__file__)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal.of":
                yield file, node
