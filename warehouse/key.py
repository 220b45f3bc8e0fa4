"""The installation's key: every id made from a person is an HMAC with it.

Not here: its use (sql/connection.py).
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

DEFAULT: Final = Path("~/.config/hedui/key")
MIN_BYTES: Final = 16


class KeyError_(ValueError):  # noqa: N801, N818 - KeyError is taken
    """The key cannot be used; the message says why and what to do."""


def path() -> Path:
    """Return the key's file: `HEDUI_KEY_FILE`, else the default under the user's configuration."""
    return Path(os.environ.get("HEDUI_KEY_FILE") or DEFAULT).expanduser()


def load() -> tuple[bytes, bool]:
    """Return the key and whether it was made just now.

    Raises:
        KeyError_: the file cannot be read or written, or holds too little.
    """
    file = path()
    try:
        made = not file.exists()
        if made:
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as handle:
                handle.write(secrets.token_hex(32) + "\n")
        key = file.read_bytes().strip()
    except OSError as error:
        raise KeyError_(
            f"The installation's key {file} cannot be read or made: {error.strerror}. Set HEDUI_KEY_FILE."
        ) from error
    if len(key) < MIN_BYTES:
        raise KeyError_(
            f"The installation's key {file} holds fewer than {MIN_BYTES} bytes; ids made with it could be guessed."
        )
    return key, made


def fingerprint(key: bytes) -> str:
    """Return what a manifest may show of the key: enough to see that it is another one, not to use it."""
    return hashlib.sha256(b"hedui key fingerprint|" + key).hexdigest()[:16]


def another(warehouse: Path) -> str:
    """Return the sentence for a warehouse whose ids were made with another key than the one at hand."""
    return (
        f"The warehouse {warehouse} was made with another installation key than {path()}. Its ids would not be found again."
        " Restore that key (HEDUI_KEY_FILE), or take a new warehouse folder."
    )
