"""Where the fields of a fixed-width file seem to begin.

Here belong guesses from positions that are blank in nearly every line, and where digits turn into Chinese. Fields that
touch without either cannot be told apart: only the department's own description can say where one ends.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sources.onboarding.look.text import guess_ends

FEWEST_LINES = 5
NEARLY_ALL = 0.97
_BLANK, _DIGIT, _HIGH, _OTHER = range(4)


def look_at_fixed_width(lines: Sequence[bytes], encoding: str, *, whole: bool) -> dict[str, Any] | None:
    """The keys of a layout for lines of one length, and `widths`; None if they have no one length.

    Args:
        lines: the first lines, without line ends.
        encoding: what they are written in.
        whole: whether these are all lines of the file.
    """
    filled = [line for line in lines if line.strip()]
    for width_in, given in (("bytes", filled), ("characters", _wide(filled, encoding))):
        length, count = Counter(map(len, given)).most_common(1)[0] if given else (0, 0)
        if count < max(FEWEST_LINES, 0.9 * len(given)) or length < FEWEST_LINES:
            continue
        rows = [line for line in given if len(line) == length]
        keys: dict[str, Any] = {"format": "fixed", "encoding": encoding, "header": False}
        keys |= {"width_in": "bytes"} if width_in == "bytes" and encoding != "utf-8" else {}
        keys["widths"] = _widths(_classes(rows))
        last = filled[-1].decode(encoding, "replace")
        trailer, _ = guess_ends([last], "\0", 0, len(filled) if whole else None)
        return keys | ({"trailer": trailer} if trailer and len(given[-1]) != length else {})
    return None


def _wide(lines: Sequence[bytes], encoding: str) -> list[Any]:
    """Lines as arrays of code points."""
    return [np.array([ord(c) for c in line.decode(encoding, "replace")], np.uint32) for line in lines]


def _classes(rows: Sequence[Any]) -> npt.NDArray[np.uint8]:
    """What stands at each position of each line: blank, digit, beyond ASCII, other."""
    codes = np.array([np.frombuffer(row, np.uint8) if isinstance(row, bytes) else row for row in rows])
    found = np.full(codes.shape, _OTHER, np.uint8)
    found[(codes == ord(" ")) | (codes == 0x3000)] = _BLANK
    found[(codes >= ord("0")) & (codes <= ord("9"))] = _DIGIT
    found[codes > 127] = _HIGH
    return found


def _widths(classes: npt.NDArray[np.uint8]) -> list[int]:
    share = np.array([(classes == kind).mean(axis=0) for kind in range(4)])
    blank = share[_BLANK]
    begins = [0]
    for at in range(1, classes.shape[1]):
        after_blank = blank[at - 1] >= NEARLY_ALL and blank[at] < NEARLY_ALL
        turns = {int(share[:, at - 1].argmax()), int(share[:, at].argmax())} == {_DIGIT, _HIGH}
        surely = min(share[:, at - 1].max(), share[:, at].max()) >= NEARLY_ALL - 0.07
        if after_blank or (turns and surely):
            begins.append(at)
    return [end - start for start, end in zip(begins, [*begins[1:], classes.shape[1]], strict=True)]
