"""How long it takes to find whom services treat differently: `python -m benchmarks.people`, about half a minute.

The services of the corpus, with exceptions that name several things at once. Two figures are worth reading: the time
for 200 services, and how it grows.
"""

from __future__ import annotations

import gc
import os
import time
from random import Random

import yaml

from benchmarks import installation
from benchmarks.corpus import Fact, Section, Service, as_care, services
from carespec.engine import Engine
from carespec.journeys.patients import patients
from carespec.model import facts
from carespec.source import from_text

_VOCABULARY = os.path.join(installation.CHECKOUT, "specs", "vocabulary", "psychological-therapies.yaml")
_COUNTS = (25, 50, 100, 200)
_EXCEPTIONS = {
    "minimum-age": (
        "except 16 years when education is not full-time",
        "except 17 years when route is one of self-referral, gp",
        "except 16 years when education is not full-time and severity is at most moderate",
        "except 14 years when likely-to-benefit is yes",
    ),
    "exclusion": ("when severity is at least severe", "except none when formally-discharged is yes"),
    "registered-with": ("except none when fixed-abode is no or (occupation is nhs-staff and works-in-area is yes)",),
    "wait": ("except within 1 week of referral when person-group includes pregnant-or-new-parents",),
    "clusters": ("except 1 to 3 when route is self-referral",),
}


def varied(service: Service, random: Random) -> Service:
    """The service with other exceptions than the corpus has."""
    return service._replace(sections=tuple(_section(section, random) for section in service.sections))


def _section(section: Section, random: Random) -> Section:
    return section._replace(facts=tuple(_fact(fact, random) for fact in section.facts))


def _fact(fact: Fact, random: Random) -> Fact:
    kinds = _EXCEPTIONS.get(fact.name.split(" ")[0], ())
    return fact._replace(under=(random.choice(kinds),)) if kinds and random.random() < 0.35 else fact


def corpus(count: int) -> list[facts.Service]:
    """That many services as read."""
    with open(_VOCABULARY, encoding="utf-8") as file:
        data = yaml.safe_load(file)
    engine, mistakes, random = Engine(()), Random(1), Random(2)
    texts = (from_text(f"{s.name}.care", as_care(varied(s, random), mistakes)) for s in services(count, data))
    return [read.service for read in map(engine.read, texts) if read is not None]


def main() -> None:
    """Measure, and print how it grows."""
    every = corpus(max(_COUNTS))
    gc.disable()  # as the program itself runs
    for count in _COUNTS:
        begun, worked = time.perf_counter(), time.process_time()
        found = patients(every[:count])
        took, worked = time.perf_counter() - begun, time.process_time() - worked
        each = f"{worked:.1f} s of a processor, {1000 * worked / count:.0f} ms a service"
        groups = f"{len(found.regions)} groups, {len(found.not_compared)} not compared"
        print(f"{count:>4} services: {took:5.1f} s ({each}), {groups}")
    print("aim: 200 services in less than 10 s on two quiet cores")


if __name__ == "__main__":
    main()
