"""Dated policy figures with references, one YAML file a place, and the tables a night reads.

Public surface: :func:`load_profile`, :func:`places`, :class:`Profile`, :func:`night_tables`,
:data:`SCHEMAS`, :func:`catalogue`, :class:`Assumption`, the lists for people (``policy.listing``) and :class:`PolicyError`.
Not here: any rule, any database, any person.
"""

from policy.assumption import Assumption
from policy.errors import PolicyError
from policy.figure import Figure, Value
from policy.night import night_tables
from policy.parameters import Parameter, catalogue
from policy.profile import Profile, load_profile, places
from policy.schemas import SCHEMAS

__all__ = [
    "SCHEMAS",
    "Assumption",
    "Figure",
    "Parameter",
    "PolicyError",
    "Profile",
    "Value",
    "catalogue",
    "load_profile",
    "night_tables",
    "places",
]
