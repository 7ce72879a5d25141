"""Ministerial briefing notes, folded from a record of immutable event files."""
