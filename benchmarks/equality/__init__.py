"""What two versions of the product make of the same deliveries, compared: tables, pages, workbooks, commands.

The public surface only: the `hedui` command and the files it leaves. Not here: which results are right (sample.py,
plants.py), how fast they come (night.py).
"""
