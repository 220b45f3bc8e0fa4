"""Advice for the author of a layout: what the layout says, held against what the files hold.

Here belong remarks on form, headers, codes and values. Not here: whether a night would accept a delivery
(`rehearsal`), nor a first draft (`draft`). No remark carries a value but codes, and those as `draft.words` allows.
"""

from sources.onboarding.advice.advising import advise, unmapped_codes
from sources.onboarding.advice.remark import Remark

__all__ = ["Remark", "advise", "unmapped_codes"]
