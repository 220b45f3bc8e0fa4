"""A made city of any size, with its truth.

`make_city` writes two folders: `landing/`, what eighteen departments delivered in one of the layouts of layouts/, and
`truth/`, what is true, in the form that `score.py` reads. Everybody in it is invented; the same arguments and
seed give the same bytes.

The parts, in the order of the work:

- population, conditions: booklets of people, and what befell them (places, templates, streams help);
- plants/: scenarios that must be found, or must just not be, a few of each rule;
- settle, naming: everybody in one frame, people from elsewhere too, with names and numbers;
- roll, civil, income, assets, money, health, care: the rows of the sources, gathered by sources;
- assemble, damage, mangling, flaws: record numbers, damaged identities, rows that cannot be used;
- descriptions, layout, texts: how departments write; parts, snapshots, versions: what, when and in which file;
- landing, delivery, workbook, refusals: files as they land;
- truth, verdicts: what is true of them.

The base of the city, everything outside the plants, is clean by construction: conditions.py says how. This
package imports nothing of the product, and shares no table, list or layout file with it: agreement between the
two means something. More in docs/synth.md.
"""

from synth.city import City, make_city

__all__ = ["City", "make_city"]
