"""Prints what rules add to a run: milliseconds a service for 60 rules, after everything is read.

`python rules_alone.py FOLDER COUNT` with the interpreter whose carespec is to be measured.
"""

from __future__ import annotations

import gc
import os
import sys
from time import process_time

from carespec.engine import Engine
from carespec.guidance.bench import Bench
from carespec.guidance.law import Law
from carespec.guidance.library import shipped
from carespec.source import read_file

RULES = 60


def main(folder: str, count: int) -> None:
    """Measure once over all services, in the order of their names."""
    gc.disable()  # as the program itself runs
    engine = Engine(())
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))][:count]
    services = [found.service for path in paths if (found := engine.read(read_file(path))) is not None]
    every = [f"{pack.name}.{rule.name}" for pack in shipped() for rule in pack.rules if rule.in_force is None]
    bench = Bench(Law(shipped(), rules=frozenset(every[:RULES])))
    begin = process_time()
    for service in services:
        bench.rule(service)
    print(f"{1000 * (process_time() - begin) / len(services):.3f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
