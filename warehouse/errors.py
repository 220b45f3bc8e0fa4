"""The one error of a warehouse's own files: what is wrong, with which file, why it matters, what to do."""


class WarehouseError(ValueError):
    """A file of the warehouse cannot be used; nothing has run, and nothing was changed."""
