"""How many pages a paper takes before its annex: what a page budget is measured by, in every format.

The PDF is measured, and the other formats keep to what was found, so that their words are equal.
"""

from __future__ import annotations

from pathlib import Path

from briefing.confined import confined
from briefing.errors import MissingSystemPart
from briefing.notes.note import Heading, Note
from briefing.render import loaded
from briefing.render.pdf import pages_before
from briefing.resources import own_templates


def body_pages(note: Note, templates: Path | None = None) -> int:
    """Return the pages of a note up to the first heading that begins one; a house's own template is confined.

    Raises `MissingSystemPart` where no PDF can be set.
    """
    heading = next((one.text for one in note.blocks if isinstance(one, Heading) and one.new_page), "")
    try:
        if not own_templates("pdf", templates):
            return pages_before(note, heading)
        return int(confined(_counted, note, heading, templates, loading=loaded("pdf")))
    except MissingSystemPart as fault:
        hint = "this paper is measured on the page in every format; `briefing doctor` names what is missing"
        raise MissingSystemPart(fault.message, hint=hint) from fault


def _counted(note: Note, heading: str, templates: Path) -> bytes:
    return str(pages_before(note, heading, templates)).encode()
