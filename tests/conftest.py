"""What all tests stand under: caches of their own, and the same examples in each run of the gate."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# One tree passes the gate each time or never; `make explore` draws other examples at each run.
# A machine may be as slow as it likes.
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("gate", derandomize=True, **SLOW)
settings.register_profile("explore", derandomize=False, **SLOW)
settings.load_profile("gate")

# Hypothesis draws, now and then, a constant of the modules that are loaded at that moment: which these are
# hangs on what the same process ran before, and on the name of the folder of the checkout.
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: providers._local_constants

# A shell makes what it runs behind it deaf to interruptions, and so whatever tests start and mean to interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _caches_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_CACHE_DIR", str(tmp_path_factory.mktemp("caches")))
        patch.delenv("BRIEFING_INDEX", raising=False)
        yield
