"""Build the distributions and install them, as a user would and without an index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = (".git", ".venv", "output", "dist", "build", "__pycache__", ".*_cache", ".hypothesis", ".coverage*")


@dataclass(frozen=True)
class Built:
    tree: Path
    sdist: Path
    wheel: Path
    wheel_of_sdist: Path


@dataclass(frozen=True)
class Installed:
    """An environment that holds `briefing` as installed, and the libraries of the environment that runs the tests."""

    python: Path
    site: Path

    def run(self, *args: str, cwd: Path) -> str:
        return run(str(self.python.with_name("briefing")), *args, cwd=cwd)

    def eval(self, code: str, *, cwd: Path) -> str:
        return run(str(self.python), "-c", code, cwd=cwd).strip()


def run(*command: str, cwd: Path) -> str:
    """Run a program as a user would: nothing of the checkout or of this test run in its environment."""
    ours = ("BRIEFING_", "COV_", "PYTHON", "VIRTUAL_ENV")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)} → {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copy_of_tree(to: Path) -> Path:
    """Copy the checkout without what git does not keep."""
    shutil.copytree(ROOT, to, ignore=shutil.ignore_patterns(*LOCAL))
    return to


def build(what: str, source: Path, to: Path) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", f"--{what}", "--outdir", str(to), str(source), cwd=source)
    (built,) = to.iterdir()
    return built


def install(what: Path, environment: Path, *options: str) -> Installed:
    """Install without an index. The libraries come by a .pth line, which does not follow .pth files there."""
    run(sys.executable, "-m", "venv", "--without-pip", str(environment), cwd=environment.parent)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet")
    print_site = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(str(python), "-c", print_site, cwd=environment).strip())
    (site / "zz_libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed")
    run(*pip, *offline, *options, str(what), cwd=environment)
    return Installed(python, site)
