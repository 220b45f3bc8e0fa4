"""The first draft of a layout, from a file as a department delivered it.

Here belong guesses of what a column is for, and what is left to a person. Not here: what a file is made of (`look`),
what is wrong with a layout that exists (`advice`).
"""

from sources.onboarding.draft.drafting import Draft, Drafted, draft
from sources.onboarding.draft.writing import as_yaml

__all__ = ["Draft", "Drafted", "as_yaml", "draft"]
