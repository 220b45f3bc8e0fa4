"""Who is who: normalise, block, compare, score, decide. Frames in, frames out.

Nothing here reads or writes anything but the package's own tables and model file; nothing knows Dagster,
DuckDB or a landing area.
"""

from matching import normalise
from matching.clerical import Decisions
from matching.comparisons import place_level, place_levels
from matching.frames import from_frames, to_frames
from matching.frequencies import Frequencies
from matching.linking import Links
from matching.model import Model, ModelError, parse, shipped
from matching.people import index_of, link_frames
from matching.spine import Spine, build_spine, link

__all__ = [
    "Decisions", "Frequencies", "Links", "Model", "ModelError", "Spine", "build_spine", "from_frames", "index_of", "link",
    "link_frames", "normalise", "parse", "place_level", "place_levels", "shipped", "to_frames",
]  # fmt: skip
