"""Laws that hold of every condition and every document: Kleene's, and that an unknown never hides in an answer."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carespec.rules.evaluate import EVERY, SOME, Answer

Ask = Callable[..., Answer]
Document = dict[str, tuple[str | None, ...]]
"""What is written after each field, and then in its exceptions; None for a field without a line."""

laws = settings(
    max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

KNOWN = {
    "minimum-age": ("16 years", "18 years", "over 18 years", "17 years 9 months", "none"),
    "clusters": ("1 to 4", "1, 5", "4 among others", "none"),
    "programme": ("iapt", "primary-care-counselling", "none"),
    "wait step-3": ("within 28 calendar days of referral", "within 10 days of referral", "within 6 weeks", "none"),
    "dna-limit assessment": ("2", "about 2", "at least 3", "none"),
}
UNKNOWN = (None, "not stated", 'in words "so"', "by local agreement", "to be confirmed", 'elsewhere in "it"')
QUESTIONS = {
    "minimum-age": ("is 18 years", "is at most 17 years", "is at most 18 years", "is not over 18 years", "is none"),
    "clusters": ("is 1 to 4", "includes 4", "includes any of 5, 6", "is one of 1 to 5", "is not none"),
    "programme": ("is iapt", "is not iapt", "is one of iapt, primary-care-counselling"),
    "wait step-3": ("meets within 28 calendar days of referral", "is at most 2 weeks", "is not none"),
    "dna-limit assessment": ("is 2", "is at most 2", "is more than 2"),
}

tests = st.sampled_from([f"{field} {question}" for field, questions in QUESTIONS.items() for question in questions])
quantified = st.builds(" ".join, st.tuples(st.sampled_from(("every", "some", "no")), tests))
conditions = st.recursive(
    tests | quantified,
    lambda part: (
        st.builds("not ({})".format, part)
        | st.builds("({} and {})".format, part, part)
        | st.builds("({} or {})".format, part, part)
    ),
    max_leaves=5,
)
defaults = st.sampled_from((EVERY, SOME))


def _written(field: str) -> st.SearchStrategy[tuple[str | None, ...]]:
    value = st.sampled_from(KNOWN[field])
    unknown = st.sampled_from(UNKNOWN)
    excepted = value | unknown.filter(lambda words: words is not None)
    return st.tuples(value | unknown) | st.tuples(value | unknown.filter(lambda words: words is not None), excepted)


documents = st.fixed_dictionaries({field: _written(field) for field in KNOWN})


def _text(document: Document) -> str:
    lines = []
    for field, (value, *exceptions) in document.items():
        if value is not None:
            lines.append(f"{field}: {value}")
            lines += [f"  except {words} when education is not full-time" for words in exceptions]
    return "\n".join(lines)


@st.composite
def completed(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document, and the same with a value in every place where it leaves one unknown."""
    document = draw(documents)
    full: Document = {
        field: tuple(draw(st.sampled_from(KNOWN[field])) if words in UNKNOWN else words for words in values)
        for field, values in document.items()
    }
    return document, full


@laws
@given(condition=conditions, default=defaults, both=completed())
def test_what_is_decided_stays_so_whatever_the_unknown_turns_out_to_be(
    ask: Ask, condition: str, default: str, both: tuple[Document, Document]
) -> None:
    before, after = (ask(condition, _text(document), default).value for document in both)
    assert before is None or after is before


@laws
@given(one=conditions, other=conditions, default=defaults, document=documents)
def test_de_morgan(ask: Ask, one: str, other: str, default: str, document: Document) -> None:
    lines = _text(document)
    for joined, split in (("and", "or"), ("or", "and")):
        whole = ask(f"not ({one} {joined} {other})", lines, default).value
        assert whole is ask(f"not ({one}) {split} not ({other})", lines, default).value


@laws
@given(condition=conditions, default=defaults, document=documents)
def test_not_not(ask: Ask, condition: str, default: str, document: Document) -> None:
    lines = _text(document)
    assert ask(f"not (not ({condition}))", lines, default).value is ask(condition, lines, default).value


@laws
@given(one=conditions, other=conditions, third=conditions, default=defaults, document=documents)
def test_order_and_brackets_do_not_matter(
    ask: Ask, one: str, other: str, third: str, default: str, document: Document
) -> None:
    lines = _text(document)
    for word in ("and", "or"):
        left = ask(f"({one} {word} {other}) {word} {third}", lines, default).value
        assert left is ask(f"{third} {word} ({other} {word} {one})", lines, default).value


@laws
@given(condition=conditions, default=defaults, document=documents)
def test_an_unknown_has_causes_and_a_decided_answer_none(
    ask: Ask, condition: str, default: str, document: Document
) -> None:
    answer = ask(condition, _text(document), default)
    assert (answer.value is None) is bool(answer.causes)


@laws
@given(test=tests, document=documents)
def test_every_some_and_no(ask: Ask, test: str, document: Document) -> None:
    lines = _text(document)
    every, some, none = (ask(f"{word} {test}", lines).value for word in ("every", "some", "no"))
    assert none is ask(f"not some {test}", lines).value
    # Of a field that has a value at all, what holds of every value holds of some.
    assert every is not True or some is True
    assert some is not False or every is False
    assert ask(test, lines, EVERY).value is every
    assert ask(test, lines, SOME).value is some


@laws
@given(
    document=documents,
    claim=st.sampled_from(("minimum-age is {}18 years", "clusters is {}1 to 4", "programme is {}none")),
)
def test_denied_of_every_value(ask: Ask, claim: str, document: Document) -> None:
    lines, said, denied = _text(document), claim.format(""), claim.format("not ")
    assert ask(f"every {denied}", lines).value is ask(f"no {said}", lines).value
    assert ask(f"some {denied}", lines).value is ask(f"not every {said}", lines).value
    assert ask(f"no {denied}", lines).value is ask(f"every {said}", lines).value
