"""Passports, permits and officers' papers: one writing, and a link where both sides deliver the same beside an agreeing name."""

import polars as pl
import pytest

import matching
from matching.normalise import papers

from .made import number


@pytest.mark.parametrize(
    ("written", "paper"),
    [
        ("E23907651", "E23907651"), ("e 2390-7651", "E23907651"), ("护照E23907651", "E23907651"),
        ("Ｅ２３９０７６５１", "E23907651"),
        ("EA2390765", "EA2390765"), ("H0345678901", "H0345678901"), ("CAN310078070101", "CAN310078070101"),
        ("军字第1234567号", "军1234567"), ("军字 1234567", "军1234567"), ("武字第7654321号", "武7654321"),
        ("320682197603120012", None), ("3206**********0012", None), ("E00000000", None), ("E12345678", None), ("无", None),
        ("", None), (None, None), ("X1234", None),
    ],
)  # fmt: skip
def test_a_paper_has_one_writing(written: str | None, paper: str | None) -> None:
    assert papers(pl.Series([written], dtype=pl.String)).to_list() == [paper]


PEOPLE = pl.DataFrame(
    {
        "person_id": [str(i) for i in range(400)],
        "id_number_raw": [
            "E23907651",
            *(number(f"32068219780{1 + i % 9}05{100 + i % 900:03}")[:18] for i in range(1, 400)),
        ],
        "name": [
            "陈国强",
            *("王李张刘"[i % 4] + "伟芳娜敏"[i // 4 % 4] + "平刚桂华"[i // 16 % 4] for i in range(1, 400)),
        ],
    }
)


def linked(raw: str, name: str) -> dict[str, object]:
    return matching.link_frames(pl.DataFrame({"id_number_raw": [raw], "name": [name]}), PEOPLE).links.row(
        0, named=True
    )


def test_the_same_paper_and_name_link_and_are_no_evidence_by_number() -> None:
    found = linked("护照 E2390 7651", "陈国强")
    assert (found["person_id"], found["decision"], found["by_number"]) == ("0", "linked", False)
    assert linked("E23907651", "陳國強")["person_id"] == "0"


def test_another_name_or_another_paper_does_not_link() -> None:
    assert linked("E23907651", "王芳平")["person_id"] != "0"
    assert linked("E23907652", "陈国强")["person_id"] is None
