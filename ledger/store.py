"""Opens the ledger, appends to it and reads it up to a sequence number.

Here belongs the one way in and the one way out. Not here: the meaning of a kind (a module a kind).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import polars as pl
import sqlalchemy as sa

from ledger.schema import ENTRY, GUARDS, METADATA, OPENING

FRAME: Final = {"seq": pl.Int64, "recorded_at": pl.String, "payload": pl.String}
BUSY_SECONDS: Final = 30


class LedgerError(RuntimeError):
    """The ledger cannot be opened or written; the message says what to do."""


class Ledger:
    """An append-only book: entries are numbered 1, 2, 3, ... without gaps; none is changed or removed."""

    def __init__(self, engine: sa.Engine) -> None:
        """Take an engine whose database already holds the table and its guards; see `Ledger.open`."""
        self._engine = engine

    @classmethod
    def open(cls, where: str | Path, *, at_least: int = 0) -> Self:
        """Open the ledger, and create it where there is none and none is expected.

        Args:
            where: a file (SQLite; its folder is created), or an SQLAlchemy URL (``postgresql+psycopg://...``).
            at_least: how many entries somebody has read before: one with fewer is another one, or an older copy.

        Raises:
            LedgerError: the database cannot be reached, is of an engine whose guards nobody has written, or has too few
                entries.
        """
        text = str(where)
        if "://" not in text:
            if at_least and not Path(text).exists():
                raise LedgerError(_forgotten(text, 0, at_least))
            Path(text).parent.mkdir(parents=True, exist_ok=True)
        url = sa.make_url(text) if "://" in text else sa.URL.create("sqlite", database=text)
        guards = GUARDS.get(url.get_backend_name())
        if guards is None:
            raise LedgerError(
                f"The ledger cannot live in {url.get_backend_name()}: without guards against change it would "
                "not be append-only. Use a file (SQLite) or a PostgreSQL URL."
            )
        try:
            arguments = {"timeout": BUSY_SECONDS} if url.get_backend_name() == "sqlite" else {}
            engine = sa.create_engine(url, connect_args=arguments)
            with engine.begin() as connection:
                connection.exec_driver_sql(OPENING[url.get_backend_name()])
                METADATA.create_all(connection)
                for guard in guards:
                    connection.exec_driver_sql(guard)
        except (sa.exc.SQLAlchemyError, ImportError) as error:
            shown = url.render_as_string(hide_password=True)
            hint = (
                ' Its driver is missing: pip install "psycopg[binary]".'
                if isinstance(error, ImportError)
                else ""
            )
            raise LedgerError(
                f"The ledger at {shown} cannot be opened ({type(error).__name__}).{hint}"
            ) from error
        ledger = cls(engine)
        if (last := ledger.sequence()) < at_least:
            ledger.close()
            raise LedgerError(_forgotten(url.render_as_string(hide_password=True), last, at_least))
        return ledger

    def append(self, kind: str, payload: Mapping[str, object]) -> int:
        """Write one entry and return its sequence number.

        Args:
            kind: what it is, a lower-case word.
            payload: what JSON can hold. Only what the decision needs; a person's name or number never.

        Raises:
            LedgerError: the entry was not written.
        """
        return self.append_all([(kind, payload)])[0]

    def append_all(self, entries: Sequence[tuple[str, Mapping[str, object]]]) -> list[int]:
        """Write several entries, all or none, and return their sequence numbers in order.

        Args:
            entries: kind and payload of each, as `append` takes them.

        Raises:
            LedgerError: none of them was written.
        """
        number = sa.select(sa.func.coalesce(sa.func.max(ENTRY.c.seq), 0) + 1).scalar_subquery()
        insert = sa.insert(ENTRY).returning(ENTRY.c.seq)
        written: list[int] = []
        try:
            with self._engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    # Numbers must become visible in their order, or "up to 7" could later hold more.
                    connection.exec_driver_sql("LOCK TABLE entry IN EXCLUSIVE MODE")
                for kind, payload in entries:
                    entry = {
                        "seq": number,
                        "recorded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                        "kind": kind,
                        "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
                    }
                    written.append(int(connection.execute(insert.values(entry)).scalar_one()))
        except sa.exc.SQLAlchemyError as error:
            kinds = ", ".join(sorted({kind for kind, _ in entries}))
            raise LedgerError(
                f"The ledger took no entry of kind {kinds} ({type(error).__name__})."
            ) from error
        return written

    def sequence(self) -> int:
        """Return the newest sequence number (0: empty), by which a night names the ledger it read."""
        with self._engine.connect() as connection:
            return int(
                connection.execute(sa.select(sa.func.coalesce(sa.func.max(ENTRY.c.seq), 0))).scalar_one()
            )

    def digest(self, up_to: int) -> str:
        """Return SHA-256 over every entry with a sequence number of at most ``up_to``, in order: which ledger this is."""
        query = sa.select(ENTRY).where(ENTRY.c.seq <= up_to).order_by(ENTRY.c.seq)
        whole = hashlib.sha256()
        with self._engine.connect() as connection:
            for entry in connection.execute(query):
                whole.update(json.dumps(list(entry), ensure_ascii=False).encode() + b"\n")
        return whole.hexdigest()

    def entries(self, kind: str, up_to: int) -> pl.DataFrame:
        """Return the entries of a kind with a sequence number of at most ``up_to``, oldest first.

        Returns:
            columns seq (Int64), recorded_at (Datetime, UTC), payload (String, JSON).
        """
        query = (
            sa.select(ENTRY.c.seq, ENTRY.c.recorded_at, ENTRY.c.payload)
            .where(ENTRY.c.kind == kind, ENTRY.c.seq <= up_to)
            .order_by(ENTRY.c.seq)
        )
        with self._engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        frame = pl.DataFrame(rows, schema=FRAME, orient="row")
        stamp = pl.col("recorded_at").str.to_datetime(
            "%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC"
        )
        return frame.with_columns(stamp)

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Use the ledger in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, whatever happened."""
        self.close()


def _forgotten(where: str, last: int, at_least: int) -> str:
    """Return the sentence for a ledger that ends before what was read of it."""
    return (
        f"The ledger at {where} {f'ends with entry {last}' if last else 'is empty or not there'}, but a published night has"
        f" read {at_least}: what was decided and handed out since entry {last} would be forgotten without a word. Either another"
        " ledger is meant (is HEDUI_LEDGER set as it was?), or an older copy was put in its place: name the right one, or"
        " restore the newest backup. Nothing was written."
    )
