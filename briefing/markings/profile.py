"""A marking profile: one country's levels, caveats and forms, as data. One engine reads them all.

Levels stand in order, the lowest first. A caveat is restrictive: it adds up by union, and may be bound
to some levels. A release list ("REL TO USA, GBR") narrows: it adds up by intersection. A caveat with
`only` is a release list by another name ("UK EYES ONLY").
"""

from __future__ import annotations

import tomllib
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from briefing.errors import UsageProblem

Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z: ]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Level(_Part):
    """One level; `short` stands in a paragraph's mark, `silent` ones are not printed on a paper."""

    name: Name
    short: str
    silent: bool = False


class Caveat(_Part):
    """A restriction beside a level: the levels it goes with (all, where none is named), and for whom alone."""

    name: Name
    short: str = ""
    levels: tuple[Name, ...] = ()
    only: tuple[Name, ...] = ()


class Profile(_Part):
    """What a workspace's marks mean.

    `default` is the mark of what bears none; `public` the level that may be given to anyone; `between`
    stands between level and caveats on paper; `release` begins a list of those who may see it,
    in which `home` stands first; `portions` says that every paragraph carries its mark.
    """

    title: str
    default: str
    public: Name
    between: str = " – "
    release: str = "REL"
    home: str = ""
    portions: bool = False
    levels: tuple[Level, ...]
    caveats: tuple[Caveat, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Profile:
        names = [one.name for one in self.levels]
        wrong = [name for caveat in self.caveats for name in caveat.levels if name not in names]
        if wrong or self.public not in names or len(set(names)) < len(names):
            raise ValueError(f"levels that are not there, or twice: {', '.join(wrong) or self.public}")
        return self

    def rank(self, level: str) -> int:
        """Return the place of a level, the lowest 0."""
        return [one.name for one in self.levels].index(level)

    def contained_in(self, level: str) -> frozenset[str]:
        """Return the caveats that go with lower levels alone: whoever may see this one may see them."""
        above = self.rank(level)
        return frozenset(one.name for one in self.caveats if one.levels and max(map(self.rank, one.levels)) < above)

    def level(self, name: str) -> Level:
        """Return a level by its name."""
        return self.levels[self.rank(name)]


def read_profile(text: str, name: str) -> Profile:
    """Return the profile that a TOML text holds; `UsageProblem` says what is wrong with it."""
    try:
        plain: dict[str, Any] = tomllib.loads(text)
        return Profile.model_validate(_tupled(plain))
    except tomllib.TOMLDecodeError as fault:
        raise UsageProblem(f"the marking profile {name}: {fault}", hint="mend the file") from fault
    except ValidationError as fault:
        told = "; ".join(f"{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors())
        raise UsageProblem(f"the marking profile {name}: {told}", hint="compare it with plain.toml") from fault


def _tupled(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tupled(one) for one in value)
    return {key: _tupled(one) for key, one in value.items()} if isinstance(value, dict) else value
