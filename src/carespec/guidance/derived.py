"""Fields that no line of a service can say, because engines derive them: `incentive NAME`, the verdict on a pattern.

They are joined to a vocabulary before packs are read. A rule does not know the difference: until an engine has
decided, the answer is unknown, with the reason.
"""

from __future__ import annotations

from typing import Final

from carespec.vocabulary import Field, Vocabulary

INCENTIVE: Final = "incentive"
VERDICTS: Final = {
    "structural": "The contract's text alone rewards it, whatever the costs are.",
    "robust": "The contract rewards it under every assumption in the ranges given.",
    "possible": "The contract rewards it under some assumptions in the ranges given.",
    "absent": "The contract rewards it under none of the assumptions given.",
    "does-not-apply": "The contract has nothing that could reward it.",
}
"""What an incentive can be, each with what it says. Undecided and not analysed are no verdicts: nobody can tell."""

OF_TEXT: Final = frozenset(("structural", "does-not-apply"))
"""The verdicts that the contract's text settles either way; between the others only figures decide."""

DERIVED: Final = {
    INCENTIVE: Field(
        INCENTIVE,
        "What the payments reward",
        "choice",
        help="Whether the payments of the contract reward a pattern of conduct, derived from its payment lines.",
        of="incentive-verdict",
        keyed_by="incentive-pattern",
        open_keys=True,
        topic="payment",
        section="payment",
        examples=("structural",),
    )
}


def joined(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with the derived fields."""
    words = {**vocabulary.words, "incentive-verdict": VERDICTS, "incentive-pattern": {}}
    return vocabulary._replace(words=words, fields={**vocabulary.fields, **DERIVED})
