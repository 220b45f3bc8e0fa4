"""The set logic of a night: one SELECT a file, a folder a layer, read and run by name.

Here belong the models (`sql/<layer>/<table>.sql`), the loader that parses their headers and
dependencies, the macros they may call, what columns mean and what an analyst may see of them.
Not here: anything of Dagster, any decision about when a model runs, any policy figure, any sentence (findings).
"""
