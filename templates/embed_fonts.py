"""The faces of the paper inside `note.docx`, so that Word and LibreOffice set it as the PDF is set.

Latin letters only: a font's other scripts would make each paper a megabyte larger. Where a program
does not read embedded fonts, the font table names the nearest that offices have.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from fontTools import subset
from fontTools.ttLib import TTFont

FACES: dict[str, dict[str, str]] = {
    "Source Serif 4": {
        "Regular": "SourceSerif4_400Regular.ttf",
        "Bold": "SourceSerif4_600SemiBold.ttf",
        "Italic": "SourceSerif4_400Regular_Italic.ttf",
    },
    "Source Sans 3": {"Regular": "SourceSans3_400Regular.ttf", "Bold": "SourceSans3_700Bold.ttf"},
}
"""Family → face → file; Word slants and emboldens what is not here."""

LETTERS = (range(0x20, 0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2070), range(0x20A0, 0x20C0), (0x2212,))
"""Latin with its marks, punctuation, currencies and minus; the shapes of flags come from one font, which is not these."""

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def embedded(family: str, table: Any) -> str:
    """Put the faces of a family into the file and return what names them in the font table."""
    names = []
    for face, file in FACES.get(family, {}).items():
        font = latin(Path(__file__).parent / "fonts" / file, family if face == "Bold" else "")
        key = hashlib.sha256(font).hexdigest()[:32].upper()
        path = PackURI(f"/word/fonts/{family.replace(' ', '')}{face}.odttf")
        relation = table.relate_to(Part(path, CONTENT_TYPE, hidden(font, key), table.package), RELATION)
        guid = "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))
        names.append(f'<w:embed{face} r:id="{relation}" w:fontKey="{{{guid}}}"/>')
    return "".join(names)


def latin(path: Path, bold_of: str = "") -> bytes:
    """Return the font with its Latin letters only, as the bold of a family where it is; the same bytes every time."""
    font = TTFont(path, recalcTimestamp=False)
    if bold_of:
        as_bold(font, bold_of)
    options = subset.Options(name_IDs="*", notdef_outline=True, recalc_timestamp=False)
    work = subset.Subsetter(options)
    work.populate(unicodes=[letter for letters in LETTERS for letter in letters])
    work.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def as_bold(font: TTFont, family: str) -> None:
    """Let a face pass for the bold of its family, which is what Word asks for: the semibold is what the PDF has."""
    names = {1: family, 2: "Bold", 4: f"{family} Bold", 6: f"{family.replace(' ', '')}-Bold"}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in {16, 17}:
            font["name"].names.remove(record)
    font["OS/2"].usWeightClass = 700
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
    font["head"].macStyle |= 1


def hidden(font: bytes, key: str) -> bytes:
    """Return the font as a Word file keeps it: its first 32 bytes combined with the key (ECMA-376, part 4)."""
    mask = bytes.fromhex(key)[::-1] * 2
    return bytes(one ^ two for one, two in zip(font, mask, strict=False)) + font[32:]
