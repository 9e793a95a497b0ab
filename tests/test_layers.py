"""Who may import whom: the walls of the house, read from the source of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DESKTOP = ROOT / "desktop"

STANDARD = sys.stdlib_module_names
NETWORK = {"socket", "http", "ssl", "requests", "urllib", "ftplib", "smtplib", "asyncio", "QtNetwork"}

# Room → (rooms it may import, packages from outside it may import).
ROOMS: dict[str, tuple[set[str], set[str]]] = {
    "errors": (set(), set()),
    "files": ({"errors"}, set()),
    "core": ({"errors"}, {"stdnum"}),
    "store": ({"errors", "files", "core"}, {"sqlite_utils", "sqlcipher3"}),
    "forms": ({"errors", "files", "core"}, {"reportlab", "openpyxl", "segno"}),
    "intake": ({"errors", "core"}, {"python_calamine", "olefile", "openpyxl"}),
    "sample": (set(), {"openpyxl"}),
    "paths": ({"errors"}, set()),
    "actions": ({"errors", "files", "core", "store", "forms", "intake", "sample", "paths"}, set()),
    "selftest": ({"errors", "core", "store", "forms", "sample", "paths", "actions"}, set()),
    "cli": ({"errors", "core", "forms", "paths", "actions", "selftest"}, set()),
    "gui": ({"errors", "core", "forms", "paths", "actions"}, {"PySide6", "pypdfium2"}),
    "__main__": ({"cli"}, set()),
    "__init__": (set(), set()),
}

# Within forms: folder → folders it may import besides itself and the modules that lie in `forms` itself.
FOLDERS_OF_FORMS: dict[str, set[str]] = {
    "language": set(),
    "reading": {"language"},
    "filling": {"language"},
    "paper": set(),
    "tables": set(),
}
# What lies in `forms` itself is values and what all folders share; the only folder it knows is the language.
SHARED_BY_FORMS = {"language"}


def room_of(path: Path) -> str:
    return path.relative_to(DESKTOP).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(path for path in DESKTOP.rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            for name in node.names:
                is_part = node.module == "PySide6" or (node.module == "desktop" and name.name in ROOMS)
                yield node.lineno, f"{node.module}.{name.name}" if is_part else str(node.module)


def fault(room: str, name: str) -> str:
    """Return the rule that an import breaks, or nothing."""
    rooms, packages = ROOMS[room]
    first, *rest = name.split(".")
    if first == "desktop":
        other = rest[0] if rest else "__init__"
        return "" if other in {room, "__init__"} | rooms else f"{room} may not import {other}"
    if NETWORK & {first, *rest}:
        return "nobody imports the network"
    return "" if first in STANDARD or first in packages else f"{room} may not import {first}"


def test_every_room_is_known() -> None:
    assert {room_of(path) for path in modules()} == set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {fault(room_of(path), name)}"
        for line, name in imports(tree)
        if fault(room_of(path), name)
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("path", sorted((DESKTOP / "forms").rglob("*.py")), ids=lambda path: path.stem)
def test_a_folder_of_forms_imports_only_what_it_may(path: Path) -> None:
    folder = path.relative_to(DESKTOP / "forms").parts[0]
    allowed = FOLDERS_OF_FORMS[folder] | {folder} if folder in FOLDERS_OF_FORMS else SHARED_BY_FORMS
    tree = ast.parse(path.read_text(encoding="utf-8"))
    broken = [
        f"{path.relative_to(ROOT)}:{line}: imports {name}"
        for line, name in imports(tree)
        if name.startswith("desktop.forms.")
        and name.split(".")[2] in FOLDERS_OF_FORMS
        and name.split(".")[2] not in allowed
    ]
    assert not broken, "\n".join(broken)


def test_folders_of_data_are_no_packages() -> None:
    assert not [p for name in ("packaging", "resources", "forms") for p in (ROOT / name).rglob("__init__.py")]


def run_alone(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_program_runs_where_qt_cannot_be_imported() -> None:
    done = run_alone(
        "import sys; sys.modules['PySide6'] = None; from desktop.cli.main import main; main(['forms'])"
    )
    assert done.returncode == 0, done.stderr
    assert "T02 《软件正版化情况统计表》" in done.stdout


def test_nothing_of_the_network_is_loaded_to_start() -> None:
    done = run_alone("import sys, desktop.cli.main; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & (NETWORK - {"urllib"}) == set()  # urllib.parse comes with pathlib
