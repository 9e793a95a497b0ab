"""The sample county, made once for all tests of this folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.sample.county import load_data, make_county
from desktop.sample.material import Data
from desktop.sample.rows import County

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def data() -> Data:
    return load_data(RESOURCES / "sample" / "county.toml")


@pytest.fixture(scope="session")
def county(data: Data) -> County:
    return make_county(data=data)


@pytest.fixture(scope="session")
def sheets() -> dict[str, dict[str, Any]]:
    described = tomllib.loads((RESOURCES / "intake" / "sheets.toml").read_text(encoding="utf-8"))
    return {sheet["subject"]: sheet for sheet in described["sheet"]}
