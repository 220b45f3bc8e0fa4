"""The one error of casework: nothing was done, and the sentence says why and what to do."""


class CaseworkError(ValueError):
    """What was asked for cannot be done with this night, or in this place."""
