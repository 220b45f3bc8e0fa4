"""What people do with a published night: open it, hand something out, review, decide, report, ask what if.

A night judges; people decide. Every module here begins with a night that is published (`published.py`) and ends with an answer, a
file of somebody's own (`handing.py`) or an entry of the ledger. Not here: how a file looks (exports), options and exit codes of the
commands (`pipelines/commands`), how a night comes about (assets).
"""
