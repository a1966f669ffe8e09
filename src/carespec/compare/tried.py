"""The comparisons of a pack put to their own samples: which of them flag what they say that they spare."""

from __future__ import annotations

from collections.abc import Iterator

from carespec.compare.rules import run
from carespec.guidance.model import Comparison, Pack
from carespec.guidance.tried import Tried, finding_of
from carespec.records import Finding


def try_comparisons(pack: Pack, lines: tuple[str, ...]) -> Tried:
    """Run every sample of every comparison that could be read whole. `lines` is the text of the pack.

    No slips are tried on a comparison.
    """
    sound = [one for one in pack.comparisons if one.whole and one.measures is not None and one.flag is not None]
    wrong = tuple(finding for one in sound for finding in _wrong(one, pack, lines))
    return Tried(wrong, examples=sum(len(one.samples) for one in sound), comparisons=len(sound))


def _wrong(one: Comparison, pack: Pack, lines: tuple[str, ...]) -> Iterator[Finding]:
    for ran in run(one, pack):
        if not ran.holds:
            came = "flags" if ran.flagged else "spares"
            message = f"this example expects `{'spares' if ran.flagged else 'flags'}`, and the comparison {came} it"
            fix = f"Write `{came}: {ran.sample.text}` if that is right; if not, change what `{one.name}` flags."
            yield finding_of("example-fails", message, fix, ran.sample.line, one, pack, lines)
