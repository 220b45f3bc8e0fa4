"""What other figures would do to a published night: the same facts judged twice, and what differs.

Here belong the private database of a what-if, the tables that stand in for a night's work, the comparison and its report.
Not here: the means test and the rules (sql/, built as a night builds them), the figures (policy), options (whatif_cli.py).
"""
