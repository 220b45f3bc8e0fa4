"""Workbooks and Parquet are read apart: in a child process whose memory and time are bounded.

Their readers are compiled, and hold a whole sheet in memory: a 9 kB workbook with one stray cell at XFD1048576 asks for 500 GB and
ends its process without a word. Here such an end is the refusal of one file. `worker.py` is the child, a script that knows nothing
of the product; `reader.py` is who asks it. Not here: what the cells mean (`tables`).
"""

from sources.readers.apart.reader import Apart, opened

__all__ = ["Apart", "opened"]
