"""A what-if's answer as a file, recorded in the ledger as everything is that is handed out.

Not here: what the text says (answer.py, report.py).
"""

from pathlib import Path

from casework.handing import handing_out, text
from casework.whatif.answer import Answer


def file_answer(answer: Answer, content: str, out: Path) -> None:
    """Write ``content`` to ``out`` and record who took it and what was asked.

    Raises:
        CaseworkError: the file cannot be written; nothing is recorded.
        LedgerError: it cannot be recorded; there is no file.
    """
    question = answer.question
    households = int(answer.households["household_id"].n_unique())
    with handing_out(question.of, "whatif") as handing:
        asked = f"{question.after.place}@{question.since}"
        handing.file(out, text(content), about=asked, households=households)
