"""Our named tuples are those of typing: the same class is made of the same body by both, and compared."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any, NamedTuple

import pytest

from carespec import tuples


class Theirs(NamedTuple):
    """A record."""

    name: str
    size: int = 3
    rest: tuple[str, ...] = ()

    @property
    def half(self) -> float:
        """Half the size."""
        return self.size / 2


class Ours(tuples.NamedTuple):
    """A record."""

    name: str
    size: int = 3
    rest: tuple[str, ...] = ()

    @property
    def half(self) -> float:
        """Half the size."""
        return self.size / 2


class Nothing(tuples.NamedTuple):
    """No fields."""


def told(call: Any) -> Any:
    """What a call gives, or the kind of its error and what it says after the name of the function."""
    try:
        return call()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error).split("()")[-1].replace("Theirs", "").replace("Ours", "")


@pytest.mark.parametrize(
    "use",
    [
        lambda kind: tuple(kind("a")),
        lambda kind: tuple(kind("a", rest=("b",))),
        lambda kind: (kind("a").name, kind("a").size, kind("a", 5).half),
        lambda kind: kind("a", 1) == ("a", 1, ()),
        lambda kind: hash(kind("a")) == hash(("a", 3, ())),
        lambda kind: repr(kind("a")).removeprefix(kind.__name__),
        lambda kind: tuple(kind("a")._replace(size=9)),
        lambda kind: kind("a")._asdict(),
        lambda kind: tuple(kind._make(["a", 1, ()])),
        lambda kind: kind._make(["a"]),
        lambda kind: kind("a")._replace(colour=1),
        lambda kind: kind(),
        lambda kind: kind("a", 1, (), 4),
        lambda kind: kind("a", colour=1),
        lambda kind: setattr(kind("a"), "size", 4),
        lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__slots__, kind.__doc__),
        lambda kind: (type(kind), kind.__module__, [*kind.__annotations__], kind.size.__doc__),
        lambda kind: [(one.name, one.default, one.kind) for one in inspect.signature(kind).parameters.values()],
        lambda kind: isinstance(pickle.loads(pickle.dumps(kind("a", 7))), kind),
        lambda kind: tuple(pickle.loads(pickle.dumps(kind("a", 7)))),
        lambda kind: tuple(copy.deepcopy(kind("a", rest=("x",)))),
        lambda kind: kind("a") < kind("b"),
        lambda kind: hasattr(kind("a"), "__dict__"),
    ],
)
def test_ours_do_what_theirs_do(use: Any) -> None:
    assert told(lambda: use(Ours)) == told(lambda: use(Theirs))


def test_a_match_takes_them_apart() -> None:
    match Ours("a", 4):
        case Ours(name, size):
            assert (name, size) == ("a", 4)


def test_a_class_without_fields_is_the_empty_tuple() -> None:
    assert Nothing() == ()


def test_a_field_without_a_default_follows_none_that_has_one() -> None:
    with pytest.raises(TypeError, match="without a default"):
        exec("class Bad(NamedTuple):\n    a: int = 1\n    b: int\n", {"NamedTuple": tuples.NamedTuple})
