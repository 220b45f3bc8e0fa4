"""Clerks decide whether two records are one person: pairs drawn, shown blind, answered, counted.

Not here: how is drawn and what a workbook shows (exports), what an answer does to a link (matching).
"""
