"""`python -m carespec.generate`: make every derived file of the checkout again; `--check` only says which differ."""

from __future__ import annotations

import os
import sys

from carespec.resources import checkout, in_checkout

_NO_CHECKOUT = "carespec.generate makes the files of a checkout of carespec, and this is an installed copy."


def run(check: bool) -> int:
    """Write what differs, or with `check` only name it; 1 if anything differed and was not written."""
    from carespec.generate.derived import derived_files, stale_files  # they need what only a checkout has

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


if not in_checkout():
    print(_NO_CHECKOUT, file=sys.stderr)
    sys.exit(2)
sys.exit(run("--check" in sys.argv[1:]))
