"""Decisions that outlive every night, in an append-only book of their own.

Here belong the book, what may be written in it and how it is read up to a sequence number.
Not here: anything a night derives, any file a night writes.
"""

from ledger.acceptance import Acceptance, acceptances, record_acceptances
from ledger.export import Export, ExportedFile, exports, record_export
from ledger.link_decision import (
    VERDICTS,
    LinkDecision,
    Subject,
    Verdict,
    link_decisions,
    record_link_decisions,
    subject_key,
)
from ledger.review_draw import DrawnPair, ReviewDraw, record_review_draw, review_draws
from ledger.store import Ledger, LedgerError

__all__ = [
    "VERDICTS",
    "Acceptance",
    "DrawnPair",
    "Export",
    "ExportedFile",
    "Ledger",
    "LedgerError",
    "LinkDecision",
    "ReviewDraw",
    "Subject",
    "Verdict",
    "acceptances",
    "exports",
    "link_decisions",
    "record_acceptances",
    "record_export",
    "record_link_decisions",
    "record_review_draw",
    "review_draws",
    "subject_key",
]
