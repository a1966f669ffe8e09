"""Loading is checking: what is wrong with a pack, with the place, before any service is read.

`parts` asks whether each rule has what it needs, `operands` whether its figures are definite, `reach` whether it can
apply and fail, `contradictions` whether two can be met together, `versions` whether one version of a pack follows on
another. What single lines get wrong is among the pack's own problems.
"""

from __future__ import annotations

from carespec.guidance import details
from carespec.guidance.derived import joined
from carespec.guidance.loading.contradictions import contradictions
from carespec.guidance.loading.operands import open_operands
from carespec.guidance.loading.parts import flaws_of_parts
from carespec.guidance.loading.reach import unreachable
from carespec.guidance.model import Pack, PackProblem
from carespec.vocabulary import load


def flaws(pack: Pack) -> tuple[PackProblem, ...]:
    """Everything that is wrong with a pack beyond its single lines. It must be one whose vocabulary ships."""
    own = load(pack.vocabulary)
    vocabulary = details.with_words(joined(own))
    return (
        *flaws_of_parts(pack, vocabulary),
        *(problem for rule in pack.rules for problem in open_operands(rule)),
        *(problem for rule in pack.rules for problem in unreachable(rule, vocabulary, own)),
        *contradictions(pack, vocabulary),
    )
