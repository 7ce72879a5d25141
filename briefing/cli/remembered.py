"""What the papers in a folder were made from, so that those whose inputs have not changed are not made again.

It is kept in the user's cache folder, one file for each folder of papers. It is never believed alone: a paper is
current when the digest of its inputs and the digest of the file that is there are both those that were kept.
So an edited file is made anew, and deleting the cache, or damage to it, costs time and nothing else.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from briefing.cli.output import write_whole
from briefing.errors import OutputFailed
from briefing.resources import file_digest


class Remembered:
    """The papers of one folder: by name, the digest of what each was made from, and that of its bytes."""

    def __init__(self, cache: Path, folder: Path) -> None:
        """Read what is kept of a folder; nothing where that is damaged or not there."""
        self._folder = folder
        self._kept = cache / "papers" / f"{sha256(str(folder.resolve()).encode()).hexdigest()[:32]}.json"
        self._known = _read(self._kept)

    def current(self, name: str, inputs: str) -> bool:
        """Tell whether the file of this name is there as it was made, from these inputs."""
        then, digest = self._known.get(name, ("", ""))
        if then != inputs:
            return False
        try:
            return file_digest(self._folder / name) == digest
        except OSError:
            return False

    def keep(self, name: str, inputs: str, data: bytes) -> None:
        """Remember what a file was made from; it stands when `write` is called."""
        self._known[name] = (inputs, sha256(data).hexdigest())

    def write(self) -> None:
        """Write what is known of the folder; where the cache cannot be written, papers are made again next time."""
        with suppress(OutputFailed):
            write_whole(self._kept, json.dumps(self._known, indent=1, sort_keys=True).encode())


def _read(kept: Path) -> dict[str, tuple[str, str]]:
    try:
        said = json.loads(kept.read_bytes())
        return {str(name): (str(inputs), str(digest)) for name, (inputs, digest) in said.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
