"""Services side by side: who says what, how far figures spread, who stands alone.

Two phases, so that any number of files fits: `gather` makes of each service a small record, by itself and in any
process; `topics`, `prices` and `outliers` look at all records together. Nothing here reads a file or prints.
"""
