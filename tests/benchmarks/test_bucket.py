"""What is said of records in buckets was measured by a script that still runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.cli.workspaces import ROOT


@pytest.mark.slow
def test_the_figures_of_a_bucket_are_made_anew_by_one_command() -> None:
    command = [sys.executable, str(ROOT / "benchmarks/bucket.py"), "4", "3", "30"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})

    assert done.returncode == 0, done.stderr
    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert {"bucket-put-8", "bucket-verify-30ms", "bucket-page-first-30", "bucket-page-warm-30"} <= {*names}
    (asked,) = re.findall(r"^bucket-page-warm-30 .*; (\d+) listings, (\d+) objects$", done.stdout, re.MULTILINE)
    assert int(asked[0]) == 2, "one page of names, and what comes after it"
    assert 0 < int(asked[1]) < 30
