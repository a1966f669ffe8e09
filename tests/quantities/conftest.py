"""What the tests of measures share: the calendar that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from carespec.quantities.working_days import WorkingDays, from_rows

CALENDAR = Path(__file__).parents[2] / "specs" / "calendars" / "england.yaml"


@pytest.fixture(scope="session")
def calendar_text() -> str:
    return CALENDAR.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def calendar_data(calendar_text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(calendar_text)
    return data


@pytest.fixture(scope="session")
def england(calendar_data: dict[str, Any]) -> WorkingDays:
    return from_rows(calendar_data["name"], calendar_data["version"], calendar_data["rows"])
