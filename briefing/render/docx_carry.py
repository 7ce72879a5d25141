"""What a Word file carries besides its words: properties that people see, and a part for `briefing verify`."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from briefing.notes.note import Note

SPACE = "urn:briefing:note:1"
"""The namespace of the custom XML part."""

PART = "/customXml/item1.xml"
_PART_ID = "{6F0B8D52-3B53-4E0B-9A51-1F6A3F2C7D10}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST = 255
"""Characters that a custom property can hold."""


def carry(package: Any, note: Note) -> None:
    """Put basis and kind into the custom properties, and what verifies the note into a custom XML part.

    A note without a basis carries nothing.
    """
    if not note.basis:
        return
    _add(package, package, "/docProps/custom.xml", f"{_OFFICE}/relationships/custom-properties",
         "application/vnd.openxmlformats-officedocument.custom-properties+xml", _properties(note))  # fmt: skip
    if not note.request:
        return
    document = package.main_document_part
    part = _add(package, document, PART, f"{_OFFICE}/relationships/customXml", "application/xml", _carried(note))
    _add(package, part, "/customXml/itemProps1.xml", f"{_OFFICE}/relationships/customXmlProps",
         "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", _identity())  # fmt: skip


def _add(package: Any, bearer: Any, name: str, relation: str, kind: str, content: str) -> Any:
    part = Part(PackURI(name), kind, (_HEAD + content).encode(), package)
    bearer.relate_to(part, relation)
    return part


def _properties(note: Note) -> str:
    said = {"briefing.basis": note.basis, "briefing.kind": note.kind}
    kept = ((n, name, escape(value[:_LONGEST])) for n, (name, value) in enumerate(said.items(), 2))
    rows = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{n}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for n, name, value in kept
    )
    return f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{rows}</Properties>'


def _carried(note: Note) -> str:
    said = {"heads": " ".join(note.heads), "request": note.request, "evidence": note.evidence}
    rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items() if value)
    return f'<note xmlns="{SPACE}">{rows}</note>'


def _identity() -> str:
    space = f"{_OFFICE}/customXml"
    return (f'<ds:datastoreItem ds:itemID="{_PART_ID}" xmlns:ds="{space}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>')  # fmt: skip
