"""From the tree of a condition to its record, operands read by the type of the field that they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias

from carespec.model import conditions
from carespec.model.conditions import Condition, InWords, Test
from carespec.model.facts import Problem, State
from carespec.model.measures import reading_of
from carespec.model.tokens import number_of, text_of
from carespec.model.types import example_of, is_ordered, label_of, read_typed
from carespec.model.unfit import Unfit, unfit
from carespec.quantities.readings import Reading
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import PAY, Field, Vocabulary, nearest

Find: TypeAlias = Callable[[str, str | None], Field | None]
"""The field that a path in a condition names: a case field under `except`, a service's field in a rule."""

_STATES = {
    "stated": State.STATED, "silent": State.SILENT, "is_hedged": "hedged", "none": State.NONE,
    "in_words": State.IN_WORDS, "local": State.LOCAL, "to_be_confirmed": State.TO_BE_CONFIRMED,
    "elsewhere": State.ELSEWHERE,
}  # fmt: skip


def condition_of(tree: Tree, find: Find, vocabulary: Vocabulary) -> Condition:
    """The record of a condition's tree. `find` answers which field a path names, None for one that does not exist."""
    assert isinstance(tree, Node)
    if tree.kind in ("all_of", "any_of"):
        parts = tuple(condition_of(child, find, vocabulary) for child in tree.children)
        return conditions.All(parts) if tree.kind == "all_of" else conditions.Any(parts)
    if tree.kind == "negation":
        return conditions.Not(condition_of(tree.children[0], find, vocabulary))
    return _test(tree, find, vocabulary)


def _test(tree: Node, find: Find, vocabulary: Vocabulary) -> Condition:
    words = tree.first("in_words")
    if isinstance(words, Node):
        return InWords(next((text_of(t) for t in words.children if isinstance(t, Token)), ""), tree.start, tree.end)
    path, check = tree.first("path"), tree.children[-1]
    assert isinstance(path, Node) and isinstance(check, Node)
    field, key = path_of(path)
    known = find(field, key)
    quantifier = tree.first("quantifier")
    test = Test(field, key, "is", None, _only_word(quantifier), tree.start, tree.end)
    if known is None:
        problem = Problem(
            "unknown-field", f"`{field}` is nothing that a condition can ask about here", "", path.start, path.end
        )
        return test._replace(problem=problem)
    asked = _asked(check, known, vocabulary, find, test)
    return _denied(asked) if check.kind == "is_not" else asked


def _denied(asked: Test) -> Condition:
    """`every F is not X` says of each value that it is not X: that none is, and not that some is not."""
    if asked.quantifier == "no":
        return asked._replace(quantifier="every")
    turned = {"every": "some", "some": "every"}
    return conditions.Not(asked._replace(quantifier=turned.get(asked.quantifier or "")))


def path_of(path: Node) -> tuple[str, str | None]:
    """Field and key of a path; `pay step-3` is a key of the family of payments."""
    inner = path.children[0]
    if isinstance(inner, Node):
        return "pay", _only_word(inner)
    words = [child.text.lower() for child in path.children if isinstance(child, Token)]
    return words[0], words[1] if len(words) > 1 else None


def _only_word(tree: Tree | None) -> str | None:
    if not isinstance(tree, Node) or not isinstance(tree.children[0], Token):
        return None
    return tree.children[0].text.lower()


def _asked(check: Node, field: Field, vocabulary: Vocabulary, find: Find, test: Test) -> Test:
    """The operator and operand of a test: what is asked of the field."""
    try:
        operator, operand = _question(check, field, vocabulary, find)
    except Unfit as unfit:
        return test._replace(problem=unfit.problem)
    return test._replace(operator=operator, operand=operand)


def _question(check: Node, field: Field, vocabulary: Vocabulary, find: Find) -> tuple[str, object]:
    if field.type == "age":
        # A bound asks here; it does not say at which end of an age the service stops.
        field = field._replace(better=None)
    if check.kind == "at_reading":
        if not _is_measure(field, vocabulary):
            message = f"`{field.name}` is no measure of a person, so it shows nothing at a reading"
            _refuse(check, message, _ask_for_value(field, vocabulary))
        return "reading", Reading(field.name, False, reading_of(check).at)
    if check.kind == "includes":
        several = check.first("any_of_these") is not None
        _needs_words(check, field, vocabulary)
        return ("any of" if several else "includes"), read_typed(
            check.children[-1], field._replace(type="set"), vocabulary
        )
    if check.kind == "meets":
        return "meets", read_typed(check.children[-1], field, vocabulary)
    claim = check.children[0]
    assert isinstance(claim, Node)
    if claim.kind in _STATES:
        words = next((text_of(t) for t in claim.children if isinstance(t, Token) and t.kind == "STRING"), None)
        return "state", (_STATES[claim.kind], words)
    if claim.kind == "one_of":
        _needs_words(claim, field, vocabulary)
        return "one of", read_typed(claim.children[0], field._replace(type="set"), vocabulary)
    if claim.kind == "compared":
        return _comparison(claim, field, vocabulary, find)
    if claim.kind == "shown" and _is_measure(field, vocabulary):
        message = f"`{field.name}` is a measure itself, and shows something at a reading"
        _refuse(claim, message, f"Write it without `is`, as in `{example_of(field, vocabulary)}`.")
    return "is", read_typed(claim._replace(kind=_AS_VALUES.get(claim.kind, claim.kind)), field, vocabulary)


def _is_measure(field: Field, vocabulary: Vocabulary) -> bool:
    """Whether a field is what a measure shows of a person, and not what a document says about readings."""
    return field.type == "reading" and field.name in vocabulary.case_fields


_AS_VALUES = {"open_bound": "bound", "shown": "reading"}
"""Claims that are read as values are."""


def _comparison(claim: Node, field: Field, vocabulary: Vocabulary, find: Find) -> tuple[str, object]:
    comparator, operand = claim.children
    operator = " ".join(t.text.lower() for t in comparator.children if isinstance(t, Token))  # type: ignore[union-attr]
    if not is_ordered(field):
        _refuse(
            claim,
            f"what `{field.name}` can be has no order: nothing is {operator} another",
            _ask_for_value(field, vocabulary),
        )
    if operator in ("before", "after") and field.type not in ("date", "period"):
        instead = "less than" if operator == "before" else "more than"
        _refuse(
            comparator, f"`{operator}` is said of dates, and `{field.name}` is none", f"Write `{instead}`.", instead
        )
    if isinstance(operand, Node) and operand.kind == "times":
        number, path = operand.children
        assert isinstance(number, Token) and isinstance(path, Node)
        return operator, (number_of(number), _other(path, field, vocabulary, find))
    if isinstance(operand, Node) and operand.kind == "path":
        if not _is_word_of(field, *path_of(operand), find):
            return operator, _other(operand, field, vocabulary, find)
        operand = operand.children[0] if len(operand.children) == 1 else operand
    _needs_one_figure(operand, operator)
    return operator, read_typed(operand, _measured(field), vocabulary)


def _needs_one_figure(operand: Tree, operator: str) -> None:
    """Refuse a range after a comparator: of `at least 2 to 3` nobody can tell which of the two is meant."""
    if not isinstance(operand, Node) or operand.kind != "rate":
        return
    if len([child for child in operand.children if child.kind not in ("NAME", "per")]) > 1:
        fix = "Write the lower figure after `at least` or `more than`, the higher after `at most` or `less than`."
        _refuse(operand, f"`{operator}` is said of one figure, and this is a range of them", fix)


def _measured(field: Field) -> Field:
    """The field as what its values are compared with: a wait with a length of time."""
    return field._replace(type="duration", examples=_SPANS) if field.type == "wait" else field


_SPANS = ("28 calendar days", "10 working days")


def _is_word_of(field: Field, name: str, key: str | None, find: Find) -> bool:
    """Whether a name after `at least` is a word of the field's own, and no field to compare it with."""
    return field.type in ("scale", "choice") and (field.type == "scale" or find(name, key) is None)


def _other(path: Node, field: Field, vocabulary: Vocabulary, find: Find) -> tuple[str, str | None]:
    """The field and key that a comparison is with. Raises Unfit for one that does not exist, or is of another kind."""
    name, key = path_of(path)
    other = find(name, key)
    if other is None:
        _unknown_other(path, name, field, vocabulary, find)
    _check_key(path, other, key, vocabulary)
    if other.type != field.type and {other.type, field.type} != {"wait", "duration"}:
        shown = f"{name} {key}" if key else name
        message = f"`{shown}` is of another kind than `{field.name}`, and the two cannot be compared"
        _refuse(path, message, f"Write {label_of(_measured(field))}, such as `{_example(field, vocabulary)}`.")
    return name, key


def _unknown_other(path: Node, name: str, field: Field, vocabulary: Vocabulary, find: Find) -> NoReturn:
    """Refuse a name that is no field: a number in words, a misspelling, or nothing that anybody knows."""
    from carespec.model.figures import meant  # wanted only when something is already wrong

    found = meant(path, _measured(field), vocabulary)
    if found is not None and found.told:
        figure = f"`{found.write[0]}`" if found.write else f"a figure, as in `{_example(field, vocabulary)}`"
        _refuse(path, f"{found.told}: write {figure}", f"Write {figure}.", found.write[0] if found.certain else None)
    known = (*vocabulary.case_fields, *vocabulary.fields)
    near = nearest(name, (each for each in known if _comparable(find(each, None), field)))
    asked = f"; did you mean `{near}`?" if near else ""
    message = f"`{name}` is nothing that `{field.name}` can be compared with{asked}"
    example = f"{label_of(_measured(field))}, such as `{_example(field, vocabulary)}`"
    fix = f"Write `{near}`." if near else f"Write {example}."
    first = path.children[0]
    unfit("unknown-condition", first, message, fix, near)


def _comparable(other: Field | None, field: Field) -> bool:
    return other is not None and _measured(other).type == _measured(field).type


def _check_key(path: Node, other: Field, key: str | None, vocabulary: Vocabulary) -> None:
    """Refuse a part that the field on the right does not have, or that is left out where it would mean several."""
    keys = vocabulary.keys(other)
    if other.name == PAY or (key is not None and (other.open_keys or key in keys)):
        return
    if key is None:
        return
    near = nearest(key, keys)
    asked = f"; did you mean `{near}`?" if near else ""
    message = f"`{key}` cannot follow `{other.name}`{asked}"
    fix = (
        f"Write `{other.name} {near}`."
        if near
        else f"Write `{other.name}`" + (" and one of its keys." if keys else ".")
    )
    unfit("unknown-condition", path, message, fix, f"{other.name} {near}" if near else None)


def _example(field: Field, vocabulary: Vocabulary) -> str:
    return example_of(_measured(field), vocabulary)


def _needs_words(tree: Node, field: Field, vocabulary: Vocabulary) -> None:
    """Refuse `includes` and `one of` for what is no list of words, nor one of them."""
    if field.type not in ("set", "scale", "choice", "code"):
        _refuse(tree, f"`{field.name}` is no list of words, nor one of them", _ask_for_value(field, vocabulary))


def _ask_for_value(field: Field, vocabulary: Vocabulary) -> str:
    asked = f"{field.name} {'includes' if field.type == 'set' else 'is'} "
    asked = "" if _is_measure(field, vocabulary) else asked
    return f"Ask for {label_of(field)}, as in `{asked}{example_of(field, vocabulary)}`."


def _refuse(tree: Tree, message: str, fix: str, write: str | None = None) -> NoReturn:
    unfit("wrong-type", tree, message, fix, write)
