"""Where the program's own files lie: forms, fonts, catalogue. Knows nothing of the clerk's data."""

from __future__ import annotations

import sys
from pathlib import Path


def program_root() -> Path:
    """Return the folder that holds `forms/` and `resources/`: the checkout, or the frozen program's folder."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parents[1]


def resources(*parts: str) -> Path:
    """Return the path of a file below `resources/`."""
    return program_root().joinpath("resources", *parts)


def bundled_forms() -> Path:
    """Return the folder of the official tables that ship with the program."""
    return program_root() / "forms"
