"""Walks through XML that may be hostile: no document types, no entities, a piece at a time. Knows no workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 20

Element = tuple[str, dict[str, str]]
Start = Callable[[str, dict[str, str]], None]


class BadXmlError(Exception):
    """The XML is damaged, or declares entities, which no spreadsheet program does."""


def walk(
    file: IO[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` for what the XML holds, in order. Raises BadXmlError when it cannot be parsed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for chunk in chunks(file):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  # the parser takes "this is the end" by position only
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: encodings nobody knows
        raise BadXmlError from error


def elements(file: IO[bytes]) -> list[Element]:
    """Return tag and attributes of every element of a small member. Raises BadXmlError when it cannot be parsed."""
    found: list[Element] = []
    walk(file, lambda tag, attributes: found.append((tag, attributes)))
    return found


def _refuse_document_type(*_: object) -> None:
    raise BadXmlError


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file, a piece at a time."""
    while chunk := file.read(_CHUNK):
        yield chunk
