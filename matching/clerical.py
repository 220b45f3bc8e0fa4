"""What clerks decided about links: it always wins over the model and outlives every row it was decided on.

``same`` links, ``different`` takes the pair out for good, ``cannot_tell`` keeps it from linking. Here belongs how
decisions meet candidates. Not here: who decided and when (ledger), how the model decides (deciding.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from matching.claims import claim_texts

SAME: Final = "same"
DIFFERENT: Final = "different"
CANNOT_TELL: Final = "cannot_tell"

VERDICTS: Final = {"row": pl.UInt32, "person_id": pl.String, "verdict": pl.String}
BY_IDENTITY: Final = {"identity_id": pl.String, "person_id": pl.String, "verdict": pl.String}
BY_CLAIM: Final = {"claim_id": pl.String, "person_id": pl.String, "verdict": pl.String}
PAIRS: Final = {"person_id": pl.String, "other_person_id": pl.String, "verdict": pl.String}


@dataclass(frozen=True)
class Decisions:
    """The decisions in force.

    Attributes:
        by_identity: ``identity_id``, ``person_id``, ``verdict``; of ``same`` at most one an identity.
        by_claim: ``claim_id`` (keyed `claims.claim_texts`), ``person_id``, ``verdict``: what was decided of a row with
            this number and name, for rows that differ in something else.
        pairs: ``person_id``, ``other_person_id``, ``verdict``: about two people of the spine.
        keyed: texts of claims to their ids.
    """

    by_identity: pl.DataFrame
    by_claim: pl.DataFrame
    pairs: pl.DataFrame
    keyed: Callable[[pl.Series], pl.Series]

    def __bool__(self) -> bool:
        """Whether anything was decided."""
        return any(map(len, (self.by_identity, self.by_claim, self.pairs)))

    def of_heirs(self, heirs: pl.DataFrame) -> "Decisions":
        """Return these with people who were merged replaced by those they became (``person_id``, ``heir``)."""
        if not len(heirs):
            return self
        own, claimed = _heired(self.by_identity, heirs), _heired(self.by_claim, heirs)
        return replace(self, by_identity=own, by_claim=claimed)

    def of_working_names(self, held: pl.DataFrame) -> "Decisions":
        """Return the decisions on identities about people whom the registry names (``person_id``, ``person``)."""

        def renamed(frame: pl.DataFrame) -> pl.DataFrame:
            found = frame.join(held, on="person_id", maintain_order="left_right").with_columns(
                person_id="person"
            )
            return found.select(frame.columns).unique(frame.columns[:2], keep="last", maintain_order=True)

        return replace(self, by_identity=renamed(self.by_identity), by_claim=renamed(self.by_claim))

    def chosen(self, identities: pl.DataFrame) -> pl.DataFrame:
        """Return the identities that a clerk gave to somebody, as ``row``, ``person_id``, ``verdict``."""
        same = self.by_identity.filter(pl.col("verdict") == SAME)
        rows = _rows(identities).join(same, on="identity_id")
        return rows.select(*VERDICTS)

    def on(self, pairs: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
        """Return what was decided about candidates.

        Args:
            pairs: ``row``, ``person_id``.
            identities: ``identity_id``, ``id_number_raw``, ``name``; a row is a position in it.

        Returns:
            ``row``, ``person_id``, ``verdict``, each pair at most once. A decision on the identity itself goes before
            one on its claim; a claim whose number is partly hidden never says ``same``: two people may share it.
        """
        pairs = pairs.select("row", "person_id").unique()
        keyed = _rows(identities.select("identity_id"))
        own = pairs.join(keyed, on="row").join(self.by_identity, on=["identity_id", "person_id"])
        touched = pairs.join(self.by_claim.select("person_id").unique(), on="person_id", how="semi").sort(
            "row", "person_id"
        )
        if not len(touched):
            return own.select(*VERDICTS)
        at = touched["row"]
        texts = claim_texts(identities["id_number_raw"].gather(at), identities["name"].gather(at))
        claimed = touched.with_columns(
            claim_id=self.keyed(texts), hidden=texts.str.contains("*", literal=True)
        )
        claimed = claimed.join(self.by_claim, on=["claim_id", "person_id"])
        claimed = claimed.filter(~pl.col("hidden") | (pl.col("verdict") != SAME))
        both = pl.concat([own.select(*VERDICTS), claimed.select(*VERDICTS)])
        return both.unique(["row", "person_id"], keep="first", maintain_order=True)


class Clerks:
    """What clerks decided about the identities of one call.

    Attributes:
        given: ``row`` of the identities that a clerk gave to somebody.
    """

    def __init__(self, identities: pl.DataFrame, decisions: Decisions) -> None:
        """Take distinct identities (``identity_id``, ``id_number_raw``, ``name``) and what was decided."""
        self._identities, self._decisions = identities, decisions
        self._chosen = decisions.chosen(identities)
        self.given = self._chosen.select("row")

    def spoken_of(self, exact: pl.DataFrame) -> pl.DataFrame:
        """Rows (``row``) of which something was decided, with these candidates or with somebody else."""
        return pl.concat([self._decisions.on(exact, self._identities), self._chosen]).select("row").unique()

    def candidates(self, batch: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
        """Pairs (``row``, ``entry``) of the people whom a clerk named, blocking rules or not.

        ``entries``: ``entry``, ``person_id``.
        """
        mine = self._chosen.join(batch.select("row"), on="row", how="semi")
        return mine.join(entries.select("entry", "person_id"), on="person_id").select("row", "entry")

    def heeded(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Scored pairs as decisions leave them."""
        return heeded(pairs, self._decisions.on(pairs, self._identities))


def undecided() -> Decisions:
    """Return no decisions at all."""
    empty = [pl.DataFrame(schema=schema) for schema in (BY_IDENTITY, BY_CLAIM, PAIRS)]
    return Decisions(empty[0], empty[1], empty[2], lambda texts: texts)


def heeded(pairs: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Scored pairs as decisions leave them, with ``verdict``: refuted ones gone, a confirmed one alone."""
    pairs = pairs.join(verdicts, on=["row", "person_id"], how="left", maintain_order="left")
    pairs = pairs.filter(pl.col("verdict").ne_missing(DIFFERENT))
    settled = (pl.col("verdict") == SAME).any().over("row").fill_null(value=False)
    return pairs.filter(~settled | pl.col("verdict").eq_missing(SAME))


def _rows(identities: pl.DataFrame) -> pl.DataFrame:
    return identities.select(pl.col("identity_id").cast(pl.String)).with_row_index("row")


def _heired(frame: pl.DataFrame, heirs: pl.DataFrame) -> pl.DataFrame:
    key = frame.columns[0]
    return (
        frame.join(heirs, on="person_id", how="left", maintain_order="left")
        .with_columns(person_id=pl.coalesce("heir", "person_id"))
        .select(frame.columns)
        .unique([key, "person_id"], keep="last", maintain_order=True)
    )
