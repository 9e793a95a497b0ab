#!/usr/bin/env python3
"""Set the project up and run it: `python3 dev.py demo|test|run|check|bench`.

Standard library only. Makes `.venv` from the hash-pinned lock once and re-uses it as long as the lock and
the project file stay the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCK = ROOT / "packaging" / ("requirements-windows.lock" if WINDOWS else "requirements-host.lock")
STAMP = VENV / "zhengban.stamp"

# Compiled modules that need a library of the system, and the Debian package that brings it.
COMPILED = ("sqlcipher3", "python_calamine", "PIL")
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
}

COMMANDS: dict[str, list[list[str]]] = {
    "demo": [["-m", "desktop", "demo", "--out", "demo-out"]],
    "run": [["-m", "desktop"]],
    "test": [["-m", "pytest", "-m", "not bench"]],
    "bench": [["-m", "pytest", "-m", "bench", "-s", "-q"]],
    "check": [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-m", "pytest", "-m", "not bench"],
    ],
}


def stamp() -> str:
    """Return what the environment was made from, so that a change makes it anew."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def fail(message: str) -> None:
    """Say what is missing and stop."""
    print(f"dev.py: {message}", file=sys.stderr)
    raise SystemExit(2)


def make_environment() -> None:
    """Make `.venv` from the lock unless it is already there and up to date."""
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp():
        return
    if sys.version_info < (3, 11):
        fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        fail("a virtual environment could not be made; on Debian: apt-get install python3-venv")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for step in (
        # The lock is whole: without --no-deps an older pip looks for a newer package behind an extra of a pinned one.
        [*pip, "--no-deps", "--require-hashes", "-r", str(LOCK)],
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ):
        if subprocess.run(step, check=False, cwd=ROOT).returncode:
            fail("installing failed; the lines above say why.")
    check_system_libraries()
    STAMP.write_text(stamp(), encoding="utf-8")


def check_system_libraries() -> None:
    """Name the Debian package of a shared library that a compiled module misses."""
    for module in COMPILED:
        tried = subprocess.run(
            [str(PYTHON), "-c", f"import {module}"], check=False, capture_output=True, text=True
        )
        if tried.returncode == 0:
            continue
        missing = re.search(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object", tried.stderr)
        if missing is None:
            fail(f"{module} does not load:\n{tried.stderr}")
        else:
            library = missing.group(1)
            package = DEBIAN_PACKAGES.get(library, f"the package that holds {library}")
            fail(f"{module} misses {library}; on Debian: apt-get install {package}")


def main(arguments: list[str]) -> int:
    """Set up, then run the steps of one command; further arguments go to its last step."""
    if not arguments or arguments[0] not in COMMANDS:
        fail(f"usage: python3 dev.py {'|'.join(COMMANDS)} [arguments]")
    make_environment()
    *first, last = COMMANDS[arguments[0]]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    folder = None if arguments[0] == "run" else ROOT  # the files that a person names lie where the person is
    worst = 0
    for step in [*first, [*last, *arguments[1:]]]:
        done = subprocess.run([str(PYTHON), *step], check=False, cwd=folder, env=environment)
        worst = worst or done.returncode
    return worst


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
