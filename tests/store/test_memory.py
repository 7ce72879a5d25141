"""The store in memory keeps the contract of every store."""

from __future__ import annotations

import pytest

from briefing.store.memory import MemoryStore
from tests.store.contract import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
