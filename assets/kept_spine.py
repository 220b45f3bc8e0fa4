"""The night's spine: from the cache where registry, roll and known ids are what they were, made anew otherwise.

Not here: how people are found (matching), the tables that show them (spine.py).
"""

import functools
import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

import polars as pl

from assets.clerks import digest
from assets.delivery_checks import BLOCKING
from assets.night import Night
from linking.seats import SPINE_READS, identity_expression
from matching import Decisions, Frequencies, Spine, build_spine, from_frames, to_frames
from matching.clerical import undecided
from matching.frames import BLOCK, SHARES
from matching.incremental import Before, Changes, changes, content_of
from sources import CONTRACTS
from warehouse.cache import Entry, digest_of
from warehouse.key import fingerprint

NAME: Final = "spine"
NAMES: Final = "names"
CONTENT: Final = "content"
KEYS: Final = f"{BLOCK}all"
DECIDED: Final = ("decided_identity", "decided_claim")
"""Parts that hold the clerks' decisions by identity and by claim."""
FREQUENCIES: Final = "SELECT kind, key, share FROM state.frequency ORDER BY ALL"
ANCHORS: Final = "SELECT person_id, kind, anchor FROM state.person_anchor ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier nights left: anchors of people, frequencies of names and number parts."""

    anchors: pl.DataFrame
    frequencies: pl.DataFrame


def spine_of(night: Night) -> Entry:
    """Return the frames of the night's spine, and let the night match against it."""
    known = Known(night.frame(ANCHORS), night.frame(FREQUENCIES))
    arrived = {source: night.rows_keys[source] for source in BLOCKING}
    if None in arrived.values():
        night.spine_key = None
        return _built(night, known)
    night.spine_key = digest_of(
        rows=arrived,
        anchors=_digest(known.anchors),
        frequencies=_digest(known.frequencies),
        key=fingerprint(night.key),
        code=night.arrivals.code,
        model=night.model.digest(),
        clerks=digest(night.clerks),
    )
    if kept := night.cache.find(NAME, night.spine_key, ["", NAMES]):
        parts = kept.read(NAMES)["name"].to_list()
        night.spine = functools.cache(lambda: from_frames(kept.read, parts).bare())
        return kept
    return _built(night, known)


def changes_since(night: Night, spine_key: str) -> Changes | None:
    """Return what is not as it was when another spine was matched to, or None where nobody can tell."""
    if spine_key not in night.changes:
        night.changes[spine_key] = _changes_since(night, spine_key)
    return night.changes[spine_key]


def _changes_since(night: Night, spine_key: str) -> Changes | None:
    earlier = night.cache.find(NAME, spine_key, [SHARES, CONTENT, KEYS, *DECIDED])
    if earlier is None:
        return None

    def keys(entries: pl.Series) -> pl.DataFrame:
        return pl.scan_parquet(earlier.path(KEYS)).filter(pl.col("entry").is_in(entries.implode())).collect()

    own, claimed = (earlier.read(part) for part in DECIDED)
    then = replace(undecided(), by_identity=own, by_claim=claimed)
    spine = night.spine()
    before = Before(earlier.read(CONTENT), earlier.read(SHARES), then, keys)
    return changes(before, spine.index, night.clerks.of_heirs(spine.heirs))


def _decided(clerks: Decisions) -> dict[str, pl.DataFrame]:
    """Return the decisions on identities as parts of an entry."""
    return dict(zip(DECIDED, (clerks.by_identity, clerks.by_claim), strict=True))


def forget(night: Night) -> None:
    """Let go of the spine: everybody is linked, and what follows needs the memory."""

    def gone() -> Spine:
        raise RuntimeError("the spine is asked for after the last source was linked")

    night.spine = gone


def _built(night: Night, known: Known) -> Entry:
    """Build the spine and keep its frames."""
    rows = {source: _rows(night, source) for source in BLOCKING}
    spine = build_spine(
        rows.pop("household_registry"),
        rows.pop("assistance_roll"),
        known.anchors,
        night.keyed,
        night.model,
        Frequencies.of_table(known.frequencies),
        night.clerks,
    )
    bare = spine.bare()
    night.spine = lambda: bare
    frames = to_frames(spine)
    draft = night.cache.draft(NAME)
    draft.write(frames)
    draft.write({CONTENT: content_of(spine.index), **_decided(night.clerks.of_heirs(spine.heirs))})
    draft.write({NAMES: pl.DataFrame({"name": list(frames)}), "": pl.DataFrame({"name": [NAME]})})
    return draft if night.spine_key is None else night.cache.keep(draft, night.spine_key)


def _rows(night: Night, source: str) -> pl.DataFrame:
    """Return registry's or roll's rows with the id of each row's identity."""
    contract = CONTRACTS[source]
    identity = identity_expression(contract, contract.seats[0])
    columns = ", ".join(SPINE_READS[source])
    return night.frame(f"SELECT {columns}, {identity} AS identity_id FROM raw.{source}")  # noqa: S608 - our own names


def _digest(frame: pl.DataFrame) -> str:
    """Return the digest of a frame's content."""
    written = BytesIO()
    frame.write_ipc(written)
    return hashlib.sha256(written.getvalue()).hexdigest()
