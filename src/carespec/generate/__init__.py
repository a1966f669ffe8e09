"""Makes what is derived: parser tables, calendars, documentation pages, schemas. `python -m carespec.generate` runs it.

Nothing here is loaded by the everyday commands of an installed wheel.
"""
