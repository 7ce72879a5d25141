"""Signatures over bytes with SSH keys, made and read by `ssh-keygen -Y`; a key that people have already will do."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.errors import MissingSystemPart, NoInput, UsageProblem

NAMESPACE = "briefing-checkpoint"
"""What the signature is for: one made for a git commit or a file is no signature of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature is worth: the principal of `allowed_signers` it is of, and the key; else what is wrong."""

    by: str = ""
    key: str = ""
    problem: str = ""


def sign(data: bytes, key: Path) -> bytes:
    """Return the signature over bytes; `key` is a private key, or the public half of one that an agent holds."""
    if not key.is_file():
        raise NoInput(f"there is no key {key}", hint="`ssh-keygen -t ed25519` makes one; name it with --key")
    done = _ssh_keygen("sign", "-n", NAMESPACE, "-f", str(key), data=data)
    if done.returncode:
        raise UsageProblem(
            f"ssh-keygen cannot sign with {key}: {_reason(done)}", hint="--key names an SSH key that you can use"
        )
    return done.stdout


def read_signature(data: bytes, signature: Path, allowed: Path, at: datetime) -> Signed:
    """Return whose signature over bytes a file holds, by the signers that were allowed at a time."""
    whole = _ssh_keygen("check-novalidate", "-n", NAMESPACE, "-s", str(signature), data=data)
    if whole.returncode:
        return Signed(problem=f"the list is not what was signed: {_reason(whole)}")
    key = whole.stdout.decode(errors="replace").strip().rpartition(" with ")[2]
    when = f"-Overify-time={at.astimezone():%Y%m%d%H%M%S}"  # ssh-keygen reads it in this machine's zone
    found = _ssh_keygen("find-principals", "-s", str(signature), "-f", str(allowed), when, data=data)
    if found.returncode:
        return Signed(key=key, problem=f"its {key} is of no allowed signer: {_reason(found)}")
    for principal in found.stdout.decode(errors="replace").splitlines():
        options = ("-n", NAMESPACE, "-I", principal, "-s", str(signature), "-f", str(allowed), when)
        tried = _ssh_keygen("verify", *options, data=data)
        if not tried.returncode:
            return Signed(by=principal, key=key)
    return Signed(key=key, problem=f"its {key} may not sign checkpoints: {_reason(tried)}")


def _ssh_keygen(action: str, *options: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["ssh-keygen", "-Y", action, *options], input=data, capture_output=True, check=False)  # noqa: S603, S607 - the user's own OpenSSH, wherever it is
    except FileNotFoundError as fault:
        raise MissingSystemPart(
            "ssh-keygen is not on this machine", hint="it comes with OpenSSH: apt-get install openssh-client"
        ) from fault


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what ssh-keygen said of it, on one line."""
    said = done.stderr.decode(errors="replace").splitlines()
    told = [line.strip().rstrip(".") for line in said if not line.startswith("Signing data")]
    return "; ".join(told) or f"exit code {done.returncode}"
