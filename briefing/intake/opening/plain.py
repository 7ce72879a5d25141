"""Bytes → text, by evidence: nothing is decoded in silence to signs that nobody wrote."""

from __future__ import annotations

import codecs
import re

from briefing.intake.opening.opened import CannotRead, Reading

SAVE = "save it as UTF-8 and name it again"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_TRUSTED = re.compile(r"(utf_?(8|16|32)|iso8859|cp\d|koi8|gb|big5|euc|shift_jis|iso2022_(jp|kr)|mac_|tis_620)")
"""The encodings that a file may name; some others of Python decode anything, or take a day over it."""
_LATIN = {"ascii", "iso8859-1"}
"""What programs say that write Windows-1252; browsers take it for that too."""

_UTF8_PAIR = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FOREIGN_RUN = re.compile(r"[ŠšŽžŸƒÀ-ÖØ-öø-ÿ]{3}")
"""Western languages have two accented letters side by side, as in créée, and never three."""
_INSIDE_WORD = re.compile(r"[A-Za-zÀ-ÿ][¡-©¬®-¶¹¼-¿][a-zà-ÿ]")
"""Wa³êsa: Windows-1250, taken for Windows-1252."""
_MANY = 0.2
_TWICE = re.compile(r"(?:Ã[\u0080-\u00bf‚-™œž]|â€[\u0080-\u00bf‚-™œž])")
"""UTF-8 that was once taken for Windows-1252: FranÃ§ois, donâ€™t."""


def read_plain(data: bytes, *, declared: str = "") -> Reading:
    """Return a text file as it stands."""
    text, encoding = decoded(data, declared=declared)
    return Reading(text, encoding, remarks=spoilt(text))


def decoded(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """Return a text and the encoding it was read in, as people call it.

    A byte order mark decides, then what the file declares, then whether it is UTF-8; else it is taken
    for Windows-1252 where all its signs are such as Western texts have. Raises `CannotRead` for the rest.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), name.upper().removesuffix("-LE").removesuffix("-BE")
    if (name := _codec(declared)) and name not in {"utf-8", "cp1252"}:
        return _strictly(data, name), f"{name}, as it says"
    if b"\0" in data and (sixteen := _sixteen(data)):
        return _strictly(data, sixteen), "UTF-16, by its bytes"
    try:
        text, encoding = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as fault:
        text, encoding = _without_mark(data, fault, said=name == "cp1252")
    if "\x00" in text:
        raise CannotRead("it is no text: it holds NUL bytes", "name a text, HTML, Word, PDF or mail file")
    return text, encoding


def spoilt(text: str) -> tuple[str, ...]:
    """Return a remark where a text holds signs of having been decoded wrongly before it came here."""
    found = _TWICE.search(text)
    if not found:
        return ()
    start, end = max(found.start() - 10, 0), found.end() + 10
    around = " ".join(text[start:end].split())
    return (f"“{around}” looks as if it had been decoded wrongly before; ask for the text as it was written",)


def _codec(declared: str) -> str:
    """Return the name of an encoding that may be trusted to decode; empty for any other."""
    try:
        name = codecs.lookup(declared).name if declared.isascii() and "\0" not in declared else ""
    except LookupError:
        return ""
    if name in _LATIN:
        return "cp1252" if name == "iso8859-1" else ""
    return name if _TRUSTED.match(name.replace("-", "_")) else ""


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeError as fault:
        at = getattr(fault, "start", len(data))
        raise CannotRead(f"it is not {name}, as it says: byte {at} cannot be read", SAVE) from fault
    if "\x00" in text:
        raise CannotRead("it is no text: it holds NUL signs", "name a text, HTML, Word, PDF or mail file")
    return text


def _without_mark(data: bytes, fault: UnicodeDecodeError, *, said: bool) -> tuple[str, str]:
    """Return a text that is no UTF-8, as Windows-1252 where its signs are those of a Western text."""
    line = data.count(b"\n", 0, fault.start) + 1
    what = f"it is not UTF-8: byte 0x{data[fault.start]:02x} at {fault.start}"
    pairs = len(_UTF8_PAIR.findall(data))
    if pairs and not said:
        raise CannotRead(f"{what}, though other signs in it are", SAVE, line=line)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise CannotRead(f"{what}, and no Windows-1252 either", SAVE, line=line) from None
    many = sum(sign > "\x7f" and sign.isalpha() for sign in text) > max(3, _MANY * len(data))
    foreign = many or _FOREIGN_RUN.search(text) or _INSIDE_WORD.search(text)
    if _UNPRINTED.search(text):
        raise CannotRead(f"{what}, and it holds control characters: it is no text", SAVE, line=line)
    if foreign and not said:
        raise CannotRead(f"{what}, and its signs are not those of a Western text", SAVE, line=line)
    return text, "Windows-1252, as it says" if said else "Windows-1252, by its bytes"


def _sixteen(data: bytes) -> str:
    """Return which UTF-16 has no mark here: every other byte of Western text is NUL."""
    if len(data) % 2 or len(data) < 4:
        return ""
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""
