"""A what-if's answer as a file: its owner's alone, whole or not at all, and recorded in the ledger as every export is.

Not here: what the text says (answer.py, report.py).
"""

import getpass
import hashlib
import os
from pathlib import Path
from typing import Final

from assets.warehouse.book import open_ledger
from assets.warehouse.paths import WarehousePaths
from ledger import Export, ExportedFile, record_export
from pipelines.whatif.answer import Answer

PRIVATE: Final = 0o077


def file_answer(answer: Answer, text: str, out: Path, warehouse: Path) -> None:
    """Write ``text`` to ``out`` and record who took it and what was asked.

    Raises:
        OSError: the file cannot be written; nothing is recorded.
        LedgerError: it cannot be recorded; the file is removed again.
    """
    os.umask(PRIVATE)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    question = answer.question
    asked = f"{question.after.place}@{question.since}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    households = int(answer.households["household_id"].n_unique())
    try:
        with open_ledger(WarehousePaths(warehouse.resolve())) as book:
            file = ExportedFile(asked, out.name, sha256, households)
            record_export(book, Export("whatif", question.night, "restricted", getpass.getuser(), (file,)))
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
