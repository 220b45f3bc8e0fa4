"""From delivered text to keys that can be compared: identity numbers, names, addresses.

Everything here takes a Polars series of delivered text and returns a frame of the same length and
order. Nothing here knows a person, a model or a score.
"""

from matching.normalise.addresses import addresses
from matching.normalise.names import name_keys, names
from matching.normalise.numbers import identity_numbers
from matching.normalise.papers import papers
from matching.normalise.telephones import telephones

__all__ = ["addresses", "identity_numbers", "name_keys", "names", "papers", "telephones"]
