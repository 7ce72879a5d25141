"""The base of all that an event is made of: strict, closed, and never changed once it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A model that is never changed.

    What is made of bytes that were proven (see `swift`) holds its fields and nothing else: what pydantic
    notes of a model besides is found when somebody asks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Return what was not noted: nothing extra, nothing private, and as given what a file would hold."""
            if name == "__pydantic_fields_set__":
                about, values = type(self).__pydantic_fields__, vars(self)
                return {one for one in values
                        if one == "type" or about[one].is_required() or values[one] != about[one].default}  # fmt: skip
            if name in {"__pydantic_extra__", "__pydantic_private__"}:
                return None
            return super().__getattr__(name)
