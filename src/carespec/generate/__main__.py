"""`python -m carespec.generate`: make every derived file of the checkout again; `--check` only says which differ."""

from __future__ import annotations

import os
import sys

from carespec.generate.derived import derived_files, stale_files
from carespec.resources import checkout


def run(check: bool) -> int:
    """Write what differs, or with `check` only name it; 1 if anything differed and was not written."""
    expected = derived_files()
    stale = stale_files(expected)
    for path in stale:
        print(f"{'differs' if check else 'made'}: {path}")
        if check:
            continue
        whole = os.path.join(checkout(), path)
        if path in expected:
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w", encoding="utf-8") as file:
                file.write(expected[path])
        else:
            os.remove(whole)
    return int(check and bool(stale))


sys.exit(run("--check" in sys.argv[1:]))
