"""What a department is told when a whole snapshot was refused: Chinese, whatever was wrong with it."""

import re
from pathlib import Path

import pytest

from exports.refusals import in_chinese
from tests.sources.bad_deliveries.case import Bad
from tests.sources.bad_deliveries.test_bad_deliveries import CASES, GATED, put
from tests.sources.collecting import taken

WHOLE = [case for case in CASES if case.refused]
KNOWN = re.compile(
    r"[\w./*-]+\.(csv|xlsx|txt|jsonl|json|gz|tmp)\w*(\.\w+)*|gb18030|utf-8|Excel|zip|deflate|Parquet|sha256|name|rows|files|zt+"
)


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.name)
def test_every_refusal_is_said_in_chinese(tmp_path: Path, case: Bad) -> None:
    put(tmp_path, case)
    intake, _ = taken(tmp_path, case.source, case.layout, gated=case.source in GATED)
    said = [in_chinese(why, {"kind": "类别"}) for why in intake.files["refused_why"].drop_nulls()]
    assert said
    for sentence in said:
        assert not re.search("[A-Za-z]{2}", KNOWN.sub("", sentence)), sentence


def test_a_column_has_its_departments_name() -> None:
    why = "5 of 24 rows (21%) would be quarantined, more than 20%: 4 duplicate_row, 1 bad_value in kind"
    assert in_chinese(why, {"kind": "种类"}) == (
        "24 行中有 5 行（21%）不能采用，超过 20%，整批未采用。"
        "主要问题：4 行重复，1 行的“种类”一列必填项为空、格式不对或代码不在约定范围内"
    )


def test_a_sentence_that_nobody_foresaw_is_passed_on() -> None:
    assert in_chinese("file a.csv is on fire") == "file a.csv is on fire"
