"""Training: known figures come out of made pairs, order changes nothing, what was never seen keeps its figure."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

import matching
from matching import training
from matching.classes import TAUGHT_IN
from matching.expectation import Patterns, estimated, posterior

from .made import number, registry, spine

PAIRS = 50_000
LEVELS = 3
"""Of each of two fields: agrees, nearly, differs."""


def mixture(seed: int, truth: np.ndarray, rows: int = 40_000) -> tuple[Patterns, np.ndarray]:
    """Identities with one candidate each, two in three of them true, and who is true."""
    chance = np.random.default_rng(seed)
    true = chance.random(rows) < 2 / 3
    strangers = np.array([0.02, 0.08, 0.90])
    u = np.concatenate([strangers, strangers])
    codes = np.stack(
        [
            np.where(true, chance.choice(LEVELS, rows, p=truth[at : at + 3]), chance.choice(LEVELS, rows, p=strangers)) + at
            for at in (0, 3)
        ],
        axis=1,
    )  # fmt: skip
    rest = np.log2(2.0) - np.log2(u)[codes].sum(axis=1)  # two true for one that is not
    return Patterns(np.arange(rows), np.ones(rows), rest, codes), true


CLASSES = {"first": (0, 1, 2), "second": (3, 4, 5)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_m_comes_out(seed: int) -> None:
    truth = np.array([0.85, 0.10, 0.05, 0.60, 0.25, 0.15])
    start = np.array([0.5, 0.3, 0.2, 0.9, 0.05, 0.05])
    patterns, true = mixture(seed, truth)
    found = estimated(patterns, start, start, CLASSES, frozenset(CLASSES))
    assert found.m == pytest.approx(truth, abs=0.015)
    assert posterior(patterns, found.m).mean() == pytest.approx(true.mean(), abs=0.01)


def test_the_objective_never_falls() -> None:
    truth = np.array([0.85, 0.10, 0.05, 0.60, 0.25, 0.15])
    start = np.array([0.05, 0.05, 0.9, 0.9, 0.05, 0.05])
    patterns, _ = mixture(7, truth)
    history = estimated(patterns, start, start, CLASSES, frozenset(CLASSES)).history
    assert len(history) > 3
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(history))


def test_a_level_never_seen_keeps_its_figure() -> None:
    truth = np.array([0.9, 0.1, 0.0, 0.6, 0.4, 0.0])
    start = np.array([0.7, 0.3 - 1e-5, 1e-5, 0.5, 0.5 - 1e-5, 1e-5])
    patterns, _ = mixture(1, truth, rows=3_000)
    silent = Patterns(patterns.group, patterns.count, patterns.rest + 20, patterns.codes)
    keep = silent.codes.max(axis=1) < 5  # nobody differs in the second field
    codes = np.where(silent.codes == 2, 1, silent.codes)[keep]
    seen = Patterns(np.arange(len(codes)), np.ones(len(codes)), silent.rest[keep], codes)
    found = estimated(seen, start, start, CLASSES, frozenset(CLASSES)).m
    assert found[[2, 5]] == pytest.approx([1e-5, 1e-5], rel=0.1)
    assert found[:3].sum() == pytest.approx(1) and found[3:].sum() == pytest.approx(1)


def test_what_is_not_taught_stays() -> None:
    truth = np.array([0.85, 0.10, 0.05, 0.60, 0.25, 0.15])
    start = np.array([0.8, 0.1, 0.1, 0.9, 0.05, 0.05])
    found = estimated(mixture(1, truth)[0], start, start, CLASSES, frozenset({"first"}))
    assert (found.m[3:] == start[3:]).all() and found.m[0] != start[0]


def town(seed: int = 1) -> tuple[matching.Spine, list[pl.DataFrame]]:
    """A registry and what two sources deliver of it: one in ten names a homophone, one number in twenty a slip."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    people, rows, homes = [], [], []
    for i in range(1_500):
        born = f"{1940 + i % 70}{1 + i % 12:02d}{1 + i % 28:02d}"
        raw = number(f"320682{born}{chance.randint(1, 998):03d}")
        name = (
            chance.choice("王李张刘陈杨赵黄周吴")
            + chance.choice("伟芳娜敏静强磊军洋勇")
            + chance.choice("国志玉兰红梅春")
        )
        address = f"如皋市九渡镇东垛村{1 + i % 20}组{i}号"
        people.append({"id_number_raw": raw, "name": name, "address": address})
        given = (
            name[:-1] + "梅煤"["梅煤".index(name[-1]) ^ 1]
            if name[-1] in "梅煤" and chance.random() < 0.7
            else name
        )
        slip = raw[:16] + str((int(raw[16]) + 1) % 10) + raw[17:] if chance.random() < 0.05 else raw
        rows.append({"id_number_raw": raw, "name": given})
        homes.append({"id_number_raw": slip, "name": name, "address": address})
    return spine(registry(*people, town=False)), [pl.DataFrame(rows), pl.DataFrame(homes)]


@pytest.fixture(scope="module")
def learned() -> training.Trained:
    made, rows = town()
    return training.train(rows, made, matching.shipped(), PAIRS)


def test_slips_of_the_town_are_learned(learned: training.Trained) -> None:
    old, new = matching.shipped().comparisons, learned.model.comparisons
    assert (
        new["name"]["homophone"].m > old["name"]["homophone"].m
    )  # one name in seven ends in 梅, most of them misspelt
    assert new["place"]["same_door"].m > 0.9
    assert learned.seen["number.one_edit"] == pytest.approx(0.05 * 1_500, rel=0.35)
    assert new["number"]["other_valid"].m < 1e-4


def test_where_learning_begins_hardly_matters(learned: training.Trained) -> None:
    """A model that knows nothing of m comes to the same figures wherever much was seen."""
    shipped = matching.shipped()
    ignorant = {
        field: {name: level if name == "silent" else replace(level, m=0.1) for name, level in levels.items()}
        for field, levels in shipped.comparisons.items()
    }
    made, rows = town()
    found = training.train(rows, made, replace(shipped, comparisons=ignorant), PAIRS)
    much = [name.split(".") for name, seen in learned.seen.items() if seen > 1_000]
    assert len(much) >= 3
    for field, level in much:
        assert found.model.comparisons[field][level].m == pytest.approx(
            learned.model.comparisons[field][level].m, abs=0.03
        )


def test_every_history_rises(learned: training.Trained) -> None:
    assert len(learned.histories) == 2
    for history in learned.histories:
        assert all(b >= a - 1e-6 for a, b in pairwise(history))


def test_order_and_company_change_nothing(learned: training.Trained) -> None:
    made, rows = town()
    other = [frame.sample(fraction=1, shuffle=True, seed=5) for frame in reversed(rows)]
    assert training.train(other, made, matching.shipped(), PAIRS) == learned


def test_thresholds_and_rare_names_are_not_learned(learned: training.Trained) -> None:
    old, new = matching.shipped(), learned.model
    assert (new.accept, new.review, new.margin, new.block_cap) == (
        old.accept,
        old.review,
        old.margin,
        old.block_cap,
    )
    assert new.names is not None
    assert (
        min(share for shares in new.names.values() for share in shares.values()) >= 5 / learned.people * 0.999
    )


def test_labels_of_clerks_settle_pairs() -> None:
    """Namesakes' numbers on others' rows: told that they are no links, training does not count them."""
    made, rows = town()
    people = made.links.filter(source="household_registry").sort("record_no")["person_id"].to_list()
    frame = (
        rows[0]
        .head(1_500)
        .with_columns(
            identity_id=pl.int_range(pl.len()).cast(pl.String),
            name=pl.when(pl.int_range(pl.len()) < 100).then(pl.lit("赵丽")).otherwise("name"),
        )
    )
    ids = [str(i) for i in range(100)]

    def told(verdict: str) -> pl.DataFrame:
        return pl.DataFrame({"identity_id": ids, "person_id": people[:100], "verdict": verdict})

    m = {
        verdict: training.train([frame], made, matching.shipped(), PAIRS, told(verdict))
        .model.comparisons["name"]["differs"]
        .m
        for verdict in ("same", "different", "cannot_tell")
    }
    assert m["same"] > 0.004 and m["different"] < 0.0005
    assert m["different"] < m["cannot_tell"] <= m["same"]


def test_nobody_teaches_nothing() -> None:
    made, _ = town()
    empty = pl.DataFrame(schema={"id_number_raw": pl.String, "name": pl.String})
    learned = training.train([empty], made, matching.shipped(), PAIRS)
    assert learned.identities == 0
    assert learned.model.comparisons["number"]["same"].m == pytest.approx(1, abs=0.06)


def test_expected_shares_sum_to_one_and_leave_silence_out() -> None:
    made, rows = town()
    identities = rows[1].with_row_index("identity_id")
    shares = training.expected_levels(matching.link(identities, made, matching.shipped()))
    assert set(shares) >= {"number", "name"}
    for levels in shares.values():
        assert "silent" not in levels
        assert sum(levels.values()) == pytest.approx(1, abs=0.001)


def test_every_level_is_taught_or_known_not_to_be() -> None:
    silent = {(field, "silent") for field in matching.shipped().comparisons}
    levels = {(field, name) for field, each in matching.shipped().comparisons.items() for name in each}
    taught = {(field, name) for field, kinds in TAUGHT_IN.items() for each in kinds.values() for name in each}
    assert taught <= levels
    assert levels - taught <= silent | {
        ("number", "digit_lost")
    }  # of 17 digits nothing else can be seen to agree
