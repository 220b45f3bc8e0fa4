"""What clerks decided about links: it always wins over the model and outlives every row it was decided on.

``same`` links, ``different`` takes the pair out for good, ``cannot_tell`` keeps it from linking. Beside clerks' words, numbers that
departments agree on for somebody whose own in the registry is no evidence. Here belongs how both meet candidates. Not here: who
decided and when (ledger), how the model decides (deciding.py), which numbers are claimed (sql/link/claim.sql).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
NUMBERS: Final = {"claim_id": pl.String, "person_id": pl.String}
NUMBER_CLAIM: Final = "number|"
"""Begins the text of a claim that is a number alone."""


def _no_numbers() -> pl.DataFrame:
    return pl.DataFrame(schema=NUMBERS)


@dataclass(frozen=True)
class Decisions:
    """The decisions in force.

    Attributes:
        by_identity: ``identity_id``, ``person_id``, ``verdict``; of ``same`` at most one an identity.
        by_claim: ``claim_id`` (keyed `claims.claim_texts`), ``person_id``, ``verdict``: what was decided of a row with
            this number and name, for rows that differ in something else.
        pairs: ``person_id``, ``other_person_id``, ``verdict``: about two people of the spine.
        keyed: texts of claims to their ids.
        numbers: ``claim_id`` (keyed `NUMBER_CLAIM` and a number), ``person_id``: a number nobody on the spine has, claimed for
            somebody by two departments or more.
    """

    by_identity: pl.DataFrame
    by_claim: pl.DataFrame
    pairs: pl.DataFrame
    keyed: Callable[[pl.Series], pl.Series]
    numbers: pl.DataFrame = field(default_factory=_no_numbers)

    def __bool__(self) -> bool:
        """Whether anything was decided, or any number is claimed."""
        return any(map(len, (self.by_identity, self.by_claim, self.pairs, self.numbers)))

    def of_heirs(self, heirs: pl.DataFrame) -> "Decisions":
        """Return these with people who were merged replaced by those they became (``person_id``, ``heir``)."""
        if not len(heirs):
            return self
        own, claimed = _heired(self.by_identity, heirs), _heired(self.by_claim, heirs)
        return replace(self, by_identity=own, by_claim=claimed, numbers=_heired(self.numbers, heirs))

    def of_working_names(self, held: pl.DataFrame) -> "Decisions":
        """Return the decisions on identities about people whom the registry names (``person_id``, ``person``)."""

        def renamed(frame: pl.DataFrame) -> pl.DataFrame:
            found = frame.join(held, on="person_id", maintain_order="left_right").with_columns(
                person_id="person"
            )
            return found.select(frame.columns).unique(frame.columns[:2], keep="last", maintain_order=True)

        return replace(self, by_identity=renamed(self.by_identity), by_claim=renamed(self.by_claim))

    def claimed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return whose the numbers of rows are claimed to be, as ``row``, ``person_id``.

        ``rows``: ``row``, ``id_number``: valid numbers that nobody on the spine has.
        """
        if not len(self.numbers) or not len(rows):
            return pl.DataFrame(schema={"row": pl.UInt32, "person_id": pl.String})
        claims = rows.select("row", claim_id=self.keyed(NUMBER_CLAIM + rows["id_number"]))
        return claims.join(self.numbers, on="claim_id").select(pl.col("row").cast(pl.UInt32), "person_id")

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
        given: ``row`` of the identities that a clerk gave to somebody, or whose number is claimed for somebody.
    """

    def __init__(self, identities: pl.DataFrame, decisions: Decisions) -> None:
        """Take distinct identities (``identity_id``, ``id_number_raw``, ``name``) and what was decided."""
        self._identities, self._decisions = identities, decisions
        self._chosen = decisions.chosen(identities)
        self._claimed = decisions.claimed(pl.DataFrame(schema={"row": pl.UInt32, "id_number": pl.String}))
        self.given = self._chosen.select("row")

    def look_at(self, foreign: pl.DataFrame) -> None:
        """Take the identities whose valid number is nobody's (``row``, ``id_number``): it may be claimed for somebody."""
        self._claimed = self._decisions.claimed(foreign)
        self.given = pl.concat([self._chosen, self._claimed], how="diagonal").select("row").unique()

    def spoken_of(self, exact: pl.DataFrame) -> pl.DataFrame:
        """Rows (``row``) of which something was decided, with these candidates or with somebody else."""
        return pl.concat([self._decisions.on(exact, self._identities), self._chosen]).select("row").unique()

    def candidates(self, batch: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
        """Pairs (``row``, ``entry``) of the people whom a clerk or a claimed number named, blocking rules or not.

        ``entries``: ``entry``, ``person_id``.
        """
        named = pl.concat([self._chosen.select("row", "person_id"), self._claimed])
        mine = named.join(batch.select("row"), on="row", how="semi")
        return mine.join(entries.select("entry", "person_id"), on="person_id").select("row", "entry")

    def with_claims(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs with ``claimed``, and the claimed number in the place of the person's own."""
        told = self._claimed.with_columns(claimed=pl.lit(value=True))
        pairs = pairs.join(told, on=["row", "person_id"], how="left", maintain_order="left")
        pairs = pairs.with_columns(pl.col("claimed").fill_null(value=False))
        return pairs.with_columns(
            p_id_number=pl.when("claimed").then("id_number").otherwise("p_id_number"),
            p_masked_number=pl.when(~pl.col("claimed")).then("p_masked_number"),
            p_valid=pl.col("p_valid") | pl.col("claimed"),
        )

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
