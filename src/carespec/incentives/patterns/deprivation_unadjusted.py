"""Payment hangs on recovery, and nothing allows for recovery being rarer where people are poorer.

What it is: the same price for the same outcome everywhere, while published recovery falls with deprivation.

Why it matters: serving a deprived area brings less for the same work, so services go elsewhere or do less.

Instead: `price-varies-by: deprivation`, or outcomes compared with what is expected of such an area.

Exceptions: the size is a published gap between the least and the most deprived areas; whether it is the service's own
doing is not known.
"""

from __future__ import annotations

from carespec.incentives.episode.document import on_outcome, words
from carespec.incentives.patterns import Case, Example, Figure

CATALOGUE = "P28"
TITLE = "outcome payments blind to deprivation"
REWARDS = "serving less deprived areas, where the same work recovers more people"
FIELDS = ("price-varies-by", "pay … when recovered at …")
STUDY = (("5.3.2", "but makes no mention of deprivation"),)
TEXT = True
HARM = "exclusion"
EXAMPLE = Example(
    "indicated-sessions step-3: 8\npay step-3: £300.00 per course\n  50% only when recovered at last reading",
    {"verdict": "structural", "gain": "17.8500", "every-path": "17.85 to 17.85"},
    {"cost.session": 35},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    if not on_outcome(case.step):
        return "nothing that is paid hangs on an outcome"
    varies = words(case.contract.service, "price-varies-by")
    return "the price varies by deprivation" if "deprivation" in varies else None


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds a person that the least deprived areas bring beyond the most deprived: what is at risk, by the gap."""
    low, high = figure("deprivation-gap")
    return low * on_outcome(case.step), high * on_outcome(case.step)
