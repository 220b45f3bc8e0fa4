"""The child: reads one foreign file at a time, and sends its cells as Arrow. A script; it imports nothing of the product.

Started by `reader.py` with a socket as its standard input: a message is a JSON object, the first about a file comes with the
file's descriptor. Answers go to the standard output: a line of JSON that says how many streams of Arrow follow. It ends when
nobody asks any more. Not here: what is refused and in which words (`reader.py`).
"""

import json
import os
import resource
import signal
import socket
import sys
from typing import IO, Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

EIGHTEEN_DIGITS = "^[1-9][0-9]{17}$"
MESSAGE = 1 << 20
PARQUET_ROWS = 200_000

Wanted = dict[str, Any]
Answer = tuple[dict[str, Any], list[pa.Table]]


class Workbook:
    """A workbook of any kind that calamine reads."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read the file; its first bytes say what it is, never its name."""
        self._book = fastexcel.read_excel(file.read())

    def told(self) -> Answer:
        """Return the names of the sheets."""
        return {"names": self._book.sheet_names}, []

    def answer(self, wanted: Wanted) -> Answer:
        """Return a sheet: its cells as text, where an error stands, and of columns with 18 digits which cells are numbers."""
        at = wanted["sheet"]
        sheet = self._book.load_sheet(at, header_row=None, skip_rows=0, dtypes="string")
        batch, errors = sheet.to_arrow_with_errors()
        cells = pa.Table.from_batches([batch])
        places = [] if errors is None else [list(each.offset_position) for each in errors.errors]
        long = [n for n, column in enumerate(cells.columns) if _has_long(column)]
        told = {"errors": places, "visible": sheet.visible == "visible"}
        return told, [cells, self._numbers(at, long)] if long else [cells]

    def _numbers(self, at: int, long: list[int]) -> pa.Table:
        # Read as Booleans, a cell of text is null and a number is not.
        sheet = self._book.load_sheet(at, header_row=None, skip_rows=0, dtypes="boolean", use_columns=long)
        kept = pa.Table.from_batches([sheet.to_arrow()])
        return pa.table({str(n): pc.is_valid(kept.column(place)) for place, n in enumerate(long)})


class Parquet:
    """One Parquet file, read as far as somebody asks."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read the footer."""
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(file)
        self._pieces = self._file.iter_batches(batch_size=PARQUET_ROWS)

    def told(self) -> Answer:
        """Return the names of the columns and how many rows there should be."""
        return {"names": self._file.schema_arrow.names, "rows": self._file.metadata.num_rows}, []

    def answer(self, wanted: Wanted) -> Answer:  # noqa: ARG002 - there is only the next piece to want
        """Return the next rows; none at the end."""
        piece = next(self._pieces, None)
        return {}, [] if piece is None else [pa.Table.from_batches([piece])]


def _has_long(column: pa.ChunkedArray) -> bool:
    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        return False
    return pc.any(pc.match_substring_regex(column, EIGHTEEN_DIGITS)).as_py() is True


def serve(asked: socket.socket, out: IO[bytes]) -> None:
    """Answer until nobody asks."""
    held: Workbook | Parquet | None = None
    while True:
        message, descriptors, _, _ = socket.recv_fds(asked, MESSAGE, 1)
        if not message:
            return
        try:
            wanted = json.loads(message)
            if descriptors:
                held = None  # frees the file before
                file = os.fdopen(descriptors[0], "rb")
                held = Workbook(file) if wanted["read"] == "workbook" else Parquet(file)
                answer = held.told()
            else:
                assert held is not None  # noqa: S101 - nobody asks before there is a file
                answer = held.answer(wanted)
        except Exception as error:
            answer = {"failed": type(error).__name__}, []
        send(out, *answer)


def send(out: IO[bytes], told: dict[str, Any], tables: list[pa.Table]) -> None:
    """Write one answer."""
    out.write(json.dumps({**told, "tables": len(tables)}).encode() + b"\n")
    for table in tables:
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)
    out.flush()


def main() -> None:
    """Bound this process, then serve."""
    most = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends this process by asking no more
    serve(socket.socket(fileno=0), sys.stdout.buffer)


if __name__ == "__main__":
    main()
