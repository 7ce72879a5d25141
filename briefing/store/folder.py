"""A folder of event files: `2026-11/20261124T003320571474Z-meeting-held-<64 hex>.json`.

Each file is built under a temporary name in its month's folder, synced, linked to its own name and
synced again; so a file under its own name is whole, and an older one is never touched.

Paths are plain strings here: pathlib took a tenth of the time of a durable append, the syncs aside.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from briefing.errors import NoInput, Refused, StoreFailed
from briefing.store.port import TEMPORARY

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EXDEV})
_NO_FOLDER_SYNC = frozenset({errno.ENOTSUP, errno.EINVAL, errno.ENOENT, errno.ENOTTY})
"""What network shares answer when a folder is synced; the file itself is synced by then."""


class FolderStore:
    """The events under one folder."""

    def __init__(self, root: Path) -> None:
        """Take the `events/` folder; it must exist before anything is read or put."""
        self.root = root
        self._months_synced: set[str] = set()

    def names(self) -> Iterator[str]:
        """Yield every file one level down, and those beside the months; symbolic links are not followed."""
        if not self.root.is_dir():
            raise NoInput(
                f"there is no events folder {self.root}",
                hint="`briefing init` makes one; --sample reads the sample record",
            )
        for entry in self._entries(self.root):
            if not entry.is_dir(follow_symlinks=False):
                yield entry.name
                continue
            for file in self._entries(Path(entry.path)):
                yield f"{entry.name}/{file.name}"

    def seen(self) -> tuple[str, ...]:
        """Return what stands in the folder itself, months and strays: a machine that does not see it sees none."""
        return tuple(sorted(os.listdir(self.root))) if self.root.is_dir() else ()

    def count(self) -> int:
        """Return how many files there are one level down, strays among them."""
        return sum(len(os.listdir(one.path)) for one in self._entries(self.root) if one.is_dir(follow_symlinks=False))

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as fault:
            raise _failed("list", folder, fault) from fault

    def read(self, name: str, seen: Callable[[os.stat_result], object] | None = None) -> bytes:
        """Return a file's bytes; `seen` is given what the system says of the file before they are read."""
        path = os.path.join(self.root, name)
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
            with open(descriptor, "rb") as file:
                if seen is not None:
                    seen(os.fstat(descriptor))
                return file.read()
        except OSError as fault:
            raise _failed("read", path, fault) from fault

    def put(self, name: str, data: bytes) -> None:
        """Put a file in its place, durably; what stands there already with the same bytes is success."""
        if not self.root.is_dir():
            raise NoInput(f"there is no events folder {self.root}", hint="`briefing init` makes one")
        month = os.path.join(self.root, name.rpartition("/")[0])
        target = os.path.join(self.root, name)
        try:
            if not _is_there(target, data):
                with suppress(FileExistsError):
                    os.mkdir(month)
                self._publish(target, data)
            self._make_it_last(month)
        except OSError as fault:
            raise _failed("write", target, fault) from fault

    def _make_it_last(self, month: str) -> None:
        """Sync the month's folder, and the one above it at the first event that this process puts there.

        Done for a file that was there already, too: whoever put it may have been cut off before this.
        """
        _sync_folder(month)
        if month not in self._months_synced:
            _sync_folder(self.root)
            self._months_synced.add(month)

    def erase(self, name: str) -> None:
        """Remove the file of a redacted event, durably; one that is gone already is success."""
        target = self.root / name
        try:
            target.unlink(missing_ok=True)
            _sync_folder(target.parent)
        except OSError as fault:
            raise _failed("remove", target, fault) from fault

    def _publish(self, target: str, data: bytes) -> None:
        month = os.path.dirname(target)
        temporary = os.path.join(month, f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(8)}")
        try:
            _write_synced(temporary, data)
            try:
                os.link(temporary, target)
            except OSError as fault:
                if _is_there(target, data):
                    return
                if fault.errno not in _NO_LINKS:
                    raise
                os.rename(temporary, target)
        finally:
            _remove(temporary)


def _is_there(target: str, data: bytes) -> bool:
    try:
        with open(target, "rb") as file:
            present = file.read()
    except FileNotFoundError:
        return False
    except OSError as fault:
        raise _failed("read", target, fault) from fault
    if present != data:
        raise Refused(
            f"{target} is there already, with other bytes",
            hint="an event file is never rewritten; `briefing verify` checks the record",
        )
    return True


def _write_synced(path: str, data: bytes) -> None:
    """Write a file and sync it; a sync that fails raises, since the bytes may be lost."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o444)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def _sync_folder(folder: str | Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as fault:
        if fault.errno in _NO_FOLDER_SYNC or os.name == "nt":
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def _failed(what: str, path: str | Path, fault: OSError) -> StoreFailed:
    hints = {
        errno.ENOSPC: "the disk is full: make room and run the same command again; nothing is lost",
        errno.EDQUOT: "the quota is used up: make room and run the same command again; nothing is lost",
        errno.EACCES: "this account may not do that in this folder",
        errno.EROFS: "the folder is on a read-only file system",
    }
    hint = hints.get(fault.errno or 0, "run the same command again; what is on record is not written twice")
    return StoreFailed(f"cannot {what} {path}: {fault.strerror or fault}", hint=hint)
