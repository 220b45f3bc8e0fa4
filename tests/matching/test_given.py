"""What people bring is converted where that is safe, else refused with the column, the count and the cure; no value is told."""

from datetime import date, datetime

import polars as pl
import pytest

from matching import link_frames

NUMBER = "320682197603120012"
PEOPLE = pl.DataFrame(
    {
        "person_id": [str(i) for i in range(1, 201)],
        "id_number_raw": [NUMBER, *(f"3206821980010{i:04}0" for i in range(2, 201))],
        "name": ["陈国强", *(chr(0x5000 + i) + "平" for i in range(2, 201))],
        "birth_date": [date(1976, 3, 12), *([None] * 199)],
        "phone": ["13912345678", *(f"13900000{i:03}" for i in range(2, 201))],
    }
)


def linked(**columns: object) -> str | None:
    """Who the row is found to be; the number is not given."""
    rows = pl.DataFrame({"id_number_raw": [None], "name": ["陈国强"], **{k: [v] for k, v in columns.items()}})
    found: str | None = link_frames(rows, PEOPLE).links["person_id"][0]
    return found


@pytest.mark.parametrize(
    "born",
    ["1976-03-12", "19760312", "1976/3/12", "1976.03.12", "1976年3月12日", "1976-03-12 00:00:00", "1976-03-12T00:00:00Z", 19760312,
     datetime(1976, 3, 12)],  # noqa: DTZ001 - as a workbook gives it
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(born: object) -> None:
    assert linked(birth_date=born, phone="13912345678") == "1"


@pytest.mark.parametrize("phone", ["13912345678", 13912345678, 13912345678.0])
def test_a_telephone_may_be_a_number(phone: object) -> None:
    assert linked(phone=phone) == "1"


@pytest.mark.parametrize("sex", ["male", "男", "M", 1, 1.0, "１", None, "未知"])
def test_a_sex_is_read_as_people_write_it(sex: object) -> None:
    assert linked(sex=sex, birth_date="1976-03-12", phone="13912345678") == "1"


@pytest.mark.parametrize(
    ("column", "value", "cure"),
    [
        ("birth_date", "12.03.76", "1950-03-12"),
        ("sex", "herr", "男 and 女"),
        ("phone", 3.2e17, "as text"),
        ("id_number_raw", 3.2068219760312e17, "as text"),
        ("name", ["陈国强"], "as text"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_column_and_a_cure(
    column: str, value: object, cure: str
) -> None:
    rows = pl.DataFrame({"id_number_raw": [NUMBER], "name": ["陈国强"]}).with_columns(
        pl.Series(column, [value], strict=False)
    )
    with pytest.raises(ValueError, match=f"column {column}") as told:
        link_frames(rows, PEOPLE)
    assert cure in str(told.value)
    assert str(value) not in str(told.value)


def test_people_are_converted_and_refused_alike() -> None:
    rows = pl.DataFrame({"id_number_raw": [NUMBER], "name": ["陈国强"]})
    assert (
        link_frames(rows, PEOPLE.with_columns(pl.lit("1976-03-12").alias("birth_date"))).links["person_id"][0]
        == "1"
    )
    with pytest.raises(ValueError, match="people: column birth_date: 200 of 200 values"):
        link_frames(rows, PEOPLE.with_columns(pl.lit("spring").alias("birth_date")))
