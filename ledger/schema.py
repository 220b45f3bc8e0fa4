"""The ledger's one table and the guards that keep it append-only.

Here belong the table and what the engine itself refuses. Not here: what an entry means.
"""

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

ENTRY: Final = sa.Table(
    "entry",
    METADATA,
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="1, 2, 3, ... without gaps, in the order of writing",
    ),
    sa.Column("recorded_at", sa.String(27), nullable=False, comment="UTC, ISO 8601 with microseconds"),
    sa.Column("kind", sa.String(40), nullable=False, index=True, comment="what was decided or done"),
    sa.Column("payload", sa.Text, nullable=False, comment="JSON, keys sorted"),
    comment="Append-only: a wrong entry is answered by a later one",
)

REFUSAL: Final = "the ledger is append-only: write a new entry that corrects the old one"

_REFUSE: Final = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"

# INSERT OR REPLACE deletes without a DELETE trigger: hence the third guard, which takes the next number only.
SQLITE_GUARDS: Final = (
    f"CREATE TRIGGER IF NOT EXISTS entry_no_update BEFORE UPDATE ON entry {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS entry_no_delete BEFORE DELETE ON entry {_REFUSE}",
    "CREATE TRIGGER IF NOT EXISTS entry_next BEFORE INSERT ON entry "  # noqa: S608 (constants of this file)
    f"WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry) {_REFUSE}",
)

POSTGRESQL_GUARDS: Final = (
    "CREATE OR REPLACE FUNCTION entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE OR REPLACE TRIGGER entry_no_update BEFORE UPDATE OR DELETE ON entry "
    "FOR EACH ROW EXECUTE FUNCTION entry_refuse()",
    "CREATE OR REPLACE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse()",
)

# Two that open a new ledger at once must make it one after the other.
OPENING: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(hashtext('hedui ledger'))",
}
GUARDS: Final = {"sqlite": SQLITE_GUARDS, "postgresql": POSTGRESQL_GUARDS}
