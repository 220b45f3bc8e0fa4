"""Decisions that outlive every night, in an append-only book of their own.

Here belong the book, what may be written in it and how it is read up to a sequence number.
Not here: anything a night derives, any file a night writes.
"""

from ledger.export import Export, ExportedFile, exports, record_export
from ledger.store import Ledger, LedgerError

__all__ = ["Export", "ExportedFile", "Ledger", "LedgerError", "exports", "record_export"]
