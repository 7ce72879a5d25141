"""Files made to harm whoever opens them: nothing is fetched or written, and each is one clear refusal in bounded time.

Each attack is first seen to work where nothing holds it back.
"""

from __future__ import annotations

import random
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefing.confined import Bounds
from briefing.errors import CannotOpen
from briefing.intake.opening import apart, open_file, zipped
from briefing.intake.opening.kinds import kind_of
from briefing.intake.opening.opened import CannotRead, Reading
from briefing.intake.opening.plain import read_plain
from briefing.passages import clean
from tests.hostile import NAUGHTY
from tests.intake.opening import made

SECRET = "the-secret-of-the-house"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
LAUGHING = f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE w [<!ENTITY q "{"q" * 50_000}">]>'


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        open_file(data, name)
    (line, *_) = refused.value.lines()
    assert line.startswith(f"error: {name}")
    return line


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and what it has been asked for."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


# Entities


@pytest.mark.parametrize("doctype", [LAUGHING.replace("l8", "l3"), QUADRATIC.replace("50", "1"), '<!DOCTYPE w SYSTEM "w.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_word_file_that_declares_entities_is_refused_before_any_is_told(doctype: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w>text</w>'.encode(encoding)
    assert etree.fromstring(xml, etree.XMLParser(load_dtd=False)).text == "text", "elsewhere, it is read"

    assert "declares entities" in refusal(made.zipped({"word/document.xml": xml}), "a.docx")


def test_a_billion_laughs_and_a_quadratic_entity_cost_nothing() -> None:
    for doctype, body in ((LAUGHING, "&l8;"), (QUADRATIC, "&q;" * 50_000)):
        assert "declares entities" in refusal(made.word(made.said(body), before=doctype), "a.docx")


def test_no_entity_reads_a_file_or_calls_anyone(tmp_path: Path, canary: tuple[str, list[str]]) -> None:
    address, asked = canary
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    file = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    read = etree.fromstring(f"{file}<w>&x;</w>", etree.XMLParser(resolve_entities=True))
    assert read.text == SECRET, "unheld, the entity reads the secret"
    urlopen(f"{address}/heard").close()
    assert asked == ["/heard"], "who calls is heard"
    asked.clear()

    for doctype in (file, f'<!DOCTYPE w [<!ENTITY x SYSTEM "{address}/x">]>', f'<!DOCTYPE w SYSTEM "{address}/w.dtd">',
                    f'<!DOCTYPE w [<!ENTITY % p SYSTEM "{address}/p">%p;]>'):  # fmt: skip
        assert SECRET not in refusal(made.word(made.said("&x;"), before=doctype), "a.docx")
        page = f"{doctype}<html><p>&x; Words.</p></html>"
        assert SECRET not in open_file(page.encode(), "a.html").text
    assert asked == []


def test_a_page_and_a_mail_call_nobody(canary: tuple[str, list[str]]) -> None:
    address, asked = canary
    urlopen(f"{address}/heard").close()
    assert asked.pop() == "/heard", "who calls is heard"
    page = (
        f"<html><head><link rel=stylesheet href={address}/a><base href={address}/><meta http-equiv=refresh content='0;{address}/b'></head>"
        f"<body><p>Words.</p><img src={address}/c><iframe src={address}/d></iframe><script src={address}/e></script></body></html>"
    )
    message = made.mail()
    message.set_content(page, subtype="html")
    message.add_attachment("x", filename="x.txt")
    outside = b"From: a\nContent-Type: message/external-body; access-type=URL; URL=" + f'"{address}/f"\n\n\n'.encode()

    assert open_file(page.encode(), "a.html").text == "Words."
    assert open_file(message.as_bytes(), "a.eml").text == "Words."
    with suppress(CannotOpen):
        open_file(outside, "b.eml")
    assert asked == []


# Too much of anything


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = made.word(" " * 10_000_000)
    assert len(ZipFile(BytesIO(bomb)).read("word/document.xml")) > 10_000_000, "unheld, it unpacks"
    assert len(bomb) < 20_000

    assert "word/document.xml unpacks to more than" in refusal(bomb, "a.docx")


def test_a_zip_that_lies_about_the_size_of_a_part_is_refused() -> None:
    honest = made.word(made.said("x" * 5000))
    (size,) = (one.file_size for one in ZipFile(BytesIO(honest)).infolist() if one.filename.endswith("document.xml"))
    lying = honest.replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != honest

    assert "error: a.docx" in refusal(lying, "a.docx")


def test_a_zip_of_too_many_parts_two_of_one_name_or_with_a_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = made.zipped({"word/document.xml": b"<w/>", **{f"{n}": b"" for n in range(zipped.MAX_MEMBERS)}})
    assert "members; 5000 is the limit" in refusal(many, "a.docx")

    twice = made.zipped({"word/document.xml": b"<w/>", "word/document.xmL": b"<w/>"}).replace(b"document.xmL", b"document.xml")
    assert "two members of one name" in refusal(twice, "a.docx")

    locked = bytearray(made.word(made.said("x")))
    for at in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[at] |= 1
    assert "locked with a password" in refusal(bytes(locked), "a.docx")


def test_a_member_whose_name_leads_elsewhere_is_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    names = ("../../out.txt", "/tmp/out.txt", "..\\out.txt", "word/../../../out.txt")
    data = made.zipped({"word/document.xml": f'<w:p xmlns:w="{made.WORD}"><w:t>Words.</w:t></w:p>'.encode(), **dict.fromkeys(names, b"x")})

    assert open_file(data, "a.docx").text == "Words."
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", inner]


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_page_nested_too_deep_is_refused_and_not_cut_off_in_silence(depth: int) -> None:
    def page(levels: int) -> bytes:
        return ("<html><body>" + "<div>" * levels + "deep" + "</div>" * levels + "<p>after</p>").encode()

    assert open_file(page(200), "a.html").text == "deep\n\nafter"
    assert "nested deeper than 256 levels" in refusal(page(depth), "a.html")


def test_a_word_file_nested_too_deep_is_refused() -> None:
    def tables(levels: int) -> bytes:
        return made.word("<w:tbl><w:tr><w:tc>" * levels + made.said("deep") + "</w:tc></w:tr></w:tbl>" * levels)

    assert open_file(tables(9), "a.docx").text == "deep"
    assert "is not XML" in refusal(tables(9000), "a.docx")


@pytest.mark.parametrize("depth", [30, 3000])
def test_a_mail_nested_too_deep_is_refused(depth: int) -> None:
    def nested(levels: int) -> bytes:
        heads = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels)]
        return ("From: a@ministry.example\n" + "".join(heads) + "Content-Type: text/plain\n\ndeep\n").encode()

    assert open_file(nested(9), "a.eml").text == "deep"
    assert "nested deeper than 20 levels" in refusal(nested(depth), "a.eml")


def test_a_mail_of_a_thousand_parts_is_refused() -> None:
    head = b"From: a@ministry.example\nContent-Type: multipart/mixed; boundary=b\n\n"

    assert "more than 500 parts" in refusal(head + b"--b\nContent-Type: application/x\n\nx\n" * 1000, "a.eml")


def test_a_table_of_one_huge_cell_is_a_text_like_another() -> None:
    cell = "word " * 400_000

    assert len(open_file(f"<html><table><tr><td>{cell}</table>".encode(), "a.html").text) == len(cell) - 1


def pdf(content: bytes, *, pages: int = 1, filters: str = "/FlateDecode") -> bytes:
    """Return a PDF whose pages all have this content stream, already packed."""
    kids = b" ".join(b"%d 0 R" % number for number in (3, *range(6, 5 + pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
               b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    objects += [objects[2]] * (pages - 1)
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    size = len(objects) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + xref + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


def test_a_pdf_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages take minutes, one after the other, and little memory."""
    line = b"BT /F 9 Tf (Words.) Tj ET\n"
    assert open_file(pdf(zlib.compress(line)), "a.pdf").text == "Words.", "the same, once"
    monkeypatch.setattr(apart, "BOUNDS", Bounds(seconds=1))

    endless = pdf(zlib.compress(line * 40_000), pages=300)
    assert "it takes more than 1 seconds and was stopped" in refusal(endless, "a.pdf")


def test_a_pdf_that_unpacks_to_the_whole_memory_is_refused() -> None:
    twice = zlib.compress(zlib.compress(b"%" * 150_000_000, 1), 9)
    assert len(twice) < 1_000_000

    said = refusal(pdf(twice, filters="/FlateDecode /FlateDecode"), "a.pdf")
    assert "memory" in said or "Limit" in said or "limit" in said


def test_a_pdf_whose_pages_are_in_themselves_is_refused() -> None:
    loop = pdf(zlib.compress(b"BT ET")).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")

    assert "error: a.pdf" in refusal(loop, "a.pdf")


# Anything at all

WHOLE = {
    "docx": made.word(made.said("Both sides met.") + "<w:tbl><w:tr><w:tc>" + made.said("A") + "</w:tc></w:tr></w:tbl>", comments=b"<c/>"),
    "html": b"<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title></head><body><p>Both &amp; sides</p><table><tr><td>1</table></body></html>",
    "eml": made.mail("Both sides met.\n").as_bytes(),
    "pdf": pdf(zlib.compress(b"BT /F 9 Tf (Words.) Tj ET\n")),
    "text": "Café – “so”\n".encode("cp1252"),
}


def read(kind: str, data: bytes) -> Reading | None:
    """Read in this process: whatever a reader raises but `CannotRead` fails the test."""
    try:
        return read_plain(data) if kind == "text" else apart.reader(kind)(data)
    except CannotRead:
        return None


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_cut_off_anywhere_is_read_or_refused(kind: str) -> None:
    whole = WHOLE[kind]
    assert read(kind, whole), "whole, it is read"

    for end in range(0, len(whole), max(1, len(whole) // 60)):
        read(kind, whole[:end])


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_with_bytes_changed_at_random_is_read_or_refused(kind: str) -> None:
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(WHOLE[kind])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        read(kind, bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"From: a\n", b"\xff\xfe"]))
@example(b"\x00" * 50, b"")
def test_any_bytes_are_of_some_kind_and_are_read_or_refused(data: bytes, start: bytes) -> None:
    with suppress(CannotRead):
        read(kind_of(start + data, "a"), start + data)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200))
def test_any_text_in_utf_8_is_kept_sign_by_sign(text: str) -> None:
    assert read_plain(text.encode()).text == text.removeprefix("\ufeff")


def test_naughty_strings_are_kept_by_every_kind_of_file() -> None:
    for text in NAUGHTY:
        if "\x00" in text:
            assert "NUL" in refusal(text.encode(), "a.txt")
            continue
        assert clean(text).strip() in open_file(b"Words. " + text.encode(), "a.txt").text
    printable = [one for one in NAUGHTY if one.isprintable() and "\u00ad" not in one and "\u200b" not in one and "\ufeff" not in one]
    assert len(printable) > 5
    body = "".join(f"<p>{one.replace('&', '&amp;').replace('<', '&lt;')}</p>" for one in printable)
    shown = open_file(f"<html><meta charset=utf-8>{body}</html>".encode(), "a.html").text
    for one in printable:
        assert " ".join(one.split(" ")).strip() in shown or "  " in one
