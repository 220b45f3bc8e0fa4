"""The linkage benchmark on a made city of a few hundred residents: frames, methods, figures."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.linkage import departments
from benchmarks.linkage.cases import Case, Departments
from benchmarks.linkage.cities import Prepared, prepare
from benchmarks.linkage.exact_joins import number_or_birth, raw_number
from benchmarks.linkage.measure import measured, of_outcome, with_keys
from benchmarks.linkage.run import hedui
from benchmarks.linkage.scores import rated

SOURCES = 17


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case("tiny", tmp_path_factory.mktemp("city") / "city", 7, residents=600, damage="hard")
    case.make()
    return case


@pytest.fixture(scope="module")
def frames(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(case.city, tmp_path_factory.mktemp("frames"), 7)


def test_every_delivered_row_but_the_registrys_is_there_once(case: Case, frames: Prepared) -> None:
    truth = pl.read_parquet(frames.truth)
    links = pl.read_parquet(case.city / "truth" / "links.parquet").filter(
        pl.col("source") != "household_registry"
    )
    key = ["source", "record_no", "seat"]
    assert len(truth) == len(links) and truth["source"].n_unique() == SOURCES
    assert truth.select(key).sort(key).equals(links.select(key).sort(key))
    rows = pl.read_parquet(frames.rows)
    assert rows["row"].is_unique().all() and set(truth["row"]) == set(rows["row"])


def test_a_recipients_own_telephone_is_not_asked_again(frames: Prepared) -> None:
    people, rows, truth = (pl.read_parquet(file) for file in (frames.people, frames.rows, frames.truth))
    roll = truth.filter(pl.col("source") == "assistance_roll").join(rows.drop("source"), on="row")
    known = people.filter(pl.col("phone").is_not_null())["person_id"].n_unique()
    assert known == roll.drop_nulls("person_id").filter(pl.col("phone").is_null())["person_id"].n_unique() > 0


def test_the_methods_are_ordered_as_they_must_be(frames: Prepared) -> None:
    rows, people, truth = pl.read_parquet(frames.rows), pl.read_parquet(frames.people), with_keys(frames)
    f1 = []
    for method in (raw_number, number_or_birth, hedui):
        shipped = of_outcome(truth, method(rows, people)).filter(
            pl.col("at") == "shipped", pl.col("by") == "all"
        )
        f1.append(rated(shipped)["f1"][0])
    assert f1[0] < f1[1] < f1[2] > 0.98


def test_keys_reach_further_than_the_number(frames: Prepared) -> None:
    truth = with_keys(frames).filter(pl.col("person_id").is_not_null())
    number = truth.filter(pl.col("damage").is_in(["none", "id_15", "id_space", "nm_homophone"]))
    assert number["intact"].all()
    slip = truth.filter(pl.col("damage") == "id_transpose")
    assert len(slip) and slip["reachable"].mean() > 0.9 > slip["intact"].mean()  # type: ignore[operator]
    assert not truth.filter(pl.col("damage") == "id_missing", ~pl.col("source").is_in(["real_estate"]))[
        "intact"
    ].any()


@pytest.mark.soak
def test_all_four_methods_in_processes_of_their_own(case: Case, tmp_path: Path) -> None:
    pytest.importorskip("splink")
    figures, curve = measured(case, tmp_path, ("raw_number", "number_or_birth", "splink", "hedui"))
    assert curve["pairs"].sum() > 1000 and (curve["true"] <= curve["pairs"]).all()
    whole = rated(figures.filter(pl.col("by") == "all", pl.col("at") == "shipped"))
    assert whole["method"].to_list() == ["raw_number", "number_or_birth", "splink", "hedui"]
    assert (whole["seconds"] > 0).all() and (whole["peak_mb"] > 0).all() and (whole["f1"] > 0.9).all()


def test_departments_have_a_true_person_a_recipient_and_the_birth_dates_that_were_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departments, "RESIDENTS", 2_000)
    monkeypatch.setattr(departments, "RECIPIENTS", 500)
    monkeypatch.setattr(departments, "ROWS", {"bank": 1_500, "house": 900})
    for born in (True, False):
        made = Departments("hard", 7, born).frames(tmp_path)
        people, rows, truth = (pl.read_parquet(file) for file in (made.people, made.rows, made.truth))
        assert len(truth) == 2_400 and set(truth["person_id"].drop_nulls()) <= set(people["person_id"])
        assert (rows["birth_date"].count() > 0) == born and truth["damage"].n_unique() > 20
        shipped = of_outcome(with_keys(made), hedui(rows, people)).filter(
            pl.col("at") == "shipped", pl.col("by") == "all"
        )
        assert rated(shipped)["precision"][0] > 0.99 and rated(shipped)["recall"][0] > 0.85
