"""What becomes of a delivery: which snapshot is used, and where every row of it ends."""

import gzip
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS, Intake, LandingError, SourceLayout, check_landing, divisions
from tests.sources.collecting import INMATES, deliver, inmate, inmates, manifest, taken

OLD, NEW = "2021-12-20", "2021-12-28"


def both(landing: Path, content: bytes, name: str = "sf_20211228.csv") -> tuple[Intake, pl.DataFrame]:
    """Deliver a good old snapshot and a new one of `content`, and take the source in."""
    deliver(landing, "inmates", OLD, "sf_20211220.csv", inmates([inmate(0)]))
    deliver(landing, "inmates", NEW, name, content)
    return taken(landing, "inmates")


def ends(intake: Intake) -> list[tuple[int, str, str | None]]:
    return intake.quarantine.select("line", "reason", "column_name").rows()


def test_the_newest_snapshot_of_the_night_or_before_is_used(tmp_path: Path) -> None:
    deliver(tmp_path, "inmates", "2022-01-01", "sf_20220101.csv", inmates([inmate(9)]))
    for junk in ("2021-12-29.tmp", "2021-02-30", "20211229", "neu"):
        (tmp_path / "inmates" / junk).mkdir(parents=True)
    intake, rows = both(tmp_path, inmates([inmate(1)]))
    assert intake.snapshot_date == date(2021, 12, 28)
    assert rows["record_no"].to_list() == ["SF1"]
    assert intake.files["refused_why"].to_list() == [None]
    assert len(intake.files["sha256"][0]) == 64


def test_a_source_that_never_came_is_absent(tmp_path: Path) -> None:
    intake, rows = taken(tmp_path, "inmates")
    assert (intake.snapshot_date, rows.height, intake.files.height) == (None, 0, 0)
    assert dict(rows.schema) == CONTRACTS["inmates"].accepted_schema


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "0 bytes"),
        (b"\n", "no header"),
        (gzip.compress(inmates([inmate(1)]), mtime=0)[:-6], "cut off"),
        (inmates([inmate(1)]).replace("类别".encode("gb18030"), "种类".encode("gb18030")), "'类别'"),
        (inmates([inmate(1), inmate(2, kind="x")]), "50%.*1 bad_value in kind"),
        (b"PK\x03\x04", "workbook"),
    ],
)
def test_a_refused_snapshot_says_why_and_the_older_one_stands_in(
    tmp_path: Path, content: bytes, why: str
) -> None:
    intake, rows = both(tmp_path, content)
    assert intake.snapshot_date == date(2021, 12, 20)
    assert rows["record_no"].to_list() == ["SF0"]
    (refused,) = intake.files.filter(pl.col("refused_why").is_not_null()).to_dicts()
    assert pl.Series([refused["refused_why"]]).str.contains(why).all()
    assert refused["file"] == "sf_20211228.csv"
    assert refused["rows_accepted"] is None
    assert intake.quarantine.is_empty()


def test_rows_of_a_refused_file_are_counted_where_they_can_be(tmp_path: Path) -> None:
    intake, _ = both(tmp_path, inmates([inmate(1), inmate(2), "SF3"]).replace("类别".encode("gb18030"), b"x"))
    assert intake.files.filter(pl.col("refused_why").is_not_null())["rows_delivered"].to_list() == [3]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"rows": 3}, "promises 3 rows"),
        ({"sha256": "0" * 64}, "checksum"),
        ({"name": "sf_1.csv"}, "sf_1.csv, which is missing"),
    ],
)
def test_a_manifest_that_disagrees(tmp_path: Path, change: dict[str, object], why: str) -> None:
    deliver(tmp_path, "inmates", NEW, "sf_20211228.csv", inmates([inmate(1), inmate(2)]), rows=2)
    assert taken(tmp_path, "inmates")[0].snapshot_date == date(2021, 12, 28)
    path = tmp_path / "inmates" / NEW / "_manifest.json"
    files = json.loads(path.read_text())["files"]
    path.write_text(json.dumps({"files": [files[0] | change]}))
    intake, rows = taken(tmp_path, "inmates")
    assert why in intake.files["refused_why"][0]
    assert (intake.snapshot_date, rows.height) == (None, 0)


def test_a_file_outside_the_manifest_and_a_manifest_nobody_understands(tmp_path: Path) -> None:
    deliver(tmp_path, "inmates", NEW, "sf_20211228.csv", inmates([inmate(1)]), rows=1)
    deliver(tmp_path, "inmates", NEW, "sf_20211229.csv", inmates([inmate(2)]))
    assert "not in the manifest" in taken(tmp_path, "inmates")[0].files["refused_why"][0]
    (tmp_path / "inmates" / NEW / "_manifest.json").write_text("{")
    assert "cannot be understood" in taken(tmp_path, "inmates")[0].files["refused_why"][0]


def test_a_folder_without_a_known_file(tmp_path: Path) -> None:
    (tmp_path / "inmates" / NEW).mkdir(parents=True)
    intake, _ = taken(tmp_path, "inmates")
    assert intake.files["file"].to_list() == ["(no file)"]
    deliver(tmp_path, "inmates", NEW, "fs_20211228.csv", inmates([inmate(1)]))
    assert "nearest is 'fs_20211228.csv'" in taken(tmp_path, "inmates")[0].files["refused_why"][0]


def test_a_file_the_layout_does_not_know_is_named_beside_those_it_knows(tmp_path: Path) -> None:
    deliver(tmp_path, "inmates", NEW, "readme.txt", b"hello")
    deliver(tmp_path, "inmates", NEW, "sf_20211228.csv", inmates([inmate(1)]))
    intake, rows = taken(tmp_path, "inmates")
    assert rows.height == 1
    assert intake.files.drop_nulls("refused_why")["file"].to_list() == ["readme.txt"]


def test_a_header_and_no_rows(tmp_path: Path) -> None:
    intake, rows = both(tmp_path, inmates([]))
    assert (intake.snapshot_date, rows.height) == (date(2021, 12, 28), 0)
    deliver(tmp_path, "household_registry", NEW, "hjxx_1.csv", registry([]))
    assert "no rows" in taken(tmp_path, "household_registry")[0].files["refused_why"][0]


def test_every_row_ends_in_exactly_one_place(tmp_path: Path) -> None:
    lines = [inmate(n) for n in range(100, 140)]
    lines += [
        inmate(1, id_number=" ", name="　"),
        inmate(2, from_date="2021-02-30"),
        inmate(3, from_date=""),
        inmate(4, kind="prison"),
        inmate(5, to_date="不详"),
        "SF6,多余," + inmate(6),
        inmate(7, id_number="3206**********0123", name=""),
        inmate(8, id_number="", name="", kind="x"),
        inmate(101),
        inmate(102, name="李四"),
        ",".join(["", *inmate(9).split(",")[1:]]),
    ]
    intake, rows = both(tmp_path, inmates(lines))
    assert ends(intake) == [
        (4, "conflicting_record_no", None),
        (42, "no_identity", None),
        (43, "bad_value", "from_date"),
        (44, "bad_value", "from_date"),
        (45, "bad_value", "kind"),
        (47, "unreadable", None),
        (49, "no_identity", None),
        (50, "duplicate_row", None),
        (51, "conflicting_record_no", None),
        (52, "bad_value", "record_no"),
    ]
    assert intake.quarantine["raw"].to_list() == [lines[line - 2] for line, _, _ in ends(intake)]
    assert intake.quarantine["record_no"].to_list()[0] == "SF102"
    assert intake.cells_refused.rows() == [("inmates", "to_date", "unreadable", 1)]
    assert rows.filter(pl.col("record_no") == "SF7")["id_number_raw"].to_list() == ["3206**********0123"]


def test_two_files_are_one_table_and_doubles_are_sought_across_them(tmp_path: Path) -> None:
    first = [inmate(n) for n in range(20)]
    deliver(tmp_path, "inmates", NEW, "sf_b.csv", inmates(first))
    # The same rows with their columns in another order and one more: same fields, same content.
    turned = [",".join(reversed(line.split(","))) for line in [inmate(1), inmate(30), inmate(2, name="李四")]]
    content = "\n".join([",".join(reversed(INMATES.split(","))), *turned]) + "\n"
    path = deliver(tmp_path, "inmates", NEW, "sf_a.csv", content.encode("gb18030"))
    manifest(path.parent, {"sf_a.csv": 3, "sf_b.csv": 20})
    intake, rows = taken(tmp_path, "inmates")
    assert intake.quarantine.select("file", "line", "reason").rows() == [
        ("sf_a.csv", 4, "conflicting_record_no"),
        ("sf_b.csv", 3, "duplicate_row"),
        ("sf_b.csv", 4, "conflicting_record_no"),
    ]
    assert rows.height == 20


def test_of_three_alike_and_one_other_nobody_stays(tmp_path: Path) -> None:
    lines = [inmate(n) for n in range(100, 130)] + [inmate(1), inmate(1), inmate(1, name="李四")]
    intake, rows = both(tmp_path, inmates(lines))
    assert intake.quarantine["reason"].to_list() == [
        "conflicting_record_no",
        "duplicate_row",
        "conflicting_record_no",
    ]
    assert "SF1" not in rows["record_no"]


def test_a_refused_sink_is_told_to_forget(tmp_path: Path) -> None:
    intake, rows = both(tmp_path, inmates([inmate(1), inmate(2, kind="x")]))
    assert rows["record_no"].to_list() == ["SF0"]
    assert intake.files.height == 2


REGISTRY = "户籍流水号,公民身份号码,姓名,曾用名,性别,出生日期,民族,户号,与户主关系,婚姻状况,户口性质,"
REGISTRY += "行政区划,住址,人员状态,状态日期"


def registry(lines: list[str]) -> bytes:
    return ("\n".join([REGISTRY, *lines]) + "\n").encode("gb18030")


def person(number: int, identity: str, sex: str, birth: str) -> str:
    return f"HJ{number},{identity},张三,,{sex},{birth},汉族,H1,01,未婚,农业,320682100001,某地,正常,"


def test_registry_takes_birth_and_sex_from_a_valid_number(tmp_path: Path) -> None:
    valid, invalid = "110101199003072711", "110101199003072712"
    lines = [person(n, valid, "女", "19800101") for n in range(100, 130)]
    lines += [
        person(1, valid, "", "19900230"),
        person(2, invalid, "男", "19900230"),
        person(3, invalid, "", "19900307"),
    ]
    lines += [person(4, valid, "ZZ", "19900307")]
    deliver(tmp_path, "household_registry", NEW, "hjxx_1.csv", registry(lines))
    intake, rows = taken(tmp_path, "household_registry")
    helped = rows.filter(pl.col("record_no") == "HJ1").to_dicts()[0]
    assert (helped["sex"], helped["birth_date"]) == ("male", date(1990, 3, 7))
    assert (helped["sex_from_number"], helped["birth_date_from_number"]) == (True, True)
    others = rows.filter(pl.col("record_no") != "HJ1")
    assert not others.select(pl.col("sex_from_number", "birth_date_from_number").any()).row(0)[0]
    # An unknown spelling of sex is an unknown code in a required column.
    assert [(n, c) for n, c in intake.quarantine.select("record_no", "column_name").rows()] == [
        ("HJ2", "birth_date"),
        ("HJ3", "sex"),
        ("HJ4", "sex"),
    ]


def test_a_bank_row_needs_a_balance_or_a_limit(tmp_path: Path) -> None:
    lines = [f"YH{n}|1|张三|B|6228****1|活期|CNY|1.5||||20211130" for n in range(10)]
    lines += [
        "YH20|1|张三|B|6228****1|活期|CNY|||||",
        "YH21|1|张三|B|6228****1|活期|CNY||1|||",
        "END|00000012",
    ]
    deliver(tmp_path, "bank_accounts", NEW, "bank1.txt", ("\n".join(lines) + "\n").encode("gb18030"))
    intake, rows = taken(tmp_path, "bank_accounts", gated=True)
    assert ends(intake) == [(11, "bad_value", "balance")]
    assert intake.quarantine.select("record_no", "raw").row(0) == (None, None)
    assert rows["over_limit"].drop_nulls().to_list() == [True]


def test_both_seats_of_a_marriage_are_its_subject_and_a_guardian_is_not(tmp_path: Path) -> None:
    head = "登记编号,男方证件号,男方姓名,女方证件号,女方姓名,业务类型,登记日期"
    lines = [f"HY{n},1,张三,2,李四,结婚,2020-01-01" for n in range(10)] + [
        "HY20,,,,李四,结婚,2020-01-01",
        "HY21,,,,,结婚,2020-01-01",
    ]
    deliver(tmp_path, "marriages", NEW, "hy_1.csv", "\n".join([head, *lines]).encode())
    assert ends(taken(tmp_path, "marriages")[0]) == [(13, "no_identity", None)]
    head = "编号,儿童身份证号,儿童姓名,儿童类别,监护人身份证号,监护人姓名,认定日期,退出日期"
    lines = [f"ET{n},1,张三,孤儿,,,2020-01-01," for n in range(10)] + ["ET20,,,孤儿,1,李四,2020-01-01,"]
    deliver(tmp_path, "children_care", NEW, "et_1.csv", "\n".join([head, *lines]).encode())
    assert ends(taken(tmp_path, "children_care")[0]) == [(12, "no_identity", None)]


def test_rows_of_a_department_without_serial_numbers_are_named_by_file_and_line(tmp_path: Path) -> None:
    from tests.sources.collecting import JIANGSU

    layout = JIANGSU["inmates"]
    assert layout is not None
    shape = layout.files[0].model_dump()
    shape["columns"] = [column for column in shape["columns"] if column["to"] != "record_no"]
    own = SourceLayout.model_validate({"source": "inmates", "files": [shape]})
    deliver(tmp_path, "inmates", NEW, "sf_1.csv", inmates([inmate(1), inmate(1)]))
    _, rows = taken(tmp_path, "inmates", own)
    assert rows["record_no"].to_list() == ["sf_1.csv:2", "sf_1.csv:3"]


def test_private_use_characters_are_counted(tmp_path: Path) -> None:
    intake, _ = both(tmp_path, inmates([inmate(1, name="\ue000\ue7c7")]))
    assert intake.private_use == {"sf_20211228.csv": 2}


def test_landing_area_and_divisions(tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="No such file"):
        check_landing(tmp_path / "nowhere")
    check_landing(tmp_path)
    assert divisions(tmp_path) is None
    path = tmp_path / "_reference" / "divisions.csv"
    path.parent.mkdir()
    path.write_bytes(
        "\ufeffdivision_code,name_zh,level,parent_code\n320682000000,如皋市,county,320600000000\n".encode()
    )
    found = divisions(tmp_path)
    assert found is not None
    assert found.rows() == [("320682000000", "如皋市", "county", "320600000000")]
    path.write_text("division_code,name_zh\n")
    with pytest.raises(LandingError, match="'level' is missing"):
        divisions(tmp_path)
