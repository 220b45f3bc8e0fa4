"""The 核对报告 of one household: from a published night, read-only, to a page for a screen and one for paper.

Here belong what a report says (`content`, a module a chapter), its rows (`facts`), words, and both pages. Not here:
what a rule finds or says (`sql`), where a file lies and the record that it was made (`pipelines`).
"""

from exports.report.closing import Objection
from exports.report.content import household_of, report_of
from exports.report.fonts import Fonts, fonts_of
from exports.report.model import Report, texts
from exports.report.pages import PageError, html_of, legible, pdf_of

__all__ = [
    "Fonts",
    "Objection",
    "PageError",
    "Report",
    "fonts_of",
    "household_of",
    "html_of",
    "legible",
    "pdf_of",
    "report_of",
    "texts",
]
