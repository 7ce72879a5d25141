"""The filling of a Word template, after which every element is of the kind that python-docx made for it."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from lxml.etree import tostring


class Filling(DocxTemplate):  # type: ignore[misc]  # it ships no types
    """A Word template to be filled; what is filled in is read by python-docx itself.

    docxtpl reads it with a parser of its own. An element that somebody still holds when it is moved into the document,
    as a profiler does that looks at other threads, stays one of lxml, and has nothing that python-docx asks of it.
    """

    def map_tree(self, tree: Any) -> None:
        """Put the filled body in its place."""
        super().map_tree(parse_xml(tostring(tree)))
