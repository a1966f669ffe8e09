"""Which day it is: asked once a run, at its edge, so that everything else is given the day."""

from __future__ import annotations

import os
from datetime import date


def clock() -> date:
    """Today, or the day that CARESPEC_TODAY sets. Raises ValueError, with a sentence, where that is no date."""
    set_day = os.environ.get("CARESPEC_TODAY")
    if not set_day:
        return date.today()
    try:
        return date.fromisoformat(set_day)
    except ValueError:
        raise ValueError(f"CARESPEC_TODAY takes a date such as 2012-04-01, and `{set_day}` is none") from None
