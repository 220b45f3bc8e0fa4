# ruff: noqa: E501 - a table: one case a line
"""Manifests that disagree with their files, or that nobody can read."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from tests.sources.bad_deliveries.case import Bad, inmates

FILES = inmates()
DIGEST = hashlib.sha256(FILES["sf_1.csv"]).hexdigest()
PROMISE: Mapping[str, object] = {"name": "sf_1.csv", "rows": 20, "sha256": DIGEST}


def says(content: object, **more: bytes) -> dict[str, bytes]:
    """The file and a manifest: JSON of `content`, or the text itself."""
    raw = content if isinstance(content, str) else json.dumps(content)
    return FILES | {"_manifest.json": raw.encode()} | more


def promising(**changed: object) -> dict[str, bytes]:
    """The file and a manifest that agrees but for what is changed."""
    return says({"files": [PROMISE | changed]})


def is_folder(folder: Path) -> None:
    (folder / "_manifest.json").mkdir()


LOST = "_manifest.json cannot be understood"
MANIFESTS = [
    Bad("a manifest that agrees", promising(), accepted=20),
    Bad("a manifest that names a missing file", says({"files": [PROMISE, {"name": "sf_2.csv"}]}), refused="names sf_2.csv, which is missing"),
    Bad("a manifest with another number of rows", promising(rows=21), refused="promises 21 rows in sf_1.csv, it has 20"),
    Bad("a manifest with no rows at all", promising(rows=0), refused="promises 0 rows"),
    Bad("a manifest with another checksum", promising(sha256="0" * 64), refused="checksum"),
    Bad("a checksum in capitals", promising(sha256=DIGEST.upper()), accepted=20),
    Bad("a row count in quotes", promising(rows="20"), accepted=20),
    Bad("a row count in words", promising(rows="二十行"), refused=LOST),
    Bad("a manifest that lists fewer files than came", says({"files": [PROMISE]}) | inmates(name="sf_2.csv"), refused="sf_2.csv is not in the manifest"),
    Bad("a manifest that lists nothing", says({"files": []}), refused="sf_1.csv is not in the manifest"),
    Bad("a manifest that is broken JSON", says('{"files": ['), refused=LOST),
    Bad("a manifest of 0 bytes", says(""), refused=LOST),
    Bad("a manifest of bare names", says({"files": ["sf_1.csv"]}), refused=LOST),
    Bad("a manifest of another shape", says({"sf_1.csv": 20}), refused=LOST),
    Bad("a manifest of brackets without end", says("[" * 100_000), refused=LOST),
    Bad("a manifest in UTF-16", FILES | {"_manifest.json": json.dumps({"files": [PROMISE]}).encode("utf-16")}, refused=LOST),
    Bad("a manifest with a byte-order mark", FILES | {"_manifest.json": json.dumps({"files": [PROMISE]}).encode("utf-8-sig")}, accepted=20),
    Bad("a folder in the manifest's place", FILES, spoil=is_folder, refused=LOST),
    Bad("a manifest with a path for a name", promising(name="./sf_1.csv"), refused="which is missing"),
]  # fmt: skip
