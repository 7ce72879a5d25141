"""The XMP of a PDF: that it is PDF/UA, and the record it was made from.

PDF/A-3 knows a fixed list of properties; an extension schema has to declare each one beyond it.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from briefing.notes.note import Note

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_UA = "http://www.aiim.org/pdfua/ns/id/"
_OURS = "urn:briefing:xmp:1:"
_EXTENSION = (
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)

Property = tuple[str, str, str, str]
"""Name, type, category and description."""

UA_PROPERTIES: tuple[Property, ...] = (("part", "Integer", "internal", "Part of ISO 14289"),)
OUR_PROPERTIES: tuple[Property, ...] = (
    ("basis", "Text", "external", "Digest of the record this note was made from"),
    ("heads", "Text", "external", "Digests of the newest events of that record"),
    ("kind", "Text", "external", "Kind of note"),
    ("request", "Text", "external", "What the note was asked for: subject, reference, edition, readers, options"),
)


def with_extensions(rdf: bytes, note: Note) -> bytes:
    """Return the RDF with PDF/UA-1, and what the note was made from and asked for, added and declared."""
    given = {"basis": note.basis, "heads": " ".join(note.heads), "kind": note.kind, "request": note.request}
    said = {name: value for name, value in given.items() if value}
    ours = "".join(f"<brief:{name}>{escape(value)}</brief:{name}>" for name, value in said.items())
    schemas = _schema("PDF/UA Universal Accessibility Schema", _UA, "pdfuaid", UA_PROPERTIES)
    schemas += _schema("Briefing provenance", _OURS, "brief", OUR_PROPERTIES)
    added = (
        f'<rdf:Description rdf:about="" {_RDF} xmlns:pdfuaid="{_UA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
        f'<rdf:Description rdf:about="" {_RDF} xmlns:brief="{_OURS}">{ours}</rdf:Description>'
        f'<rdf:Description rdf:about="" {_RDF} {_EXTENSION}><pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag>'
        "</pdfaExtension:schemas></rdf:Description>"
    )
    head, end, tail = rdf.rpartition(b"</rdf:RDF>")
    return head + added.encode() + end + tail


def _schema(title: str, uri: str, prefix: str, properties: tuple[Property, ...]) -> str:
    listed = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType><pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
        for name, kind, category, description in properties
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{listed}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
