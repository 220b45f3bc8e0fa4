"""The sink of a gated source: rows go through the matcher first, and only authorized people's are kept.

Gated rows (rules.md 3) are matched in memory against the whole spine and kept only for people with an
authorization; nothing of the others is ever written. Not here: what makes a row acceptable (sources).
"""

from typing import Final

import polars as pl

from linking.kept_spine import KeptSpine
from linking.reach import none, reach_of_links, summed
from linking.rows_file import PLACE
from linking.seats import identity_columns, identity_expression
from matching import link
from sources import Contract
from sql.frames import frame, registered

MATCHED_AT_ONCE: Final = 300_000
"""Rows of a gated source held in memory before they are matched."""


class GatedSink:
    """Matches each batch in memory and keeps the rows of authorized people; holds nothing else.

    Attributes:
        rows: what was kept, with `identity_id`; complete after :meth:`finish`.
        links: one row a kept identity, as matching gives it.
        evidence: why, for the kept identities.
        reach: of all delivered rows, kept or not, how many have a candidate and how many are linked.
    """

    def __init__(self, kept: KeptSpine, contract: Contract, authorized: pl.Series) -> None:
        """Start with nothing kept."""
        nobody = pl.DataFrame(
            schema={"identity_id": pl.String, "id_number_raw": pl.String, "name": pl.String}
        )
        self.rests, self.spine = kept.rests, kept.spine()
        self._nothing = link(nobody, self.spine, self.rests.model)
        if len(contract.seats) > 1:
            raise NotOneSeatError(contract.name)
        self.contract, self.authorized = contract, authorized
        self.discard()

    def write(self, rows: pl.DataFrame) -> None:
        """Take a batch; many are matched at once, for a person stands in many rows of them."""
        self._waiting.append(rows)
        if sum(batch.height for batch in self._waiting) >= MATCHED_AT_ONCE:
            self._match()

    def _match(self) -> None:
        """Match the rows that wait and keep what is authorized."""
        if not self._waiting:
            return
        rows = pl.concat(self._waiting)
        self._waiting.clear()
        columns = identity_columns(self.contract, self.contract.seats[0])
        fields = list(columns.values())
        identities = rows.group_by(fields, maintain_order=True).len("rows").with_row_index("identity_id")
        counted, identities = identities.select("identity_id", "rows"), identities.drop("rows")
        if self.rests.clerks:  # decisions know an identity by its id; else only those who are kept need one
            identities = identities.with_columns(identity_id=self._keyed(identities))
            counted = counted.with_columns(identities["identity_id"])
        found = link(
            identities.rename({column: name for name, column in columns.items()}),
            self.spine,
            self.rests.model,
            self.rests.clerks,
        )
        self._reach.append(reach_of_links(counted, found.links))
        who = pl.coalesce("person_id", "candidate_person_id")
        links = found.links.filter(who.is_in(self.authorized.implode()).fill_null(value=False))
        mine = identities.join(links.select("identity_id"), on="identity_id", how="semi")
        keyed = mine["identity_id"] if self.rests.clerks else self._keyed(mine)
        ids = dict(zip(mine["identity_id"], keyed, strict=True))
        self._rows.append(rows.join(mine.with_columns(identity_id=keyed), on=fields, nulls_equal=True))
        self._links.append(_with_ids(links, ids))
        self._evidence.append(_with_ids(found.evidence.filter(pl.col("identity_id").is_in(list(ids))), ids))

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Remove the rejected rows and return the rows kept, and those superseded, by snapshot_date and file."""
        self._match()
        rows = pl.concat([self._no_rows(), *(batch.select(self._no_rows().columns) for batch in self._rows)])
        replaced = rows.join(rejected.filter(pl.col("why") == "superseded"), on=PLACE, how="semi")
        self.rows = rows.join(rejected, on=PLACE, how="anti")
        still = self.rows.select("identity_id").unique()
        self.links = _gathered([self._nothing.links, *self._links], still)
        self.evidence = _gathered([self._nothing.evidence, *self._evidence], still)
        self.reach = summed(pl.concat(self._reach))
        by_file = [pl.col("snapshot_date"), pl.col("file")]
        kept = self.rows.group_by(by_file).agg(kept=pl.len().cast(pl.Int64))
        superseded = replaced.group_by(by_file).agg(superseded=pl.len().cast(pl.Int64))
        return kept.join(superseded, on=["snapshot_date", "file"], how="full", coalesce=True).fill_null(0)

    def discard(self) -> None:
        """Forget a refused snapshot."""
        self._waiting: list[pl.DataFrame] = []
        self._rows: list[pl.DataFrame] = []
        self._links: list[pl.DataFrame] = []
        self._evidence: list[pl.DataFrame] = []
        self._reach = [none()]
        self.reach = none()
        self.rows, self.links, self.evidence = self._no_rows(), self._nothing.links, self._nothing.evidence

    def _no_rows(self) -> pl.DataFrame:
        """Return the shape of kept rows: accepted ones with the id of their identity."""
        return self.contract.empty().with_columns(identity_id=pl.lit(None, pl.String))

    def _keyed(self, identities: pl.DataFrame) -> pl.Series:
        """Return the keyed ids of identities, computed by the same expression as a table's."""
        expression = identity_expression(self.contract, self.contract.seats[0])
        connection = self.rests.connection
        with registered(connection, identities_to_key=identities):
            query = f"SELECT {expression} AS id FROM identities_to_key ORDER BY identity_id"  # noqa: S608
            return frame(connection, query)["id"]


class NotOneSeatError(ValueError):
    """A gated source names more than one person a row; whose authorization counts is not decided."""

    def __init__(self, source: str) -> None:
        """Say which source."""
        super().__init__(
            f"{source} is listed in sources_needing_authorization, but its rows name more than one person. "
            "Take it off the list in policy/, or decide whose authorization counts."
        )


def _with_ids(frame: pl.DataFrame, keyed: dict[int, str]) -> pl.DataFrame:
    """Return ``frame`` with the batch's running identity numbers replaced by keyed ids."""
    if not keyed:  # nobody of the batch is authorized; replace_strict would leave the numbers as they are
        return frame.clear().with_columns(pl.lit(None, pl.String).alias("identity_id"))
    return frame.with_columns(pl.col("identity_id").replace_strict(keyed, return_dtype=pl.String))


def _gathered(batches: list[pl.DataFrame], still: pl.DataFrame) -> pl.DataFrame:
    """Return the batches' rows of identities that are still kept, each once."""
    return pl.concat(batches).unique(maintain_order=True).join(still, on="identity_id", how="semi")
