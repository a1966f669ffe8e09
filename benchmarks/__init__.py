"""How fast carespec is beside tools that people know, as ratios within one run. `python -m benchmarks` prints them."""
