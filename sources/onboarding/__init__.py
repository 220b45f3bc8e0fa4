"""For who writes a layout: `look` into a file, `draft` a layout, `advice` on one, and a `rehearsal` of a night's intake.

Here belongs what helps a person before a night; a night uses none of it. Not here: contracts, layouts, readers, the intake,
which all of it uses as the night does.
"""
