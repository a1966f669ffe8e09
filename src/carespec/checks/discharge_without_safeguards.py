"""People are discharged for missing appointments, and nothing protects those who could not come.

What it flags: a `dna-outcome` that discharges, in a document that asks for no clinical review first, no protection of
vulnerable people, or no published policy, or says `none` to one of them.

Why it matters: people who are unwell miss appointments because they are unwell. Without a safeguard the rule discharges
those whom it should have found.

Instead: `dna-clinical-review: required`, `dna-vulnerable-people: required`, and the policy under `dna-policy`.

Exceptions: nothing is concluded from silence in reconstructions and published extracts, nor where a source was read
only in part.

Source: NHS Data Dictionary, "Discharge after patient did not attend": communicated clearly, not against the patient's
clinical interests, under a published policy that protects vulnerable patients.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_value
from carespec.model.certain import always, missing, never
from carespec.model.facts import Service

TITLE = "discharge for missed appointments without safeguards"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people who miss appointments because they are unwell, above all the most vulnerable"
BAD = (
    "dna-outcome: discharge-to-gp  #! `discharge-to-gp`",
    "dna-outcome: discharge  #! `discharge`\ndna-clinical-review: required\ndna-vulnerable-people: not stated\n"
    'dna-policy: "Access policy"',
    "status: published-extract\ndna-outcome: discharge-to-gp  #! `discharge-to-gp`\ndna-clinical-review: none",
)
GOOD = (
    "dna-outcome: discharge-to-gp\ndna-clinical-review: required\ndna-vulnerable-people: required\n"
    'dna-policy: "Access policy"',
    "dna-outcome: case-by-case",
    "dna-outcome: new-appointment",
    "dna-outcome: none",
    "status: published-extract\ndna-outcome: discharge-to-gp",
    'source page: "Page" read in part\ndna-outcome: discharge-to-gp [page]',
    "dna-outcome: discharge-to-gp\ndna-clinical-review required\ndna-vulnerable-people required\ndna-policy yes",
)
_SAFEGUARDS = {
    "dna-clinical-review": "a clinical review first",
    "dna-vulnerable-people": "protection of vulnerable people",
    "dna-policy": "a published policy",
}


def check(service: Service) -> Iterator[Flag]:
    """Flag discharge after missed appointments where a safeguard is missing or denied."""
    outcome = service.fact("dna-outcome")
    if outcome is None or not str(always(outcome) or "").startswith("discharge"):
        return
    denied = {name: fact for name in _SAFEGUARDS if (fact := service.fact(name)) is not None and never(fact)}
    lacking = {*missing(service, _SAFEGUARDS), *denied}
    if lacking:
        names = [name for name in _SAFEGUARDS if name in lacking]
        what = ", ".join(_SAFEGUARDS[name] for name in names)
        message = f"people are discharged for missing appointments, and these are not asked for: {what}"
        fix = f"Write a line for each, such as `{names[0]}: {_example(names[0])}`."
        also = tuple(Also(f.line, f.start, f.end, f"says `none` to {_SAFEGUARDS[n]}") for n, f in denied.items())
        yield flag_value(outcome, message, fix)._replace(also=also)


def _example(name: str) -> str:
    return '"Patient Access Policy"' if name == "dna-policy" else "required"
