"""What a delivered text means: text in, typed values out, and which values could not be read.

Every function takes a text column without blanks at either end and returns a column as long: null where the
text was null or cannot be read. Here belong types; not here: which column is required (`verdicts`).
"""
