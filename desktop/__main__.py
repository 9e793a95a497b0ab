"""Starts the program."""

from __future__ import annotations

from desktop.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
