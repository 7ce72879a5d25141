from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires

import pytest

from tests.packaging.distributions import ROOT

pytestmark = pytest.mark.packaging

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)")


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := PIN.match(line))}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_a_lock_holds_pins_and_hashes_and_no_address(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    expected = re.compile(PIN.pattern + r"|    --hash=sha256:[0-9a-f]{64}( \\)?$|#")
    assert [line for line in lines if not expected.match(line)] == []
    unhashed = [a for a, b in zip(lines, [*lines[1:], ""], strict=True) if PIN.match(a) and "--hash" not in b]
    assert unhashed == []


def test_the_lock_holds_every_dependency_and_the_build_backend_as_pinned() -> None:
    locked = pins("requirements.lock")

    assert {name_of(requirement) for requirement in PROJECT["project"]["dependencies"]} <= locked.keys()
    for requirement in PROJECT["build-system"]["requires"]:
        assert requirement == f"{name_of(requirement)}=={locked[name_of(requirement)]}"


def test_the_tools_lock_adds_to_the_lock_and_changes_nothing_in_it() -> None:
    locked, tools = pins("requirements.lock"), pins("requirements-dev.lock")

    assert locked.items() <= tools.items()
    extras = [extra for name, extra in PROJECT["project"]["optional-dependencies"].items() if name != "bench"]
    assert {name_of(requirement) for extra in extras for requirement in extra} <= tools.keys()


def test_the_lock_of_the_benchmarks_holds_the_peers_and_agrees_with_the_others() -> None:
    locked, peers = pins("requirements.lock"), pins("requirements-bench.lock")

    assert {name_of(requirement) for requirement in PROJECT["project"]["optional-dependencies"]["bench"]} <= peers.keys()
    assert {name: peers[name] for name in peers.keys() & locked.keys()}.items() <= locked.items()


def test_an_extra_that_a_library_asks_for_is_pinned_with_it() -> None:
    # older pip takes the newest release for "name[extra]" when only "name" is pinned, and then misses its hash
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    installed = [name for name in pins("requirements-dev.lock") if name in {"weasyprint", "pytest-cov"}]
    asked = {line.split(";")[0].split(">")[0].strip() for name in installed for line in requires(name) or []}

    with_extras = {requirement for requirement in asked if "[" in requirement}
    assert with_extras
    assert {requirement for requirement in with_extras if f"\n{requirement}==" not in text} == set()
