"""Whoever is left out before names are read has no candidate: the outcome is the same as of looking at everybody."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.identities import numbered, shown
from matching.linking import match
from matching.reach import reaching
from tests.chance import examples

from .made import neighbours, number, registry, spine

BROKEN = number("32068219780705047")[:-1] + "A"
PEOPLE = registry(
    {"id_number_raw": BROKEN.replace("A", "1" if BROKEN[-2] != "1" else "2"), "name": "张健鹏"},
    {
        "id_number_raw": None,
        "name": "李思远",
        "birth_date": date(1990, 1, 1),
        "address": "沙湖镇朱港村3组7号",
    },
    {"id_number_raw": "320682********1234", "name": "王建国"},
    {"id_number_raw": number("32068219500312331"), "name": "周海云"},
)
CITY = spine(PEOPLE)
TOWN = [str(one["id_number_raw"]) for one in neighbours()[:40]]


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str | None]:
    """Numbers of residents, of strangers near and far, with day and month exchanged; names of residents and others."""
    raw = draw(
        st.sampled_from(
            [
                *TOWN,
                *[number("32068219900101777")] * 8,
                number("32068219780705047"),
                number("32068219501203331"),
                number("32068219500312331"),
            ]
        )
    )
    if draw(st.booleans()):
        at = draw(st.integers(0, 16))
        raw = number(raw[:at] + draw(st.sampled_from("0123456789")) + raw[at + 1 : 17])
    name = draw(st.sampled_from(["张健鹏", "李思远", "王建国", "周海云", "王伟芳", "zhang jianpeng", None]))
    return {"id_number_raw": raw, "name": name}


@examples(40)
@given(st.lists(rows(), min_size=1, max_size=20))
def test_who_is_left_out_has_no_candidate(drawn: list[dict[str, str | None]]) -> None:
    frame = pl.DataFrame(drawn, schema={"id_number_raw": pl.String, "name": pl.String}).with_row_index(
        "identity_id"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.linking.reaching", lambda rows, *_: rows)
        whole = match(frame, CITY.index, matching.shipped())
    ours = match(frame, CITY.index, matching.shipped())
    assert ours.links.equals(whole.links)
    assert ours.evidence.equals(whole.evidence)


def test_strangers_are_left_out_and_the_weak_are_not() -> None:
    stranger, unknown = number("11010119910203001"), "110101********0018"
    frame = pl.DataFrame(
        {
            "identity_id": [0, 1, 2],
            "id_number_raw": [stranger, unknown, TOWN[0]],
            "name": ["赵一", "赵一", "赵一"],
        }
    )
    owned = pl.Series([2], dtype=pl.UInt32)
    assert reaching(shown(numbered(frame)), CITY.index, owned)["row"].to_list() == [1, 2]


def test_many_rows_of_one_person_do_not_hide_him() -> None:
    """The cap counts people: sixty addresses of one man leave his name and birth date a key."""
    cap = matching.shipped().block_cap
    one = {"person_id": "1", "id_number_raw": TOWN[0], "name": "赵一", "birth_date": None}
    people = pl.DataFrame([{**one, "address": f"如皋市沙湖镇朱港村{i}组7号"} for i in range(1, cap + 5)])
    shown = TOWN[0][:14] + "****"
    links = matching.link_frames(pl.DataFrame({"id_number_raw": [shown], "name": ["赵一"]}), people).links
    assert links["probability"][0] is not None
