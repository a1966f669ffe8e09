"""Layers are declared once, here, bottom to top: a module imports only from layers below its own.

`TYPE_CHECKING` imports count too: a record that a lower layer cannot name is in the wrong place.
"""

from __future__ import annotations

import ast
import os

import pytest

from support import TOP

LAYERS = (
    ("tuples", "folding"),
    ("resources", "source", "quantities", "memory", "tables", "clock", "spelling"),
    ("records", "syntax.tree"),
    ("syntax.driver", "overview"),
    ("built",),
    ("syntax", "vocabulary"),
    ("model.conditions", "model.tokens"),
    ("model.facts",),
    ("model",),
    ("flags", "coming", "cases", "rules", "exchange", "assumptions"),
    ("payments",),
    ("incentives.episode", "incentives.portfolio"),
    ("incentives.patterns",),
    ("journeys", "incentives.text"),
    ("guidance", "incentives"),
    ("compare", "checks"),
    ("changes",),
    ("results", "rewarded", "unseen"),
    ("engine", "processes", "paths", "pages", "words", "language_words", "forms", "questions"),
    ("config", "baseline", "cache"),
    ("fixes", "assurance", "corpus"),
    ("workspace",),
    ("brief",),
    ("summary", "about"),
    ("trials",),
    ("reporters",),
    ("cli", "generate"),
    ("launch",),
)

EXCEPTIONS = {
    ("built", "generate"): "a checkout makes its data on first use; an installed wheel never goes there",
    ("carespec", "workspace"): "`carespec.load` and `carespec.Workspace` are imported only when asked for",
    ("workspace", "carespec"): "the version of the program stands at its top",
    ("cli", "carespec"): "the version of the program stands at its top",
}


def layer_of(module: str) -> tuple[int, str]:
    """The layer of a module and the declared name that covers it: the longest that fits."""
    names = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    fitting = [name for name in names if module == name or module.startswith(f"{name}.")]
    assert fitting, f"{module} is in no declared layer"
    best = max(fitting, key=len)
    return names[best], best


def modules() -> list[tuple[str, str]]:
    base = os.path.join(TOP, "src", "carespec")
    found = []
    for here, _, names in os.walk(base):
        for name in names:
            if name.endswith(".py") and name not in ("__main__.py", "_built.py"):
                path = os.path.join(here, name)
                dotted = os.path.relpath(path, base)[:-3].replace(os.sep, ".").removesuffix(".__init__")
                found.append((dotted, path))
    return sorted(found)


def imported(path: str) -> set[str]:
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "carespec":
            inner = node.module.removeprefix("carespec").lstrip(".")
            names |= {f"{inner}.{alias.name}".lstrip(".") for alias in node.names}
    return names


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: value if os.sep not in value else "")
def test_imports_point_down(module: str, path: str) -> None:
    if module == "__init__":
        return
    mine, own = layer_of(module)
    for name in imported(path):
        if name == "__version__":
            continue
        theirs, other = layer_of(name)
        allowed = theirs < mine or own == other or (own, other) in EXCEPTIONS
        assert allowed, f"{module} imports {name}, which is not below it"


def test_no_file_is_too_long() -> None:
    for module, path in modules():
        with open(path, encoding="utf-8") as file:
            assert len(file.readlines()) <= 400, f"{module}: does it still do one thing?"
