"""Sentences that put off what has to be said, such as "reason to follow": how much they say beside that.

Apart from `values`, since only documents with waivers have such sentences.
"""

from __future__ import annotations

import re

_PUT_OFF = (
    r"(?i)\b(?:t\.?b\.?[acd]|to[ -]?do|x{2,}|to be (?:confirmed|agreed|decided|determined|advised|supplied)|insert"
    r"|(?:reasons?|details?|wording|text)\s+(?:(?:to|will)\s+(?:follow|come|be\s+\w+)|needed|here|pending))\b"
)
_SMALL_WORDS = (
    " a an and as at by be being details for from here in is it its later next of on or our please reason reasons soon"
    " still than that the their then this to until waiver when will with yet "
)


def words_said(text: str) -> int:
    """How many words of a sentence say something: all, or where it puts off what has to be said, those that are left
    when that is taken out, without small words.

    >>> words_said("Reason to follow from the panel"), words_said("Numbers grew, limit to be agreed in May")
    (1, 4)
    """
    left, put_off = re.subn(_PUT_OFF, " ", text)
    if not put_off:
        return len(text.split())
    return sum(f" {word.lower()} " not in _SMALL_WORDS for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", left))
