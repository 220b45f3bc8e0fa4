"""The warehouse on disk: its paths, its state from night to night, how a night is committed.

Here belongs everything that touches files of a warehouse. No Dagster here, and no meaning of tables.
"""
