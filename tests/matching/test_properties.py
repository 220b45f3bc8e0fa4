"""What must hold for any identities: pure, independent of order and company, silence is not disagreement."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from tests.chance import examples

from .made import number, registry, roll, spine

PEOPLE = registry(
    {
        "id_number_raw": number("32068220100312031"),
        "name": "赵一诺",
        "household_no": "B9",
        "address": "沙湖镇朱港村3组7号",
    },
    {
        "id_number_raw": number("32068220100312033"),
        "name": "赵一帆",
        "household_no": "B9",
        "address": "沙湖镇朱港村3组7号",
    },
    {"id_number_raw": number("32068219780705047"), "name": "张健鹏"},
    {"id_number_raw": number("32068219780705045"), "name": "张健鹏"},
)
CITY = spine(
    PEOPLE, roll({"id_number_raw": number("32068219780705047"), "name": "张健鹏", "phone": "13900000001"})
)
KNOWN = PEOPLE.select("id_number_raw", "name", "address").rows()


@st.composite
def identities(draw: st.DrawFn) -> dict[str, str | None]:
    """Somebody of the city, damaged in any way, or half of two people."""
    raw, name, address = draw(st.sampled_from(KNOWN[:8]))
    other = draw(st.sampled_from(KNOWN[:8]))
    raw = draw(
        st.sampled_from(
            [raw, raw, other[0], None, "3.20682E+17", raw[:6] + "*" * 8 + raw[14:], raw[:14] + "****"]
        )
    )
    name = draw(st.sampled_from([name, name, other[1], name[0] + "*", name[1:] + name[0], None]))
    if raw is not None and draw(st.booleans()):
        place = draw(st.integers(0, len(raw) - 1))
        raw = raw[:place] + draw(st.sampled_from("0123456789")) + raw[place + 1 :]
    return {
        "id_number_raw": raw, "name": name, "address": draw(st.sampled_from([address, None])),
        "phone": draw(st.sampled_from(["13900000001", None])), "certificate_no": None,
    }  # fmt: skip


def frame(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    schema = dict.fromkeys(("id_number_raw", "name", "address", "phone", "certificate_no"), pl.String)
    return pl.DataFrame(rows, schema=schema).with_row_index("identity_id")


def linked(
    rows: pl.DataFrame, city: matching.Spine = CITY, model: matching.Model | None = None
) -> matching.Links:
    return matching.link(rows, city, model or matching.shipped())


several = st.lists(identities(), min_size=1, max_size=6)


@examples(12)
@given(several)
def test_order_and_company_change_nothing(rows: list[dict[str, str | None]]) -> None:
    given_rows = frame(rows)
    whole = linked(given_rows)
    assert linked(given_rows.reverse()).links.sort("identity_id").equals(whole.links)
    alone = pl.concat([linked(given_rows.slice(i, 1)).links for i in range(len(given_rows))])
    assert alone.equals(whole.links)


@examples(10)
@given(several)
def test_batches_change_nothing(rows: list[dict[str, str | None]]) -> None:
    from dataclasses import replace

    small = replace(matching.shipped(), batch_rows=2)
    a, b = linked(frame(rows)), linked(frame(rows), model=small)
    assert a.links.equals(b.links)
    assert a.evidence.equals(b.evidence)


@examples(25)
@given(identities())
def test_a_name_alone_never_links(identity: dict[str, str | None]) -> None:
    bare = dict.fromkeys(identity) | {"name": identity["name"]}
    link = linked(frame([bare])).links.row(0, named=True)
    assert link["decision"] == "unlinked"


@examples(25)
@given(identities(), st.sampled_from(["address", "phone", "certificate_no"]))
def test_silence_is_not_disagreement(identity: dict[str, str | None], field: str) -> None:
    """Taking away what agrees with nobody never lowers the best probability."""
    strange = identity | {"address": "石塘镇谢岸村1组1号", "phone": "13911112222"}
    silent = strange | {field: None}
    best = [linked(frame([x])).links["probability"].fill_null(0.0).item() for x in (silent, strange)]
    assert best[0] >= best[1] - 1e-9


@examples(25)
@given(several)
def test_twins_never_cross_link(rows: list[dict[str, str | None]]) -> None:
    """Nobody is linked to one twin under the other's whole name."""
    out = linked(frame(rows)).links.join(frame(rows), on="identity_id")
    names = CITY.person.select("person_id", person_name="name")
    wrong = out.join(names, on="person_id").filter(
        pl.col("name").is_in(["赵一诺", "赵一帆"]) & (pl.col("name") != pl.col("person_name"))
    )
    assert not len(wrong)


@examples(12)
@given(several)
def test_a_decision_and_its_columns_agree(rows: list[dict[str, str | None]]) -> None:
    out = linked(frame(rows)).links
    assert out.filter((pl.col("decision") == "linked") != pl.col("person_id").is_not_null()).is_empty()
    assert out.filter(
        (pl.col("decision") == "review") != pl.col("candidate_person_id").is_not_null()
    ).is_empty()
    assert out.filter((pl.col("method") == "none") != (pl.col("decision") == "unlinked")).is_empty()
    assert out.filter(~pl.col("probability").fill_null(0).is_between(0, 1)).is_empty()
    hidden = frame(rows).filter(
        pl.col("id_number_raw").is_null() | pl.col("id_number_raw").str.contains(r"[*E]")
    )
    assert not out.join(hidden, on="identity_id", how="semi")["by_number"].any()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_registrys_order_changes_nothing(seed: int) -> None:
    shuffled = spine(PEOPLE.sample(fraction=1, shuffle=True, seed=seed))
    straight = spine(PEOPLE)
    for table in ("person", "links", "same_as", "events", "anchors"):
        a, b = getattr(shuffled, table), getattr(straight, table)
        assert a.sort(a.columns).equals(b.sort(b.columns))


_DIGEST = """
import hashlib, sys
import polars as pl
import matching
sys.path.insert(0, sys.argv[1])
from tests.matching.test_robustness import rows, town
people = town(3, 900)
listed = pl.DataFrame(people, schema=["id_number_raw", "name", "address"], orient="row")
listed = listed.with_row_index("person_id").cast({"person_id": pl.String})
asked = pl.DataFrame([who for _, _, who in rows(3, people[:600], people[600:], 40)], schema=listed.columns[1:], orient="row")
found = matching.link_frames(asked, listed.head(600))
text = found.links.write_json() + found.evidence.write_json()
print(pl.thread_pool_size(), hashlib.sha256(text.encode()).hexdigest())
"""


def test_any_number_of_threads_gives_the_same() -> None:
    import os
    import subprocess
    import sys
    from pathlib import Path

    root = str(Path(__file__).parents[2])
    told = []
    for threads in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", _DIGEST, root], env=os.environ | {"POLARS_MAX_THREADS": threads}, cwd=root,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        told.append(run.stdout.split())
    assert [count for count, _ in told] == ["1", "2"]
    assert told[0][1] == told[1][1]
