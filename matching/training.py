"""Learns a model from deliveries: m by expectation-maximisation, u from strangers, names from the spine.

Deterministic: rows are put in an order of their own, random pairs are seeded, sums keep their order. A night never
trains. Not here: where identities come from (pipelines), the file that is written (``model_file``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from matching.classes import TAUGHT_IN
from matching.expectation import Floats, Outcome, estimated
from matching.frequencies import NAMES
from matching.identities import OPTIONAL
from matching.index import SpineIndex
from matching.linking import Links
from matching.model import Model
from matching.spine import Spine
from matching.strangers import PAIRS, with_random_u
from matching.teaching import TAUGHT_BY, Keys, attended, cells, patterns, starting, table

MOST: Final = 600_000
"""Identities that teach; of more, every so-manieth in order is taken."""
BEARERS: Final = 5
"""A name part that fewer people bear stays out of the file."""
SETTLED: Final = 60.0
"""Bits with which a clerk's decision settles a pair."""
_COLUMNS: Final = ("id_number_raw", "name", *OPTIONAL)


@dataclass(frozen=True)
class Trained:
    """What came of training.

    Attributes:
        model: the starting model with m, u and names as learned; thresholds, caps and version are the starting one's.
        histories: for each kind of evidence the objective (nats) round by round; it never falls.
        seen: ``<field>.<level>`` to the number of true pairs that taught its m, as expected in the last round.
        identities: how many taught.
        people: people on the spine.
    """

    model: Model
    histories: tuple[tuple[float, ...], ...]
    seen: Mapping[str, float]
    identities: int
    people: int


def train(
    identities: Sequence[pl.DataFrame],
    spine: Spine | SpineIndex,
    model: Model,
    pairs: int = PAIRS,
    labels: pl.DataFrame | None = None,
) -> Trained:
    """Learns from identities, most of which speak of somebody on the spine.

    Args:
        identities: frames as ``matching.link`` takes them. A roll that the spine already holds would meet itself: its
            telephones and addresses agree with their own copy. Take a spine of the registry alone.
        spine: the people; its name shares are those that it was built with.
        model: where learning begins, and what every figure is drawn towards where little was seen.
        pairs: random pairs that teach how often strangers agree.
        labels: what clerks decided: ``identity_id`` (a column of the identities then), ``person_id``, ``verdict`` (`same`,
            `different`). They settle pairs that teach anyhow; they bring none in, for a draw favours the doubtful.
    """
    index = spine.index if isinstance(spine, Spine) else spine
    ordered = _ordered(identities)
    batch = attended(ordered, index, model)
    told = _told(ordered, labels)
    if (pinned := _names(index)) is not None:
        model = replace(model, names=pinned[0], unseen_name=pinned[1])
    begun = with_random_u(batch, index, model, pairs)
    origin = starting(begun)
    m, histories, seen = origin, [], dict[str, float]()
    for keys, fields in TAUGHT_BY.items():
        outcome = _taught(batch, index, begun, keys, fields, m, origin, told)
        m = outcome.m
        histories.append(outcome.history)
        seen |= {name: n for name, n in _by_level(outcome.seen).items() if name.split(".")[0] in fields}
    learned = _with_m(begun, m)
    return Trained(_rounded(learned), tuple(histories), seen, len(batch), index.people)


def expected_levels(links: Links) -> dict[str, dict[str, float]]:
    """Share of each level among the best candidates of linked identities, field by field, silence left out."""
    linked = links.links.filter(pl.col("decision") == "linked").select("identity_id").unique()
    told = links.evidence.filter((pl.col("rank") == 1) & (pl.col("level") != "silent"))
    told = told.join(linked, on="identity_id", how="semi")
    counts = told.group_by("field", "level").agg(n=pl.len()).sort("field", "level")
    counts = counts.with_columns(share=pl.col("n") / pl.col("n").sum().over("field"))
    found: dict[str, dict[str, float]] = {}
    for field, level, share in counts.select("field", "level", "share").iter_rows():
        found.setdefault(field, {})[level] = _figures(share)
    return found


def _ordered(identities: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All identities in an order of their content, thinned evenly where there are very many."""
    text = pl.String()
    typed: dict[str, pl.DataType] = {"id_number_raw": text, "name": text, **OPTIONAL, "identity_id": text}
    frames = [
        frame.select(
            pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
            for name, kind in typed.items()
        )
        for frame in identities
    ]
    every = pl.concat(frames).sort(*_COLUMNS, "identity_id") if frames else pl.DataFrame(schema=typed)
    return every.gather_every(-(-len(every) // MOST)) if len(every) > MOST else every


def _told(ordered: pl.DataFrame, labels: pl.DataFrame | None) -> pl.DataFrame:
    """What clerks decided, by the row of an identity: ``row``, ``person_id``, ``bits``."""
    if labels is None:
        return pl.DataFrame(schema={"row": pl.UInt32, "person_id": pl.String, "bits": pl.Float64})
    bits = {"same": SETTLED, "different": -SETTLED}
    known = labels.filter(pl.col("verdict").is_in(list(bits))).select(
        pl.col("identity_id").cast(pl.String),
        "person_id",
        bits=pl.col("verdict").replace_strict(bits, return_dtype=pl.Float64),
    )
    rows = ordered.select("identity_id").with_row_index("row")
    return rows.join(known, on="identity_id").select("row", "person_id", "bits")


def _taught(
    batch: pl.DataFrame,
    index: SpineIndex,
    model: Model,
    keys: Keys,
    fields: Sequence[str],
    m: Floats,
    origin: Floats,
    told: pl.DataFrame,
) -> Outcome:
    """Estimates the fields that one kind of evidence teaches."""
    parts = [
        cells(batch.slice(start, model.batch_rows), index, model, keys, told)
        for start in range(0, len(batch), model.batch_rows)
    ]
    counted = pl.concat([pl.DataFrame(schema={"candidates": pl.String}), *parts])
    learn = frozenset[str]().union(*(table().of(field) for field in fields))
    found = patterns(counted.group_by("candidates").agg(n=pl.len()))
    return estimated(found, m, origin, table().classes, learn)


def _by_level(values: Floats) -> dict[str, float]:
    """``<field>.<level>`` to the value of the class that the level is learned in."""
    place = {name: position for position, name in enumerate(table().names)}
    return {
        f"{field}.{level}": float(
            values[place[f"{field}.{kind}.{'visible' if level == 'visible_serial' else level}"]]
        )
        for field, kinds in TAUGHT_IN.items()
        for kind, levels in kinds.items()
        for level in levels
    }


def _with_m(model: Model, m: Floats) -> Model:
    learned = _by_level(m)
    comparisons = {
        field: {
            name: replace(level, m=min(learned.get(f"{field}.{name}", level.m), 1.0))
            for name, level in levels.items()
        }
        for field, levels in model.comparisons.items()
    }
    return replace(model, comparisons=comparisons)


def _names(index: SpineIndex) -> tuple[dict[str, dict[str, float]], float] | None:
    """Shares of surnames and given names with enough bearers, and the mean share of those without; None of too few people."""
    bearers = (
        index.entries.filter(pl.col("p_name_key").is_not_null() & ~pl.col("p_unknown") & ~pl.col("p_latin"))
        .select("person_id", surname="p_surname", given="p_given")
        .unique()
    )
    people = max(index.entries["person_id"].n_unique(), 1)
    names: dict[str, dict[str, float]] = {}
    rare = pl.DataFrame(schema={"n": pl.UInt32})
    for kind in NAMES:
        counts = (
            bearers.select(key=kind).drop_nulls().group_by("key").agg(n=pl.len().cast(pl.UInt32)).sort("key")
        )
        known = counts.filter(pl.col("n") >= BEARERS)
        names[kind] = {key: _figures(n / people) for key, n in known.iter_rows() if key}
        rare = pl.concat([rare, counts.filter(pl.col("n") < BEARERS).select("n")])
    usual = int(rare["n"].sum()) / len(rare) if len(rare) else 0.5
    enough = all(names.values())  # a kind that lists nobody would make every name a rare one
    return (names, _figures(usual / people)) if enough else None


def _rounded(model: Model) -> Model:
    comparisons = {
        field: {
            name: replace(level, m=_figures(level.m), u=_figures(level.u)) for name, level in levels.items()
        }
        for field, levels in model.comparisons.items()
    }
    return replace(model, comparisons=comparisons)


def _figures(value: float) -> float:
    """Four significant figures: what the file shows is what counts."""
    return float(f"{value:.4g}")
