"""Who a paper is for, and what they may see: a ceiling, or those it is released to. Fails closed."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.markings.marking import Marking, parse
from briefing.markings.profile import Profile


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a paper is made for: a ceiling (a mark, with the caveats they may see), and those it is released to."""

    profile: Profile
    ceiling: Marking | None = None
    released_to: frozenset[str] = frozenset()
    public: bool = False

    def may_see(self, words: str | None) -> bool:
        """Tell whether what bears this mark may be shown; without a mark, the profile's default holds."""
        mark = parse(self.profile, words or self.profile.default)
        if self.public:
            return mark == Marking(self.profile.public)
        return self._under_the_ceiling(mark) and self._released(mark)

    def _under_the_ceiling(self, mark: Marking) -> bool:
        if self.ceiling is None:
            return True
        high_enough = self.profile.rank(mark.level) <= self.profile.rank(self.ceiling.level)
        mine = self.ceiling.release
        listed = mark.release is None or (mine is not None and mine <= mark.release)
        mine_too = self.ceiling.caveats | self.profile.contained_in(self.ceiling.level)
        return high_enough and mark.caveats <= mine_too and listed

    def _released(self, mark: Marking) -> bool:
        """Tell whether a list lets all of them see it; what bears no list is released to nobody, but what is public."""
        if not self.released_to or mark == Marking(self.profile.public):
            return True
        return mark.release is not None and self.released_to <= mark.release


def reader_for(profile: Profile, *, ceiling: str = "", release: str = "") -> Reader | None:
    """Return whom `--ceiling MARK` and `--release public|A,B` name; None where neither was given."""
    if not ceiling and not release:
        return None
    names = frozenset(filter(None, (one.strip().upper() for one in release.split(","))))
    return Reader(
        profile,
        ceiling=parse(profile, ceiling) if ceiling else None,
        released_to=names - {"PUBLIC"},
        public="PUBLIC" in names,
    )
