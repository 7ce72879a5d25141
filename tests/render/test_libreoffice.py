"""The Word file opened by another program than Word: its words, its pages and its faces are there."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.render.comparison import difference_of_printed_word_file
from tests.render.papers import PAPERS, paper, rendered

OFFICE = shutil.which("soffice")
WRITER = OFFICE is not None and (Path(OFFICE).resolve().parent / "libswlo.so").exists()

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.slow,
    pytest.mark.skipif(not WRITER, reason="LibreOffice Writer is not on this machine"),
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Print all papers at once, with a profile of its own: LibreOffice takes longer to start than to print."""
    folder = tmp_path_factory.mktemp("word")
    for name in PAPERS:
        (folder / f"{name}.docx").write_bytes(rendered(name, "docx"))
    files = [folder / f"{name}.docx" for name in PAPERS]
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", "--outdir", folder, *files], check=True, capture_output=True, timeout=600)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in PAPERS}


def pages(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.mark.parametrize("name", PAPERS)
def test_the_words_are_there(printed: dict[str, bytes], name: str) -> None:
    assert difference_of_printed_word_file(paper(name), printed[name]) == ""


@pytest.mark.parametrize("name", PAPERS)
def test_it_has_as_many_pages_as_the_pdf_or_one_more_or_less(printed: dict[str, bytes], name: str) -> None:
    found = len(pages(printed[name]).pages)
    assert abs(found - len(pages(rendered(name, "pdf")).pages)) <= 1
    assert found == 1 or name != "matrix"


@pytest.mark.parametrize("name", PAPERS)
def test_pages_have_the_size_and_the_turn_of_the_pdf(printed: dict[str, bytes], name: str) -> None:
    sizes = [{tuple(round(side / 10) for side in page.mediabox[2:]) for page in pages(pdf).pages}
             for pdf in (printed[name], rendered(name, "pdf"))]  # fmt: skip
    assert sizes[0] == sizes[1]


def test_the_faces_of_the_paper_are_used(printed: dict[str, bytes]) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in pages(printed["visit report"]).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {"SourceSerif4-Regular", "SourceSerif4-Italic", "SourceSans3-Regular", "SourceSans3-Bold"} <= fonts
