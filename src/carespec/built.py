"""What was made from `grammar/` and `specs/` beforehand: parser tables, answers to mistakes, vocabularies,
calendars, guidance packs.

A wheel carries it as the module `carespec._built`, made when the wheel was built. A checkout makes it on first use
and whenever the files change, and keeps it in `.carespec-built/`, named by a digest of those files. So the everyday
commands import neither Lark nor YAML (docs/decisions/0002).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from carespec.resources import SOURCES, checkout, data_dir, in_checkout, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

KEPT_IN = ".carespec-built"
_READ_BY = ("generate", "guidance", "model", "syntax")
"""The code that reads them: what it makes of the same files may change with it."""


@cache
def built() -> dict[str, Any]:
    """The data: "grammar", "mistakes", "flaws", "packs"; "vocabularies", "calendars" and "assumptions" by name."""
    if in_checkout():
        return _from_checkout()
    from importlib import import_module

    return _data(import_module("carespec._built"))


def _from_checkout() -> dict[str, Any]:
    path = os.path.join(checkout(), KEPT_IN, f"built_{_digest()}.py")
    if not os.path.isfile(path):
        from carespec.generate.built_data import module_text

        text = module_text()
        try:
            _write(path, text)
        except OSError:  # a checkout that cannot be written to works too, more slowly
            return _run(text)
    return _load(path)


def _digest() -> str:
    """Of every file that the data is made from, and of the code that makes it."""
    from hashlib import sha256

    digest = sha256()
    for path in _files():
        digest.update(os.path.basename(path).encode() + b"\0" + read_text(path).encode() + b"\0")
    return digest.hexdigest()[:16]


def _files() -> Iterator[str]:
    folders = [os.path.join(data_dir(name.split("/")[0]), *name.split("/")[1:]) for name in SOURCES]
    folders += [os.path.join(os.path.dirname(os.path.abspath(__file__)), name) for name in _READ_BY]
    for folder in folders:
        for entry in sorted(os.listdir(folder)):
            if entry.endswith((".lark", ".yaml", ".json", ".guidance", ".py")):
                yield os.path.join(folder, entry)


def _write(path: str, text: str) -> None:
    """Write beside and move into place, so that two runs at once never read half a file."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.{os.getpid()}"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.remove(beside)
        raise


def _load(path: str) -> dict[str, Any]:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("carespec._built", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["carespec._built"] = module
    spec.loader.exec_module(module)
    return _data(module)


def _run(text: str) -> dict[str, Any]:
    """The data of a module that was never written."""
    from types import ModuleType

    module = ModuleType("carespec._built")
    exec(text, module.__dict__)
    return _data(module)


def _data(module: ModuleType) -> dict[str, Any]:
    return module.DATA  # type: ignore[no-any-return]
