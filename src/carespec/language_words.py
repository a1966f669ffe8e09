"""The words of the language itself, for `explain`: what begins a line, and what stands where a value is not given.

Each has a sentence and an example; a test reads every example. docs/language.md tells the whole.
"""

from __future__ import annotations

from carespec.tuples import NamedTuple


class Form(NamedTuple):
    """What a word of the language says, and lines that show it."""

    means: str
    example: str


FORMS = {
    "service": Form("The first line of a specification: the name of the service.", "service northshire"),
    "section": Form("A heading. It changes no meaning.", 'section "2. Who the service is for"'),
    "source": Form(
        "A document that lines cite in square brackets. With `read … in part` nothing is called missing.",
        'source policy: "Access policy", "NHS Northshire" published July 2011\ndna-limit step-2: 2 [policy p4]',
    ),
    "define": Form("What a word means in this document.", 'define attended: "present for more than half of the time"'),
    "waive": Form(
        "An agreed departure from one rule: until when, why, and who agreed.",
        'waive treatment-wait until 31 March 2013: "a vacancy" agreed by "NHS Northshire"',
    ),
    "except": Form(
        "Under a line: another value in some case, or for some time.",
        "minimum-age: 18 years\n  except 16 years when education is not full-time",
    ),
    "when": Form(
        "Under a line: it holds only then. The condition asks about a person's case.",
        "pay step-3: £600.00 per course\n  when sessions is at least 2",
    ),
    "at most": Form(
        "Under a payment: no more of these are paid for.", "pay step-2: £40.00 per session\n  at most 12 per course"
    ),
    "doubt": Form(
        "Under a line: the reading is uncertain, so findings that rest on it are possible and not certain.",
        'minimum-age: 18 years\n  doubt "the scan is blurred"',
    ),
    "differs": Form(
        "Under a line: another source says otherwise.",
        'source leaflet: "Leaflet"\nminimum-age: 18 years\n  differs 16 years [leaflet]',
    ),
    "none": Form(
        "A definite answer: there is no limit, no such thing, nothing. `carespec explain FIELD` says which.",
        "maximum-age: none",
    ),
    "not stated": Form("Somebody looked, and the document does not say.", "dna-contact-attempts: not stated"),
    "to be confirmed": Form(
        "Nobody has decided yet. Usual in a draft, with the day on which it will be decided.",
        "provider-lead: to be confirmed by 1 April 2013",
    ),
    "by local agreement": Form(
        "Others decide, and until then nobody can tell from this document.",
        'maximum-age: by local agreement with "each provider" by 1 October 2012',
    ),
    "in words": Form(
        "The document says something that two people would apply differently. Under a typed value: its own phrase.",
        'minimum-age: in words "adults"',
    ),
    "elsewhere": Form(
        "The rule stands in another part, or in another document, and not here.",
        'dna-limit step-2: elsewhere in "6.9 Non-attendance"',
    ),
    "about": Form("The figure is stated and hedged: nothing exact follows from it.", "population: about 1,200,000"),
    "usually": Form(
        "The figure is stated and hedged: nothing exact follows from it.", "indicated-sessions step-2: usually 4 to 8"
    ),
}
"""By the word, or the words, that it begins with."""


def form_page(name: str) -> str:
    """The page of a word of the language."""
    form = FORMS[name]
    return f"# {name}\n\n*A word of the language.* {form.means}\n\n```care\n{form.example}\n```"
