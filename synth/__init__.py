"""A made city of any size, with its truth."""

from synth.city import City, make_city

__all__ = ["City", "make_city"]
