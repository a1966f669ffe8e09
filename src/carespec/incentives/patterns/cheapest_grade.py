"""The same price whoever treats: the cheapest therapist allowed earns most.

What it is: a session pays the same from a trainee as from an accredited therapist, above whatever floor is set.

Why it matters: services with volunteers or trainees win on price, and people are treated by whoever costs least.

Instead: `price-varies-by: grade`, or a floor (`minimum-grade`) at the grade that is meant.

Exceptions: a floor at the highest grade leaves nothing to choose, and a document that says nothing of who treats people
is told as silent elsewhere.
"""

from __future__ import annotations

from carespec.incentives.episode.document import words
from carespec.incentives.patterns import Case, Example, Figure
from carespec.model.facts import Service, State
from carespec.quantities.readings import ScaleRange

CATALOGUE = "P35"
TITLE = "treatment by the cheapest grade allowed"
REWARDS = "treatment by the cheapest therapist that the document allows"
FIELDS = ("minimum-grade", "price-varies-by", "trainees", "employment-terms", "pay …")
STUDY = (("B4", "the cost is what a cheaper-end therapist will charge"),)
TEXT = True
OF_DOCUMENT = True
HARM = "under-treatment"
EXAMPLE = Example(
    "minimum-grade step-3: trainee\nindicated-sessions step-3: 4\npay step-3: £40.00 per session",
    {"verdict": "structural", "every-path": "15.00 to 60.00"},
    {"cost.session": 35, "grade-difference": 15},
)


def applies(case: Case) -> str | None:
    """Why a step cannot show it."""
    service = case.contract.service
    if "grade" in words(service, "price-varies-by"):
        return "the price varies by the therapist's grade"
    return None if _cheaper_may_treat(service, case.step.name) else "nothing says that a cheaper therapist may treat"


def _cheaper_may_treat(service: Service, step: str) -> bool:
    """Whether the document lets trainees, volunteers or less than the highest grade treat people."""
    if service.state_of("trainees") == State.STATED or "volunteer" in words(service, "employment-terms"):
        return True
    floor = service.fact("minimum-grade", step) or service.fact("minimum-grade")
    if floor is None or floor.value.state not in (State.STATED, State.NONE):
        return False
    lowest = floor.value.content.low if isinstance(floor.value.content, ScaleRange) else ""
    return lowest != service.vocabulary.scales["grade"][-1]


def gain(case: Case, figure: Figure) -> tuple[float, float]:
    """Pounds a course, from one session to all that are indicated, by which the cheapest grade costs less."""
    low, high = figure("grade-difference")
    return low, high * case.step.course.limit
