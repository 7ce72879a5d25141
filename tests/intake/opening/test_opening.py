"""Files of others are opened as a reader sees them: text, HTML, Word, PDF and mail."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from briefing.errors import CannotOpen, NoInput
from briefing.intake.opening import open_file, open_path
from briefing.passages import find_quote, paragraphs
from tests.intake.opening.made import mail, printed, said, word, zipped

SENTENCE = "Both sides reviewed progress on the Bilateral Trade Agreement and agreed to meet again in New Delhi in the autumn."


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        open_file(data, name)
    assert refused.value.exit_code == 3
    return "\n".join(refused.value.lines())


# Text


@pytest.mark.parametrize(("data", "text", "encoding"), [
    ("Café – “so”".encode(), "Café – “so”", "UTF-8"),
    (b"\xef\xbb\xbfCafe\xcc\x81", "Café", "UTF-8"),
    ("Café नमस्ते".encode("utf-16"), "Café नमस्ते", "UTF-16"),
    ("Talks in Café".encode("utf-16-le"), "Talks in Café", "UTF-16, by its bytes"),
    ("Talks in Café".encode("utf-16-be"), "Talks in Café", "UTF-16, by its bytes"),
    ("Talks".encode("utf-32"), "Talks", "UTF-32"),
    ("The Ministry’s “clé” – São Paulo, Zürich, créée".encode("cp1252"), "The Ministry’s “clé” – São Paulo, Zürich, créée", "Windows-1252, by its bytes"),
])  # fmt: skip
def test_a_text_is_decoded_by_evidence_and_says_how(data: bytes, text: str, encoding: str) -> None:
    opened = open_file(data, "a.txt")

    assert (opened.text, opened.encoding, opened.kind) == (text, encoding, "text")
    assert opened.sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(("data", "what"), [
    ("Встреча в Москве".encode("cp1251"), "not those of a Western text"),
    ("Встреча в Москве".encode("koi8-r"), "not those of a Western text"),
    ("会談は東京で行われた".encode("shift_jis"), "not"),
    ("Lech Wałęsa met the Minister".encode("iso8859-2"), "not those of a Western text"),
    ("Talks in Zürich, créée, and São".encode() + b"\xe9", "though other signs in it are"),
    (b"Talks \x81\x8d", "no Windows-1252 either"),
    (b"\xff\xfeT\x00\x00\xd8", "it is not utf-16-le, as it says"),
    (b"Caf\xe9 \x01\x02", "control characters"),
    (b"Talks\x00\x01\x02", "NUL bytes"),
    (b"", "it is empty"),
    (b" \r\n ", "it is empty"),
    (b"<html><p> </p></html>", "no words in it"),
])  # fmt: skip
def test_a_text_whose_signs_would_be_guessed_is_refused(data: bytes, what: str) -> None:
    assert what in refusal(data, "a.txt")


def test_the_line_of_the_first_byte_that_cannot_be_read_is_named() -> None:
    assert refusal(b"one\ntwo \x81\n", "a.txt").startswith("error: a.txt:2: it is not UTF-8: byte 0x81 at 8")


def test_a_text_that_was_spoilt_before_it_came_says_so() -> None:
    spoilt = open_file("FranÃ§ois donâ€™t".encode(), "a.txt")

    assert "FranÃ§ois" in spoilt.remarks[0]
    assert open_file("François don’t Ã la carte".encode(), "a.txt").remarks == ()


# HTML


def test_a_page_is_what_its_reader_sees() -> None:
    page = """<!DOCTYPE html><html><head><title>Talks &amp; tea</title><meta name="author" content="Press Office">
    <meta property="article:published_time" content="2025-05-31T08:00:00Z"><style>p { color: red }</style></head>
    <body><h1>Talks</h1><script>alert('no')</script><p>Both <b>sides</b>
      met&nbsp;at&#8239;noon &lt;sharp&gt;.<br>They left.</p><!-- secret --><p hidden>hidden</p>
    <p style="display: none">hidden</p><div aria-hidden="true">hidden</div><noscript>hidden</noscript>
    <ul><li>one</li><li>two</li></ul><table><tr><th>Name</th><th>Post</th></tr><tr><td>A. Rao</td><td>Secre&shy;tary</td></tr></table>
    <select><option>hidden</option></select></body></html>"""
    opened = open_file(page.encode(), "a.html")

    assert opened.text == (
        "Talks\n\nBoth sides met\u00a0at\u202fnoon <sharp>.\nThey left.\n\none\n\ntwo\n\nName\tPost\nA. Rao\tSecretary"
    )
    assert opened.facts == {"title": "Talks & tea", "author": "Press Office", "date": "2025-05-31T08:00:00Z"}
    assert opened.kind == "html"


def test_a_page_is_read_in_the_encoding_that_it_declares_unless_it_cannot_be() -> None:
    page = "<html><meta charset='windows-1251'><p>Встреча в Москве</p></html>"

    assert open_file(page.encode("cp1251"), "a.html").text == "Встреча в Москве"
    assert open_file(page.encode("cp1251"), "a.html").encoding == "cp1251, as it says"
    assert "cannot be read" in refusal(page.replace("windows-1251", "gb18030").encode("cp1251") + b"\xff", "a.html")
    unknown = open_file(b"<html><meta charset='no-such'><p>Caf\xe9 in Paris</p></html>", "a.html")
    assert (unknown.text, unknown.encoding) == ("Café in Paris", "Windows-1252, by its bytes")


# Word


def test_a_word_file_is_its_paragraphs_tables_and_footnotes() -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Note of talks", "Desk"
    document.add_heading("Talks", 1)
    document.add_paragraph("Both sides met.").add_run(" They spoke of steel.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Name", "Post", "A. Rao", "Secretary"), strict=True):
        cell.text = text
    out = BytesIO()
    document.save(out)
    opened = open_file(out.getvalue(), "a.docx")

    assert opened.text == "Talks\n\nBoth sides met. They spoke of steel.\n\nName\tPost\n\nA. Rao\tSecretary"
    assert (opened.facts["title"], opened.facts["author"], opened.kind) == ("Note of talks", "Desk", "docx")


def test_of_a_word_file_with_changes_the_text_as_it_would_be_accepted_is_read_and_it_says_so() -> None:
    body = (
        said("A.")
        + "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>refused</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>agreed</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r>"
        + "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>now.</w:t><w:br/><w:t>Soon.</w:t></w:r></w:p>"
    )
    notes = f'<w:footnotes xmlns:w="{WORD_NS}"><w:footnote w:type="separator"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote><w:footnote>{said("In a letter.")}</w:footnote></w:footnotes>'
    opened = open_file(word(body, footnotes=notes.encode(), comments=b"<c/>"), "a.docx")

    assert opened.text == "A.\n\nThey agreed\tnow.\nSoon.\n\nIn a letter."
    assert opened.remarks == ("left out: text that is hidden, what is struck out in its changes, comments",)


WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# PDF


def test_a_pdf_is_its_words_with_sentences_in_one_piece() -> None:
    data = printed(f"<title>Readout</title><h1>Talks</h1><p>{SENTENCE} {SENTENCE}</p><p>The Minister thanked them.</p>")
    opened = open_file(data, "a.pdf")

    assert find_quote(opened.text, SENTENCE)
    assert SENTENCE in opened.text
    assert "\nThe Minister thanked them." in opened.text
    assert (opened.facts["title"], opened.kind) == ("Readout", "pdf")


def test_a_pdf_without_words_is_said_to_be_a_scan_and_a_page_without_words_is_named() -> None:
    assert "there are no words in its 2 pages: it may be a scan" in refusal(_blank_pages(2), "a.pdf")

    writer = PdfWriter(clone_from=BytesIO(printed("<p>Words.</p>")))
    writer.add_blank_page()
    mixed = BytesIO()
    writer.write(mixed)
    assert open_file(mixed.getvalue(), "a.pdf").remarks == ("no words on page 2: pictures or a scan",)


def test_a_pdf_with_a_password_and_one_with_too_many_pages_are_refused() -> None:
    writer = PdfWriter(clone_from=BytesIO(printed("<p>Words.</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)

    assert "it is locked with a password" in refusal(locked.getvalue(), "a.pdf")
    assert "it has 301 pages; 300 is the limit" in refusal(_blank_pages(301), "a.pdf")


def _blank_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


# Mail


def test_a_mail_is_its_plain_text_with_who_sent_it_to_whom_and_when() -> None:
    message = mail("Wir trafen uns in Zürich.\n", subject="Gespräch über Zölle", from_="Jürgen <j@ministry.example>")
    message.add_alternative("<p>HTML</p>", subtype="html")
    opened = open_file(message.as_bytes(), "a.eml")

    assert opened.text == "Wir trafen uns in Zürich."
    assert opened.facts["subject"] == opened.facts["title"] == "Gespräch über Zölle"
    assert opened.facts["from"] == "Jürgen <j@ministry.example>"
    assert opened.facts["date"] == "2025-06-03T18:30:00+05:30"
    assert (opened.kind, opened.attachments) == ("eml", ())


def test_a_mail_in_html_alone_is_read_as_a_page_and_in_its_own_charset() -> None:
    message = mail()
    message.set_content("<p>Caf\u00e9<script>no</script></p>", subtype="html", charset="iso-8859-1", cte="quoted-printable")

    assert open_file(message.as_bytes(), "a.eml").text == "Café"


def test_what_a_mail_carries_can_be_opened_in_its_turn() -> None:
    message = mail()
    message.add_attachment(word(said("In Word.")), maintype="application", subtype="octet-stream", filename="../../talks.docx")
    message.add_attachment(mail("Inside.\n", subject="The inner one"))
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar")
    opened = open_file(message.as_bytes(), "no ending")

    assert opened.text == "We met on 3 June 2025."
    assert [one.name for one in opened.attachments] == ["talks.docx", "The inner one.eml", "attachment 3.ics"]
    assert open_file(opened.attachments[0].data, opened.attachments[0].name).text == "In Word."
    assert open_file(opened.attachments[1].data, opened.attachments[1].name).text == "Inside."


def test_lines_that_a_mail_program_broke_are_joined() -> None:
    broken = "Both sides reviewed progress on the Bilateral Trade Agreement and\nagreed to meet again in New Delhi in the autumn.\n\nYours,\nA. Rao\n"
    assert SENTENCE in open_file(mail(broken).as_bytes(), "a.eml").text
    assert open_file(mail(broken).as_bytes(), "a.eml").text.endswith("\n\nYours,\nA. Rao")

    flowed = mail("x").as_bytes().replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed').replace(b"\nx\n", b"\nBoth \nsides.\n-- \nRao\n")
    assert open_file(flowed, "a.eml").text == "Both sides.\n-- \nRao"


# What is none of these


@pytest.mark.parametrize(("data", "name", "what"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.doc", "older Office"),
    (b"{\\rtf1 x}", "a.rtf", "it is RTF"),
    (b"\x78\x9f\x3e\x22..", "winmail.dat", "winmail.dat"),
    (b"\x89PNG\r\n", "a.png", "picture"),
    (b"BEGIN:VCALENDAR\r\n", "a.ics", "briefing import calendar"),
    (b"no such", "a.pdf", "it is named .pdf and is no such file"),
    (b"no such", "a.docx", "it is named .docx and is no such file"),
    (b"no such", "a.eml", "it is no mail"),
    (zipped({"xl/workbook.xml": b"<x/>"}), "a.xlsx", "briefing import table"),
    (zipped({"content.xml": b"<x/>"}), "a.odt", "OpenDocument"),
    (zipped({"a.txt": b"x"}), "a.zip", "without a Word text"),
])  # fmt: skip
def test_another_kind_of_file_is_named_with_what_to_do(data: bytes, name: str, what: str) -> None:
    said_ = refusal(data, name)

    assert what in said_
    assert f"error: {name}: " in said_


def test_a_name_without_a_file_a_folder_and_a_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")

    assert open_path(tmp_path / "a.txt").text == "Words."
    for name in ("no such", "."):
        with pytest.raises(NoInput) as failed:
            open_path(tmp_path / name)
        assert failed.value.exit_code == 66


def test_paragraphs_of_a_page_are_those_of_its_stored_text() -> None:
    text = open_file(b"<html><body><p>One.</p><p>Two.</p></body></html>", "a.html").text

    assert [text[a:b] for a, b in paragraphs(text, 0)] == ["One.", "Two."]
