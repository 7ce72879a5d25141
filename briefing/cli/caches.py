"""Where what can be made again is kept: the index of a record, in the user's cache folder.

`cache_dir` (`BRIEFING_CACHE_DIR`) names another folder; `index = "off"` (`BRIEFING_INDEX`) does without.
`believe_listing` (`BRIEFING_BELIEVE_LISTING`) is for how many minutes the older part of a bucket is not listed again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.crew import crew
from briefing.cli.progress import progress
from briefing.errors import UsageProblem

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.store.index import Index

_DAY = 24 * 60


def open_index(workspace: Workspace, *, make: bool = True) -> Index | None:
    """Return the index of a workspace's record, brought up to date; None where the record is read without one."""
    if workspace.setting("index").casefold() in ("off", "false", "no", "0"):
        return None
    try:
        from briefing.store.index import Index
    except ImportError:  # a Python without SQLite
        return None
    return Index.open(
        workspace.store, cache_dir(workspace), now=datetime.now(UTC), make=make, believed=_believed(workspace),
        crew=crew(workspace, workspace.store), progress=progress("files"),
    )  # fmt: skip


def _believed(workspace: Workspace) -> timedelta:
    """Return for how long a listing of the older part of a bucket is believed: not at all, unless it is set."""
    said = workspace.setting("believe_listing")
    if said and not (said.isdecimal() and int(said) <= _DAY):
        raise UsageProblem(f"believe_listing = {said} is no number of minutes", hint="0 to 1440; without it, 0")
    return timedelta(minutes=int(said or 0))


def update_index(workspace: Workspace) -> None:
    """Bring the index up to date after something was written, where there is one."""
    if (index := open_index(workspace, make=False)) is not None:
        index.close()


def cache_dir(workspace: Workspace) -> Path:
    """Return the folder of caches: as set, else the user's own."""
    if (chosen := workspace.path_setting("cache_dir")) is not None:
        return chosen
    from platformdirs import user_cache_path

    return user_cache_path("briefing", appauthor=False)
