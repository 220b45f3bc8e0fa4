"""Whatever is delivered: delivered = accepted + quarantined + dropped, and every row is accounted for once."""

import json
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.chance import examples
from tests.sources.collecting import deliver, inmate, inmates, taken

CELL = st.one_of(
    st.sampled_from(
        ["", " ", "张三", "2020-01-10", "2021-02-30", "监狱服刑", "prison", "1", '"', '"a"', 'x"y']
    ),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=5),
)
ROW = st.one_of(
    st.integers(0, 6).map(lambda number: inmate(number)),
    st.lists(CELL, min_size=6, max_size=6).map(",".join),
    st.lists(CELL, max_size=9).map(",".join),
)


@examples(200)
@given(rows=st.lists(ROW, max_size=15), gated=st.booleans(), good=st.integers(0, 100))
def test_no_row_is_lost_or_doubled(rows: list[str], gated: bool, good: int) -> None:
    lines = [*rows, *(inmate(1000 + number) for number in range(good))]
    with tempfile.TemporaryDirectory() as folder:
        deliver(Path(folder), "inmates", "2021-12-28", "sf_1.csv", inmates(lines))
        intake, accepted = taken(
            Path(folder), "inmates", gated=gated, keep=lambda batch: batch[::2] if gated else batch
        )
    (file,) = intake.files.to_dicts()
    if file["refused_why"] is not None:
        assert json.loads(file["refusal"])["code"] == "too_many_bad_rows"
        assert accepted.is_empty()
        return
    delivered = file["rows_delivered"]
    assert delivered == file["rows_accepted"] + file["rows_quarantined"] + file["rows_dropped_unauthorized"]
    assert file["rows_quarantined"] <= 0.2 * delivered
    places = [*intake.quarantine["line"], *accepted["line"]]
    assert len(places) == len(set(places))
    assert accepted["record_no"].is_unique().all() or accepted.is_empty()
    assert not (accepted["id_number_raw"].is_null() & accepted["name"].is_null()).any()
    required = ["record_no", "from_date", "kind", "line", "file", "snapshot_date"]
    assert accepted.select(pl.col(required).null_count()).row(0) == (0,) * len(required)
    if gated:
        assert intake.quarantine["raw"].null_count() == intake.quarantine.height
