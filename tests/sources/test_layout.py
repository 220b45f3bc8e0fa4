"""Layouts are found, checked, and explained to a clerk when they are wrong."""

import re
import shutil
from pathlib import Path

import pytest

from sources import CONTRACTS, LayoutError, load_layout

INMATES = """
pattern: "sf_*.csv"
format: csv
columns:
  - {header: 编号, to: record_no}
  - {header: 身份证号, to: id_number}
  - {header: [姓名, 名字], to: name}
  - {header: 起始日期, to: from_date}
  - {header: 类别, to: kind, codes: {监狱服刑: prison, 强戒: compulsory_rehabilitation, 强制隔离戒毒: compulsory_rehabilitation}}
"""


def write(folder: Path, text: str, source: str = "inmates") -> Path:
    (folder / "layout.yaml").write_text("description: a province of the tests\n")
    (folder / f"{source}.yaml").write_text(text)
    return folder


def test_jiangsu_delivers_all_sources() -> None:
    assert set(load_layout("jiangsu").sources) == set(CONTRACTS)


def test_a_folder_of_ones_own_is_a_layout(tmp_path: Path) -> None:
    layout = load_layout(write(tmp_path, INMATES))
    inmates = layout["inmates"]
    assert inmates is not None
    assert layout["deaths"] is None
    assert inmates.shape_of("SF_20211231.csv") is inmates.files[0]
    assert inmates.shape_of("readme.txt") is None


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    before = load_layout(write(tmp_path, INMATES)).digest
    assert load_layout(write(tmp_path, INMATES)).digest == before
    assert load_layout(write(tmp_path, INMATES.replace("强戒:", "戒毒:"))).digest != before


def test_several_shapes_share_what_is_common(tmp_path: Path) -> None:
    text = INMATES.replace('pattern: "sf_*.csv"', "").replace("format: csv", "") + (
        'files:\n  - {pattern: "a*.csv", format: csv, encoding: gbk}\n'
        '  - {pattern: "b*.xlsx", format: xlsx, title_rows: 2}\n'
    )
    inmates = load_layout(write(tmp_path, text))["inmates"]
    assert inmates is not None
    first, second = inmates.files
    assert (first.encoding, second.title_rows) == ("gb18030", 2)
    assert first.columns == second.columns


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format: csv", "format: cvs", "format"),
        ("format: csv", "format: csv\nencodng: utf-8", "encoding"),
        ("format: csv", "format: csv\nencoding: utf-9", "no known encoding"),
        ("format: csv", "format: csv\nencoding: rot13", "no encoding of lines of text; use gb18030"),
        ("format: csv", "format: csv\nencoding: punycode", "no encoding of lines of text"),
        ("format: csv", "format: csv\nencoding: cp037", "no encoding of lines of text"),
        ("format: csv", "format: csv\ndelimiter: '§'", "one ASCII character"),
        ("format: csv", "format: csv\ndelimiter: '||'", "one ASCII character"),
        ("format: csv", "format: csv\ndelimiter: '\"'", "delimiter and quote are both"),
        ("format: csv", "format: csv\nquote: ”", "one ASCII character"),
        ("format: csv", "format: csv\nformat: tsv", "line 4: 'format' is written twice, first in line 3"),
        ("format: csv", "format: csv\nno_words: []", "An empty list says nothing"),
        ("format: csv", "format: csv\ndates: []", "An empty list says nothing"),
        ("format: csv", "format: csv\ntotals: ['']", "fits every line"),
        ("format: csv", "format: csv\ntrailer: '.*'", "fits every line"),
        ("format: csv", "format: csv\ntrailer: 'END(?P<rows>.*)'", "a group `rows` that is no number"),
        ("format: csv", "format: csv\ntrailer: 'END(?P<rows>[^0-9]+)'", "a group `rows` that is no number"),
        ("to: from_date", "to: from_date, part: '(?<=x)(.)'", "looks around"),
        (
            "{header: 起始日期, to: from_date}",
            "{header: 姓名, to: from_date}",
            "header '姓名' is given to 'name' and to 'from_date'",
        ),
        ("format: csv", "format: csv\ntrailer: '('", "regular expression"),
        ("format: csv", "format: csv\ndates: [YYYY-MM-DD]", "date format"),
        ("format: csv", "format: csv\ndates: ['%Y-%m-%d%']", "date format"),
        ("format: csv", "format: csv\ndates: ['%Y-%m-%d %H']", "beside hours the minutes"),
        ("format: csv", "format: csv\nmonths: ['%Y']", "name the year and the month"),
        ("to: from_date", "to: form_date", "from_date"),
        ("to: from_date", "to: from_date, codes: {a: b}", "no column of codes"),
        ("监狱服刑: prison", "监狱服刑: prisn", "prison"),
        ("监狱服刑: prison", "1: prison", "quotes"),
        ("监狱服刑: prison", "2021-13-45: prison", "cannot be read as YAML"),
        ("  - {header: 起始日期, to: from_date}\n", "", "required column 'from_date'"),
        ("to: name", "to: id_number", "given twice"),
        ("format: csv", "format: csv\ndelivery: increment", "window_months"),
        ("format: csv", "format: csv\ndelivery: increment\nwindow_months: 3\nreplaces: month", "month_of"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in INMATES
    with pytest.raises(LayoutError, match=told) as error:
        load_layout(write(tmp_path, INMATES.replace(old, new)))
    assert re.search(r"inmates\.yaml, line [0-9]+: ", str(error.value))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format: csv", "format: fixed", "width is for format: fixed"),
        ("to: name", "to: name, width: 4", "width is for format: fixed"),
        ("format: csv", "format: csv\nheader_rows: 2", "header_rows is for workbooks"),
        ("format: csv", "format: csv\nwidth_in: bytes\nencoding: utf-16", "count characters"),
        ("{header: 起始日期, to: from_date}", "{to: from_date}", "has no header"),
        ("to: kind", "to: kind, value: prison", "not in the file"),
        ("{header: 编号, to: record_no}", "{to: record_no, value: '1'}", "no record_no"),
        ("{header: 编号, to: record_no}", "{header: 编号, to: record_no, part: '(.)'}", "taken whole"),
        ("to: name", "to: name, part: '.*'", "exactly one group"),
        ("to: name", "to: name, part: '('", "regular expression"),
        ("to: name", "to: name, part: '(.)(?=x)'", "looks around"),
        ("to: name", f"to: name, factor: 1{'0' * 13}", "less than or equal"),
        ("{header: 起始日期, to: from_date}", "{to: from_date, of: kind}", "of needs a part"),
        (
            "{header: 起始日期, to: from_date}",
            "{to: from_date, of: to_date, part: '(.)'}",
            "no delivered column",
        ),
        ("format: csv", "format: csv\ndates: ['%Y-%q']", "date format"),
        ("format: csv", "format: csv\nunit: 万", "unit"),
        ("{header: 类别, to: kind, codes:", "{to: kind, value: jail} #", "no code of the contract"),
    ],
)
def test_what_cannot_go_together_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in INMATES
    with pytest.raises(LayoutError, match=told):
        load_layout(write(tmp_path, INMATES.replace(old, new)))


def test_a_value_of_the_whole_file_needs_no_header_and_no_codes(tmp_path: Path) -> None:
    text = INMATES[: INMATES.rindex("  - {header: 类别")] + "  - {to: kind, value: prison}\n"
    inmates = load_layout(write(tmp_path, text))["inmates"]
    assert inmates is not None
    assert [column.to for column in inmates.files[0].standing] == [
        "record_no",
        "id_number",
        "name",
        "from_date",
    ]


def test_unknown_names_are_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="nearest is 'jiangsu'"):
        load_layout("jangsu")
    with pytest.raises(LayoutError, match=r"no layout\.yaml"):
        load_layout(tmp_path)
    with pytest.raises(LayoutError, match="nearest is 'inmates'"):
        load_layout(write(tmp_path, INMATES, "inmate"))


def test_a_copy_of_jiangsu_is_the_same_layout(tmp_path: Path) -> None:
    jiangsu = load_layout("jiangsu")
    copy = shutil.copytree(jiangsu.folder, tmp_path / "mine")
    assert load_layout(copy).sources == jiangsu.sources
