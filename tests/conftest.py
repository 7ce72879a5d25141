"""What all tests stand under: caches of their own, and the same examples in each run of the gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# One tree passes the gate each time or never; `make explore` draws other examples at each run.
settings.register_profile("gate", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("gate")


@pytest.fixture(autouse=True, scope="session")
def _caches_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_CACHE_DIR", str(tmp_path_factory.mktemp("caches")))
        patch.delenv("BRIEFING_INDEX", raising=False)
        yield
