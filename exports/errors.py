"""The one error of exports: nothing can be made, and the sentence says why and what to do."""


class ExportError(RuntimeError):
    """Nothing can be exported; the message says what is wrong and what to do."""
