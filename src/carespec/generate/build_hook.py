"""Adds `carespec/_built.py` to a wheel: what Lark and the vocabularies give, made once when the wheel is built.

An editable install gets none: there the data is made on first use and follows every change of `grammar/` and `specs/`.
"""

from __future__ import annotations

import os
import sys
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltData(BuildHookInterface[Any]):
    """The hook that hatchling finds in this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the module and have it included, except in an editable install."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        try:
            from carespec.generate.built_data import module_text

            path = os.path.join(mkdtemp(), "_built.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write(module_text())
        finally:
            sys.path.pop(0)
        build_data["force_include"][path] = "carespec/_built.py"
