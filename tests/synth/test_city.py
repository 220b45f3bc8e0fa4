"""A made city is what it says: the same for the same seed, whole, readable, valid, and clean."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest

import synth
from synth.damage_tables import homophones
from synth.numbers import check_characters
from synth.plants import scenarios

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"synth_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


oracle, reading = _beside("oracle"), _beside("reading")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> synth.City:
    return synth.make_city(tmp_path_factory.mktemp("city"), residents=1500, seed=11)


def _table(city: synth.City, name: str) -> pl.DataFrame:
    return pl.read_parquet(city.truth / f"{name}.parquet")


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        synth.make_city(tmp_path / name, residents=300, seed=seed, plants=1)
    a, b, c = (_digests(tmp_path / name) for name in "abc")
    assert a == b
    assert a["landing/_reference/divisions.csv"] == c["landing/_reference/divisions.csv"]
    named = ("household_registry", "assistance_roll", "tax_income", "links", "persons", "marriages")
    assert all(a[k] != c.get(k) for k in a if any(name in k for name in named) and "manifest" not in k)


def test_every_rule_has_three_hits_and_three_near_misses() -> None:
    many = {"X": 20, "O": 13, "C": 6, "P": 6}
    rules = {f"{letter}{number:02d}" for letter, last in many.items() for number in range(1, last + 1)}
    counts = Counter((rule, kind) for rule, kind, *_ in scenarios())
    assert {rule for rule, _ in counts} == rules
    assert min(counts[rule, kind] for rule in rules for kind in ("hit", "near")) >= 3
    assert f"each of the {len(scenarios())} scenarios" in (HERE.parents[1] / "docs" / "synth.md").read_text()


def test_planted_households_are_as_mixed_as_the_residents(city: synth.City) -> None:
    registry = pl.read_parquet(city.truth / "canonical" / "household_registry.parquet")
    heads = registry.filter(pl.col("relation") == "01").with_columns(planted=pl.col("plant") >= 0)
    shares = heads.group_by("planted").agg(
        pl.len(), (pl.col("sex") == "female").mean(), (pl.col("hukou_type") == "urban").mean().alias("urban"),
        (pl.col("ethnicity") != "汉族").mean().alias("minority"),
    ).sort("planted")  # fmt: skip
    for column, apart in (("sex", 0.1), ("urban", 0.1), ("minority", 0.04)):
        base, planted = shares[column]
        assert abs(base - planted) < apart, (column, base, planted)


def test_numbers_are_valid_and_nobody_elses(city: synth.City) -> None:
    people = _table(city, "persons")
    numbers = people["id_number"]
    assert numbers.n_unique() == people.height
    check = check_characters(numbers.str.head(17).cast(pl.Int64).to_numpy())
    assert (numbers.str.slice(-1) == check).all()
    told = numbers.str.slice(6, 8).str.to_date("%Y%m%d")
    other = people.filter(told != people["birth_date"])
    assert set(other["plant"]) <= set(
        _table(city, "plants").filter(pl.col("scenario") == "X17:hit:number_says_older")["plant"]
    )
    odd = numbers.str.slice(16, 1).cast(pl.Int64) % 2 == 1
    assert (odd == (people["sex"] == "male")).all()


def test_check_characters_agree_with_the_standards_own_example() -> None:
    assert check_characters(pl.Series([11010519491231002]).to_numpy()).to_list() == ["X"]


@pytest.mark.sample
def test_truth_has_the_samples_shape(city: synth.City, sample_city: Path) -> None:
    theirs = sorted(p.relative_to(sample_city / "truth") for p in (sample_city / "truth").rglob("*.parquet"))
    assert theirs == sorted(p.relative_to(city.truth) for p in city.truth.rglob("*.parquet"))
    for file in theirs:
        ours = pl.read_parquet_schema(city.truth / file)
        assert list(ours.items()) == list(pl.read_parquet_schema(sample_city / "truth" / file).items()), file
    keys = json.loads((sample_city / "truth" / "city.json").read_text())
    assert set(json.loads((city.truth / "city.json").read_text())) == set(keys)
    assert json.loads((city.truth / "layout.json").read_text()) == json.loads(
        (sample_city / "truth" / "layout.json").read_text()
    )


def test_no_row_of_the_truth_points_nowhere(city: synth.City) -> None:
    people, links = _table(city, "persons"), _table(city, "links")
    assert people["pid"].to_list() == list(range(people.height))
    for name in ("links", "expected_findings", "households", "alerts_expected", "unauthorized_rows"):
        assert set(_table(city, name)["pid"].drop_nulls()) <= set(people["pid"]), name
    roll = pl.read_parquet(city.truth / "canonical" / "assistance_roll.parquet")
    for name in ("expected_findings", "households", "alerts_expected"):
        assert set(_table(city, name)["case_no"].drop_nulls()) <= set(roll["case_no"]), name
    for source in links["source"].unique():
        rows = pl.read_parquet(city.truth / "canonical" / f"{source}.parquet")
        assert rows["record_no"].n_unique() == rows.height
        assert set(links.filter(pl.col("source") == source)["record_no"]) == set(rows["record_no"]), source
    keys = links.select("source", "record_no", "seat")
    assert keys.n_unique() == keys.height
    gated = _table(city, "unauthorized_rows").join(links, on=["source", "record_no"])
    assert set(gated["expected"]) == {"dropped"}


def test_delivered_files_hold_what_the_truth_says(city: synth.City) -> None:
    layout = json.loads((city.truth / "layout.json").read_text())
    bad = _table(city, "quarantine_expected")
    for source, form in layout.items():
        used = _table(city, "snapshots").filter((pl.col("source") == source) & pl.col("used"))
        records: Counter[str | None] = Counter()
        unreadable = 0
        for row in used.iter_rows(named=True):
            rows, lost = reading.read(form, city.landing / source / row["snapshot"] / row["file"])
            assert len(rows) + lost == row["rows"], source
            records.update(r["record_no"] for r in rows)
            unreadable += lost
        mine = bad.filter(pl.col("source") == source)
        assert unreadable == mine.filter(pl.col("reason") == "unreadable")["rows"].sum(), source
        twice = {number for number, n in records.items() if n > 1}
        assert twice == set(
            mine.filter(pl.col("reason").is_in(["duplicate_row", "conflicting_record_no"]))["record_no"]
        )
        true = pl.read_parquet(city.truth / "canonical" / f"{source}.parquet")
        assert set(true["record_no"]) <= set(records), source
        assert mine["rows"].sum() <= 0.2 * used["rows"].sum()


def test_undamaged_rows_arrive_as_they_are(city: synth.City) -> None:
    layout = json.loads((city.truth / "layout.json").read_text())
    links = _table(city, "links").filter(pl.col("seat").is_null())
    for source in ("household_registry", "social_insurance", "vehicles", "disability_certificates"):
        used = (
            _table(city, "snapshots").filter((pl.col("source") == source) & pl.col("used")).row(0, named=True)
        )
        rows, _ = reading.read(layout[source], city.landing / source / used["snapshot"] / used["file"])
        delivered = {r["record_no"]: r for r in rows}
        true = pl.read_parquet(city.truth / "canonical" / f"{source}.parquet")
        damage = dict(links.filter(pl.col("source") == source).select("record_no", "damage").iter_rows())
        for row in true.iter_rows(named=True):
            sent = delivered[row["record_no"]]
            same = (sent["id_number"], sent["name"]) == (row["id_number"], row["name"])
            assert same == (damage[row["record_no"]] in ("none", "registry_duplicate")), (
                source,
                damage[row["record_no"]],
            )


def test_manifests_agree_but_for_the_one_that_must_not(city: synth.City) -> None:
    kinds = {(r["source"], r["snapshot"]): r["kind"] for r in _table(city, "snapshots").iter_rows(named=True)}
    seen = set()
    for path in city.landing.rglob("_manifest.json"):
        kind = kinds[path.parent.parent.name, path.parent.name]
        seen.add(kind)
        for file in json.loads(path.read_text())["files"]:
            agrees = hashlib.sha256((path.parent / file["name"]).read_bytes()).hexdigest() == file["sha256"]
            assert agrees == (kind != "broken_manifest")
    assert {"newest", "older", "after_night", "broken_manifest"} <= seen


@pytest.mark.parametrize(
    ("residents", "seed", "night", "damage"),
    [(400, 1, "2021-12-31", "none"), (2500, 2, "2024-02-29", "base"), (1200, 5, "2022-01-01", "hard")],
)
def test_the_rules_find_what_is_planted_and_nothing_on_the_base(
    tmp_path: Path, residents: int, seed: int, night: str, damage: str
) -> None:
    made = synth.make_city(tmp_path, residents, seed, date.fromisoformat(night), damage, plants=1)  # type: ignore[arg-type]
    found = oracle.findings(made.truth, night)
    expected = _table(made, "expected_findings")
    plant = dict(_table(made, "persons").select("pid", "plant").iter_rows())
    roll = pl.read_parquet(made.truth / "canonical" / "assistance_roll.parquet")
    of_case = dict(roll.select("case_no", "pid").iter_rows())
    at = {
        (rule, plant[of_case[case] if pid is None else pid], case, pid): severity
        for rule, case, pid, severity in found
    }
    for row in expected.filter(pl.col("must") != 0).iter_rows(named=True):
        hits = {
            severity
            for (rule, number, case, pid), severity in at.items()
            if rule == row["rule_id"]
            and number == row["plant"]
            and (row["pid"] is None or (pid in (row["pid"], None) and (number >= 0 or pid == row["pid"])))
            and (row["case_no"] is None or case in (row["case_no"], None))
        }
        assert bool(hits) == (row["must"] == 1), row
        assert not hits or row["severity"] is None or row["severity"] in hits, (row, hits)
    known = set(expected.select("rule_id", "plant").iter_rows())
    assert {(rule, number) for rule, number, _, _ in at if number >= 0} <= known
    base = {(rule, pid) for rule, number, _, pid in at if number < 0}
    assert base <= set(expected.filter(pl.col("plant") < 0).select("rule_id", "pid").iter_rows())


@pytest.mark.parametrize("night", [date(2021, 12, 31), date(2022, 1, 1), date(2024, 2, 29)])
def test_what_time_alone_changes_is_to_be_told(tmp_path: Path, night: date) -> None:
    made = synth.make_city(tmp_path, 300, 6, night, "none", plants=1)
    plant = dict(_table(made, "persons").select("pid", "plant").iter_rows())
    roll = pl.read_parquet(made.truth / "canonical" / "assistance_roll.parquet")
    of_case = dict(roll.select("case_no", "pid").iter_rows())
    open_to = _table(made, "expected_findings").filter(pl.col("must") == 0).select("rule_id", "plant")
    may = set(open_to.iter_rows())
    seen: list[dict[tuple[str, int], set[str | None]]] = []
    for day in (night - timedelta(days=1), night):
        at: dict[tuple[str, int], set[str | None]] = {}
        for rule, case, pid, severity in oracle.findings(made.truth, day.isoformat()):
            at.setdefault((rule, plant[of_case[case] if pid is None else pid]), set()).add(severity)
        seen.append(at)
    before, after = seen
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    told = _table(made, "alerts_expected").filter(pl.col("cause") == "time").select("rule_id", "plant")
    planted = {key for key in changed - may if key[0].startswith("X") and key[1] >= 0}
    assert planted == {key for key in told.iter_rows() if str(key[0]).startswith("X")}


def test_damage_grows_with_its_name_and_is_of_every_kind(tmp_path: Path) -> None:
    rates = {}
    for level in ("none", "base", "hard"):
        made = synth.make_city(tmp_path / level, 6000, 9, damage=level, plants=0)  # type: ignore[arg-type]
        links = _table(made, "links")
        rates[level] = links.select((pl.col("damage") != "none").mean()).item()
        kinds = set(links["damage"])
    assert rates["none"] < 0.002
    assert 0.025 < rates["base"] < 0.06
    assert rates["hard"] > 2.2 * rates["base"]
    wanted = {
        "id_digit", "id_transpose", "id_15", "id_mask", "id_missing", "id_space", "id_fullwidth", "id_lower_x",
        "id_excel", "id_month_day", "id_relative", "id_digit+nm_homophone", "nm_homophone", "nm_lookalike",
        "nm_trad", "nm_star", "nm_space", "nm_swap", "nm_pinyin", "nm_missing", "nm_dot", "nm_rare", "nm_former",
        "registry_duplicate", "second_number", "shared_number", "stranger_with_resident_number", "none",
    }  # fmt: skip
    assert kinds == wanted


def test_homophones_differ_from_what_they_replace() -> None:
    assert all(char != other for char, other in homophones().items())


def test_yesterday_differs_from_today_by_the_plants_alone(city: synth.City) -> None:
    files = [
        city.landing / "vehicles" / day / f"jdc_{day.replace('-', '')}.csv"
        for day in ("2021-12-30", "2021-12-31")
    ]
    before, after = (set(f.read_bytes().split(b"\n")) for f in files)
    alerts = _table(city, "alerts_expected").filter(pl.col("rule_id") == "X05")
    copies = 2
    assert len(after - before) == 3 * copies
    assert len(before - after) == 2 * copies
    assert set(alerts["change"]) == {"new", "worse", "cleared"}


def test_without_a_previous_night_nothing_is_to_be_told(tmp_path: Path) -> None:
    made = synth.make_city(tmp_path, 250, 2, plants=1, previous_night=False)
    assert _table(made, "alerts_expected").is_empty()
    assert json.loads((made.truth / "city.json").read_text())["previous_night"] is None


def test_people_look_like_people(city: synth.City) -> None:
    people = _table(city, "persons").filter(~pl.col("outsider") & (pl.col("plant") < 0))
    assert 1500 <= people.height <= 1506
    sizes = people.group_by("household_no").len()["len"]
    assert sizes.max() <= 6
    assert 2.2 < sizes.mean() < 3.2
    heads = people.filter(pl.col("relation") == "01")
    assert heads["household_no"].n_unique() == people["household_no"].n_unique()
    top = people["name"].str.head(1).value_counts(sort=True)[0].row(0)
    assert top[0] in "王李张"


def test_bad_arguments_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="200 residents"):
        synth.make_city(tmp_path, 10, 1)
    with pytest.raises(ValueError, match="damage"):
        synth.make_city(tmp_path, 300, 1, damage="awful")  # type: ignore[arg-type]


def test_the_city_imports_nothing_of_the_product() -> None:
    product = {"pipelines", "assets", "sources", "matching", "policy", "sql", "exports", "ledger"}
    for path in Path(synth.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            assert not {name.split(".")[0] for name in names} & product, path


def test_truth_reads_as_plain_parquet(city: synth.City) -> None:
    con = duckdb.connect()
    rows = con.execute(f"SELECT count(*) FROM read_parquet('{city.truth}/links.parquet')").fetchall()
    assert rows[0][0] == _table(city, "links").height
