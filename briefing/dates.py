"""Dates as they are given: a span with a precision and the words ("27–29 May 2025", "soon")."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Precision = Literal["day", "span", "month", "year", "undated"]


class Span(BaseModel):
    """A date as it was given: first and last day (both inclusive), precision, and the words.

    `undated` has neither day ("soon"). `year_inferred` says that the words held no year and the
    year was taken from elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    start: date | None = None
    end: date | None = None
    precision: Precision
    words: str = Field(min_length=1)
    year_inferred: bool = False

    @model_validator(mode="after")
    def _days_fit_precision(self) -> Span:
        dated = self.precision != "undated"
        if (self.start is not None) is not dated or (self.end is not None) is not dated:
            raise ValueError("a dated span has a first and a last day, an undated one has neither")
        if self.start and self.end and self.end < self.start:
            raise ValueError("the last day is before the first")
        return self
