"""Where what can be made again is kept: the index of a record, in the user's cache folder.

`cache_dir` (`BRIEFING_CACHE_DIR`) names another folder; `index = "off"` (`BRIEFING_INDEX`) does without.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.crew import crew
from briefing.cli.progress import progress

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.store.index import Index


def open_index(workspace: Workspace, *, make: bool = True) -> Index | None:
    """Return the index of a workspace's record, brought up to date; None where the record is read without one."""
    from datetime import UTC, datetime

    from briefing.store.folder import FolderStore

    if workspace.setting("index").casefold() in ("off", "false", "no", "0"):
        return None
    try:
        from briefing.store.index import Index
    except ImportError:  # a Python without SQLite
        return None
    if not isinstance(workspace.store, FolderStore):  # a bucket has no times of folders to tell what changed
        return None
    return Index.open(workspace.store, cache_dir(workspace), now=datetime.now(UTC), make=make,
                      crew=crew(workspace, workspace.store), progress=progress("files"))  # fmt: skip


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
