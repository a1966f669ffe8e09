"""What a repository sets once for all runs: `carespec.toml`, or `[tool.carespec]` in `pyproject.toml`.

`table` says which settings there are, `find` where they stand, `problems` what is wrong with them, `settings` what
holds in the end and where each value comes from.
"""
