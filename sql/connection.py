"""What every DuckDB connection of a night knows before the first model runs.

Here belong the macros that need the key; the others stand in macros.sql. The installation's key reaches DuckDB as session
variables and temporary macros only, so that it is never written to a database file.
Not here: paths, memory limits, files.
"""

import hashlib
import hmac
from typing import Final

import duckdb

from sql.macros import macros

BLOCK: Final = 64
ID_DIGITS: Final = 20
PSEUDONYMS: Final = b"pseudonyms of the analyst file"
IDENTITIES: Final = b"identities of a night"

MACROS: Final = (
    "CREATE OR REPLACE TEMP MACRO keyed(message) AS sha256("
    "getvariable('hmac_outer') || unhex(sha256(getvariable('hmac_inner') || encode(message))))",
    f"CREATE OR REPLACE TEMP MACRO keyed_id(prefix, message) AS prefix || left(keyed(prefix || '|' || message), {ID_DIGITS})",
    # One SHA-256 in place of HMAC's two: millions of ids a night. The keys are 32 bytes of their own and the digest
    # is cut to 80 bits, so that nothing can be appended to a message whose digest is known.
    "CREATE OR REPLACE TEMP MACRO pseudonym(kind, id) AS kind || left(sha256("
    f"getvariable('pseudonym_key') || encode(kind || '|' || id)), {ID_DIGITS})",
    "CREATE OR REPLACE TEMP MACRO quick_id(prefix, message) AS prefix || left(sha256("
    f"getvariable('quick_key') || encode(prefix || '|' || message)), {ID_DIGITS})",
)


def prepare(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give ``connection`` the macros of the models.

    Args:
        connection: any open DuckDB connection.
        key: the installation's key; HMAC-SHA256 (RFC 2104) with it makes every id of a person.
    """
    padded = (key if len(key) <= BLOCK else hashlib.sha256(key).digest()).ljust(BLOCK, b"\0")
    secrets = {
        "hmac_inner": bytes(byte ^ 0x36 for byte in padded),
        "hmac_outer": bytes(byte ^ 0x5C for byte in padded),
        "pseudonym_key": hmac.digest(key, PSEUDONYMS, "sha256"),
        "quick_key": hmac.digest(key, IDENTITIES, "sha256"),
    }
    for name, secret in secrets.items():
        literal = "".join(f"\\x{byte:02X}" for byte in secret)
        connection.execute(f"SET VARIABLE {name} = '{literal}'::BLOB")
    for statement in (*MACROS, *(macro.statement for macro in macros().values())):
        connection.execute(statement)
