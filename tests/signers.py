"""SSH keys and lists of signers, made by the real ssh-keygen."""

from __future__ import annotations

import subprocess
from pathlib import Path

from briefing.store.signature import NAMESPACE


def make_key(path: Path, *, passphrase: str = "") -> Path:
    """Make a key and return where its private half is."""
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", str(path)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return path


def allow(path: Path, key: Path, *, principal: str = "records@mfa", options: str = f'namespaces="{NAMESPACE}"') -> Path:
    """Write a list of signers with one key on it, and return where it is."""
    public = key.with_name(f"{key.name}.pub").read_text(encoding="utf-8")
    path.write_text(" ".join(filter(None, [principal, options, public])), encoding="utf-8")
    return path
