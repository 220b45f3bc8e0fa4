"""What a delivered file seems to be, judged by itself: encoding, format, delimiter, titles, header, totals, columns.

Here belong guesses from bytes and values. Not here: a layout, a contract, what a column is for. Nothing here prints
or returns a value of a row other than to code that needs it in memory.
"""

from sources.onboarding.look.file import MOST_ROWS, Look, look
from sources.onboarding.look.values import Seen, column_seen, pattern_of, shape_of

__all__ = ["MOST_ROWS", "Look", "Seen", "column_seen", "look", "pattern_of", "shape_of"]
