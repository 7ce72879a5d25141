"""Where a record may be: a folder by its path or `file://`, a bucket by `s3://`, `az://` or `gs://`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit

from briefing.errors import NoInput, UsageProblem
from briefing.store.folder import FolderStore

if TYPE_CHECKING:
    from briefing.store.bucket import BucketStore

EventStore: TypeAlias = "FolderStore | BucketStore"
"""What an address may lead to."""

_FORMS = "s3://BUCKET/PREFIX, az://CONTAINER/PREFIX, gs://BUCKET/PREFIX or file:///FOLDER"


def open_store(address: str) -> EventStore:
    """Return the store at an address; nothing is read or written yet."""
    parts = urlsplit(address)
    if parts.scheme not in ("s3", "az", "gs", "file"):
        raise UsageProblem(f"“{address}” is no address of a record", hint=f"one is like {_FORMS}")
    if "@" in parts.netloc:
        raise UsageProblem("an address of a record holds no credentials", hint="they come from the environment")
    if parts.query or parts.fragment:
        raise UsageProblem(f"“{address}” has more than a bucket and a prefix", hint=f"one is like {_FORMS}")
    if parts.scheme == "file":
        if parts.netloc not in ("", "localhost") or not parts.path:
            raise UsageProblem(f"“{address}” names no folder of this machine", hint="one is like file:///srv/desk")
        return FolderStore(events_folder(Path(unquote(parts.path))))
    if not parts.netloc:
        raise UsageProblem(f"“{address}” names no bucket", hint=f"one is like {_FORMS}")
    from briefing.store.bucket import open_bucket

    return open_bucket(address)


def events_folder(folder: Path) -> Path:
    """Return the events folder of a workspace, or the folder itself where it holds months of events."""
    if (folder / "events").is_dir():
        return folder / "events"
    if folder.is_dir() and (folder.name == "events" or any(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]"))):
        return folder
    raise NoInput(f"{folder} holds no record", hint="name a workspace or an events folder; `briefing init` makes one")
