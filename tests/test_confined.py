"""A house's template cannot go on for ever, fill the memory, read a file or call anyone; what it tried is one clear error.

Each attack is first seen to work where nothing holds it back.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from pypdf import PdfReader
from weasyprint import HTML

from briefing import confined
from briefing.confined import Bounds
from briefing.errors import BriefingError, OutputFailed, Refused
from briefing.notes.note import Heading
from briefing.render import render
from briefing.resources import template_file
from tests.render.houses import house_page, house_word
from tests.render.sample import SHORT, sample_note

NOTE = sample_note((Heading("One"),))
LINE = len(template_file("note.html.j2").read_text(encoding="utf-8").partition("</main>")[0].splitlines()) + 1
SECRET = "the-secret-of-the-house"

ENDLESS = {
    "loops in loops": "{% for i in range(N) %}{% for j in range(N) %}{% endfor %}{% endfor %}",
    "a macro that calls itself twice": "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}"
    "{{ a([N, 60]|min) }}",
}
HUGE = {
    "a text doubled": "{% set ns = namespace(x='ab') %}{% for i in range(N) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "a list doubled": "{% set ns = namespace(x=[1]) %}{% for i in range(N) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "a text in a text": "{{ ('x' * N * N).replace('x', 'y' * N * N * N)|length }}",
    "a format": "{{ '{:>{w}}'.format(1, w=N * N * N * N * N * N)|length }}",
}
CONTROL = "the same template, with a small number in it, is filled"


@pytest.fixture(autouse=True)
def _long_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no control be stopped, however slow the machine; what is to be stopped is given a second."""
    monkeypatch.setattr(confined, "BOUNDS", Bounds(seconds=600))


@contextmanager
def a_second() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "BOUNDS", Bounds(seconds=1))
        yield


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and what it has been asked for."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    listening.server_close()


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_template_that_goes_on_for_ever_is_stopped(kind: str, house: Path) -> None:
    assert render(NOTE, "html", house_page(house, ENDLESS[kind].replace("N", "9"))), CONTROL

    with a_second(), pytest.raises(OutputFailed, match="more than 1 seconds and was stopped") as stopped:
        render(NOTE, "html", house_page(house, ENDLESS[kind].replace("N", "99999")))

    assert stopped.value.hint


def test_a_word_template_that_goes_on_for_ever_is_stopped(house: Path) -> None:
    endless = ENDLESS["loops in loops"]
    assert render(NOTE, "docx", house_word(house, endless.replace("N", "9"))), CONTROL

    with a_second(), pytest.raises(OutputFailed, match="was stopped"):
        render(NOTE, "docx", house_word(house, endless.replace("N", "99999")))


@pytest.mark.parametrize("kind", HUGE)
def test_a_template_that_wants_all_the_memory_does_not_get_it(kind: str, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "BOUNDS", Bounds(seconds=600, memory=768 << 20))
    assert render(NOTE, "html", house_page(house, HUGE[kind].replace("N", "9"))), CONTROL

    with pytest.raises(OutputFailed, match="more than 768 MB of memory"):
        render(NOTE, "html", house_page(house, HUGE[kind].replace("N", "64")))


def test_a_huge_range_and_what_calls_itself_without_end_are_errors_with_a_line(house: Path) -> None:
    for bomb, said in (("{% for i in range(1000000000) %}x{% endfor %}", "Range too big"),
                       ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "calls itself without end"),
                       ("{% include 'note.html.j2' %}", "calls itself without end")):  # fmt: skip
        with pytest.raises(OutputFailed, match=f"line {LINE}: .*{said}"):
            render(NOTE, "html", house_page(house, bomb))


def test_what_the_bounds_leave_is_enough_for_a_paper(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "BOUNDS", Bounds())
    for format_ in ("html", "pdf", "docx"):
        own = house_word(house, "{{ title }}") if format_ == "docx" else house_page(house, "<!-- ours -->")
        assert render(sample_note(SHORT), format_, own)


def test_nothing_is_left_behind_by_what_was_stopped(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render(NOTE, "html", house_page(house, "x")), "the server of processes has a folder of its own, and stays"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    with a_second(), pytest.raises(OutputFailed, match="was stopped"):
        render(NOTE, "pdf", house_page(house, ENDLESS["loops in loops"].replace("N", "99999")))

    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_template_reaches_no_part_of_python_that_reads_files(house: Path, secret: Path) -> None:
    attack = "{% set os = cycler.__init__.__globals__.os %}{{ os.read(os.open('" + str(secret) + "', 0), 99) }}"
    assert SECRET in Environment().from_string(attack).render(), "unheld, it reads the secret"

    with pytest.raises(OutputFailed, match="__init__"):
        render(NOTE, "html", house_page(house, attack))


def test_an_include_leads_out_of_no_folder(house: Path, secret: Path) -> None:
    (house / "link.j2").symlink_to(secret)
    unheld = Environment(loader=FileSystemLoader(house)).from_string("{% include 'link.j2' %}")
    assert SECRET in unheld.render(), "unheld, it reads the secret"

    for name in ("link.j2", "../secret.txt", str(secret), "fonts/../../secret.txt"):
        with pytest.raises(BriefingError) as failed:
            render(NOTE, "html", house_page(house, "{% include '" + name + "' %}"))
        assert SECRET not in str(failed.value)


def test_a_template_that_is_itself_a_link_out_of_its_folder_is_refused(house: Path, secret: Path) -> None:
    (house / "note.css").symlink_to(secret)

    with pytest.raises(Refused, match="leads out of its folder"):
        render(NOTE, "html", house)


REACHING: tuple[tuple[str, str, str], ...] = (
    ("<link rel='attachment' href='URL'>", "", ""),
    ("<img src='URL' alt='x'>", "", ""),
    ("<object data='URL'></object>", "", ""),
    ("<svg viewBox='0 0 1 1'><image href='URL' width='1' height='1'/></svg>", "", ""),
    ("<link rel='stylesheet' href='URL'>", "", ""),
    ("", "main { background: url(URL) }", ""),
    ("", "main::before { content: url('URL') }", ""),
    ("", "@font-face { font-family: x; src: url(URL) } main { font-family: x }", ""),
    ("", "", "@import url(URL);"),
    ("", "", "@import 'URL';"),
    ("", "", "@\\69mport 'URL';"),
    ("", "main { list-style: url(URL) inside; display: list-item }", ""),
)


@pytest.mark.parametrize(("page", "css", "first"), REACHING)
@pytest.mark.parametrize("format_", ["pdf", "html"])
def test_a_page_calls_nobody(
    page: str, css: str, first: str, format_: str, house: Path, server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = server
    page, css, first = (part.replace("URL", f"{address}/stolen") for part in (page, css, first))
    with monkeypatch.context() as quiet:
        quiet.setattr("weasyprint.LOGGER.propagate", False)
        HTML(string=f"<style>{first}\n{css}</style><main>x{page}</main>").write_pdf()
    assert asked.count("/stolen") >= 1, "unheld, it calls"
    asked.clear()

    own = house_page(house, page, css=css, first=first)
    if format_ == "html" and "@font-face" in css:  # a page is set in its reader's type
        assert b"stolen" not in render(NOTE, format_, own)
    else:
        with pytest.raises(Refused, match="stolen"):
            render(NOTE, format_, own)

    assert asked == []


@pytest.mark.parametrize("address", ["file://SECRET", "../secret.txt", "%2e%2e/secret.txt", "fonts/../../secret.txt"])
def test_a_page_takes_no_file_with_it(address: str, house: Path, secret: Path) -> None:
    attachment = f"<link rel='attachment' href='{address.replace('SECRET', str(secret))}'>"
    unheld = HTML(string=attachment, base_url=f"{house}/").write_pdf()
    files = [bytes(content) for files in PdfReader(BytesIO(unheld)).attachments.values() for content in files]
    assert SECRET.encode() in files, "unheld, it takes the file with it"

    with pytest.raises(Refused, match=r"secret\.txt"):
        render(NOTE, "pdf", house_page(house, attachment))


@pytest.mark.parametrize("addition", [
    "<script>1</script>", "<p onclick='x()'>a</p>", "<a href='javascript:x()'>a</a>", "<iframe></iframe>",
    "<form action='/'></form>", "<meta http-equiv='refresh' content='0'>", "<a href='file:///etc'>a</a>",
    "<p style='background: url(http://a.example/)'>a</p>", "<svg><use href='http://a.example/#a'/></svg>",
    "<svg><rect fill='url(http://a.example/#a)'/></svg>", "<style>@import 'data:text/css,p{}';</style>",
    "<svg><style>p { background: image-set('http://a.example/a.png' 1x) }</style></svg>",
])  # fmt: skip
def test_a_page_for_a_browser_runs_and_fetches_nothing(addition: str, house: Path) -> None:
    with pytest.raises(Refused, match="fetches or runs"):
        render(NOTE, "html", house_page(house, addition))


def test_a_page_for_a_browser_may_link_and_bring_pictures_along(house: Path) -> None:
    picture = "data:image/png;base64,iVBORw0KGgo="
    links = f"<a href='https://ministry.example'>a</a><a href='#note-1'>b</a><a href='mailto:a@b.example'>c</a><img src='{picture}' alt='d'>"

    assert links.encode() in render(NOTE, "html", house_page(house, links))


def test_a_picture_beside_the_style_sheet_is_in_the_page_and_in_the_pdf(house: Path) -> None:
    (house / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='#123456'/></svg>")
    own = house_page(house, "", css=".masthead { background: url(logo.svg) no-repeat }")

    assert b"url(data:image/svg+xml;base64," in render(NOTE, "html", own)
    drawn = PdfReader(BytesIO(render(NOTE, "pdf", own))).pages[0]
    operators = drawn.get_contents().get_data() + b"".join(
        one.get_object().get_data() for kind in ("/Pattern", "/XObject") for one in drawn["/Resources"].get(kind, {}).values()
        if hasattr(one.get_object(), "get_data"))  # fmt: skip
    assert b"0.070588 0.203922 0.337255" in operators


PROBE = """
import socket, subprocess, sys
if sys.argv[1] == "closed":
    from briefing.confined import Bounds, close_in
    close_in(Bounds())
for reach in (lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2]))), lambda: subprocess.run(["true"], check=True)):
    try:
        reach()
    except PermissionError:
        sys.exit(9)
"""


@pytest.mark.parametrize(("how", "code"), [("open", 0), ("closed", 9)])
def test_the_process_of_a_template_has_no_network_and_starts_no_program(how: str, code: int, server: tuple[str, list[str]]) -> None:
    port = server[0].rpartition(":")[2]
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", PROBE, how, port], check=False).returncode == code


def test_what_ships_is_made_in_this_process(monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    """Also from a folder that holds copies which nobody has changed."""
    (house / "note.css").write_bytes(template_file("note.css").read_bytes())
    monkeypatch.setattr(confined, "confined", None)

    assert render(NOTE, "html", house) == render(NOTE, "html")
    (house / "note.css").write_text("p { color: red }", encoding="utf-8")
    with pytest.raises(TypeError):
        render(NOTE, "html", house)
