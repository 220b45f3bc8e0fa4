"""A rehearsal counts what a real intake keeps."""

from pathlib import Path

import pytest

from sources import CONTRACTS, SourceLayout
from sources.onboarding.rehearsal import rehearse
from tests.sources.collecting import JIANGSU, NIGHT, deliver, inmate, inmates, taken

INCREMENT = {"delivery": "increment", "window_months": 3, "replaces": "record_no"}


def increments() -> SourceLayout:
    return SourceLayout.model_validate(JIANGSU["inmates"].model_dump() | INCREMENT)  # type: ignore[union-attr]


def land(landing: Path) -> None:
    first = [inmate(1, id_number="", name=""), *(inmate(at) for at in range(2, 12))]
    second = [inmate(2, name="李四"), inmate(20), inmate(20), *(inmate(at) for at in range(30, 40))]
    deliver(landing, "inmates", "2021-10-31", "sf_1.csv", inmates(first))
    deliver(landing, "inmates", "2021-11-30", "sf_2.csv", inmates(second))
    deliver(landing, "inmates", "2021-12-05", "sf_3.csv", inmates([inmate(5)]), rows=2)


@pytest.mark.parametrize("gated", [False, True])
@pytest.mark.parametrize("increment", [False, True])
def test_counts_are_those_of_the_intake(tmp_path: Path, gated: bool, increment: bool) -> None:
    land(tmp_path)
    layout = increments() if increment else JIANGSU["inmates"]
    assert layout is not None
    real, _ = taken(tmp_path, "inmates", layout, gated=gated)
    told = rehearse(tmp_path, CONTRACTS["inmates"], layout, NIGHT, gated=gated)
    assert told.files.equals(real.files)
    assert told.quarantine.equals(real.quarantine)
    assert told.cells_refused.equals(real.cells_refused)
    assert told.snapshot_date == real.snapshot_date
    if increment:
        assert told.files["rows_superseded"].sum() == 1
