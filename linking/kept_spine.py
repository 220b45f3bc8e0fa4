"""The spine: from the cache where registry, roll and known ids are what they were, made anew otherwise.

Not here: how people are found (matching), the tables that show them (assets/spine.py), who is linked to them (linked.py, gated.py).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from typing import Final

import duckdb
import polars as pl

from linking.clerks import digest
from linking.seats import SPINE_READS, identity_expression
from matching import Decisions, Frequencies, Model, Spine, build_spine, from_frames, to_frames
from matching.clerical import undecided
from matching.frames import BLOCK, SHARES
from matching.incremental import Before, Changes, changes, content_of
from sources import CONTRACTS
from sql.frames import frame, keyed
from warehouse.cache import Cache, Entry, digest_of

NAME: Final = "spine"
NAMES: Final = "names"
CONTENT: Final = "content"
KEYS: Final = f"{BLOCK}all"
DECIDED: Final = ("decided_identity", "decided_claim", "decided_number")
"""Parts that hold the clerks' decisions by identity and by claim, and the numbers that are claimed."""
REGISTRY, ROLL = SPINE_READS
FREQUENCIES: Final = "SELECT kind, key, share FROM state.frequency ORDER BY ALL"
ANCHORS: Final = "SELECT person_id, kind, anchor FROM state.person_anchor ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Rests:
    """What a spine rests on, and every link with it.

    Attributes:
        connection: of the work file: `raw.<registry and roll>`, `state.*` and the keyed hashes.
        cache: what may be taken from earlier nights.
        code: digest of the matchers (`linking.code`).
        installation: fingerprint of the installation's key.
        model: the matching model.
        clerks: what people decided about links.
    """

    connection: duckdb.DuckDBPyConnection
    cache: Cache
    code: str
    installation: str
    model: Model
    clerks: Decisions


@dataclass(slots=True)
class KeptSpine:
    """A spine: its frames as files, and in memory for as long as somebody is to be matched to it.

    Attributes:
        entry: the frames.
        key: digest of everything that made it; None where registry or roll are looked into each night.
    """

    rests: Rests
    entry: Entry
    key: str | None
    _load: Callable[[], Spine]
    _loaded: Spine | None = None
    _changes: dict[str, Changes | None] = field(default_factory=dict)

    def spine(self) -> Spine:
        """Return it as far as matching needs it."""
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def forget(self) -> None:
        """Let go of it: everybody is linked, and what follows needs the memory."""

        def gone() -> Spine:
            raise RuntimeError("the spine is asked for after the last source was linked")

        self._loaded, self._load = None, gone

    def changes_since(self, key: str) -> Changes | None:
        """Return what is not as it was when an earlier spine was matched to, or None where nobody can tell."""
        if key not in self._changes:
            self._changes[key] = self._changes_since(key)
        return self._changes[key]

    def _changes_since(self, key: str) -> Changes | None:
        earlier = self.rests.cache.find(NAME, key, [SHARES, CONTENT, KEYS, *DECIDED])
        if earlier is None:
            return None

        def keys(entries: pl.Series) -> pl.DataFrame:
            return (
                pl.scan_parquet(earlier.path(KEYS)).filter(pl.col("entry").is_in(entries.implode())).collect()
            )

        own, claimed, numbers = (earlier.read(part) for part in DECIDED)
        then = replace(undecided(), by_identity=own, by_claim=claimed, numbers=numbers)
        spine = self.spine()
        before = Before(earlier.read(CONTENT), earlier.read(SHARES), then, keys)
        return changes(before, spine.index, self.rests.clerks.of_heirs(spine.heirs))


def spine_of(rests: Rests, rows: Mapping[str, str | None]) -> KeptSpine:
    """Return the spine of registry and roll.

    Args:
        rests: what it rests on beside them.
        rows: digests of what made the rows of registry and roll; None where they are looked into each night.
    """
    known = frame(rests.connection, ANCHORS), frame(rests.connection, FREQUENCIES)
    if None in rows.values():
        return _built(rests, None, *known)
    key = digest_of(
        rows=dict(rows),
        anchors=_digest(known[0]),
        frequencies=_digest(known[1]),
        key=rests.installation,
        code=rests.code,
        model=rests.model.digest(),
        clerks=digest(rests.clerks),
    )
    if kept := rests.cache.find(NAME, key, ["", NAMES]):
        parts = kept.read(NAMES)["name"].to_list()
        return KeptSpine(rests, kept, key, lambda: from_frames(kept.read, parts).bare())
    return _built(rests, key, *known)


def _built(rests: Rests, key: str | None, anchors: pl.DataFrame, frequencies: pl.DataFrame) -> KeptSpine:
    """Build the spine and keep its frames."""
    rows = {source: _rows(rests.connection, source) for source in SPINE_READS}
    spine = build_spine(
        rows.pop(REGISTRY),
        rows.pop(ROLL),
        anchors,
        partial(keyed, rests.connection),
        rests.model,
        Frequencies.of_table(frequencies),
        rests.clerks,
    )
    frames, bare = to_frames(spine), spine.bare()
    draft = rests.cache.draft(NAME)
    draft.write(frames)
    own, claimed, numbers = DECIDED
    clerks = rests.clerks.of_heirs(spine.heirs)
    draft.write(
        {
            CONTENT: content_of(spine.index),
            own: clerks.by_identity,
            claimed: clerks.by_claim,
            numbers: clerks.numbers,
        }
    )
    draft.write({NAMES: pl.DataFrame({"name": list(frames)}), "": pl.DataFrame({"name": [NAME]})})
    entry = draft if key is None else rests.cache.keep(draft, key)
    return KeptSpine(rests, entry, key, lambda: bare, bare)


def _rows(connection: duckdb.DuckDBPyConnection, source: str) -> pl.DataFrame:
    """Return registry's or roll's rows with the id of each row's identity."""
    contract = CONTRACTS[source]
    identity = identity_expression(contract, contract.seats[0])
    columns = ", ".join(SPINE_READS[source])
    return frame(connection, f"SELECT {columns}, {identity} AS identity_id FROM raw.{source}")  # noqa: S608 - our own names


def _digest(rows: pl.DataFrame) -> str:
    """Return the digest of a frame's content."""
    written = BytesIO()
    rows.write_ipc(written)
    return hashlib.sha256(written.getvalue()).hexdigest()
