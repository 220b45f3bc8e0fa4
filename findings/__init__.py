"""The catalogue of rules, and what is said of a finding: typed parts first, sentences made from them.

Here belongs what a rule is called and rests on (`catalogue`), the typed explanation (`explanation`) and its words. A
sentence is made, never taken apart: who needs a part reads the part. Not here: what fires (sql/rule), who makes the
table (judging), how a page looks (exports).
"""
