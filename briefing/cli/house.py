"""The house that a workspace is of: its settings, templates, words, marking profile and time zone.

Settings: option, then `BRIEFING_*`, then `briefing.toml`, then default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from briefing.markings.profile import Profile

SETTINGS_FILE = "briefing.toml"


@dataclass(frozen=True)
class House:
    """A folder with settings; `sample` is what comes with the program, which is never written to."""

    root: Path
    settings: dict[str, Any]
    sample: bool = False

    @property
    def house_templates(self) -> Path | None:
        """The workspace's own templates, when it has any."""
        folder = self.root / "templates"
        return folder if folder.is_dir() and not self.sample else None

    def setting(self, name: str, option: str = "") -> str:
        """Return a setting: option, environment, file, or nothing."""
        return option or os.environ.get(f"BRIEFING_{name.upper()}", "") or str(self.settings.get(name, ""))

    def path_setting(self, name: str, option: str = "") -> Path | None:
        """Return a setting that names a file; one in briefing.toml counts from the workspace's folder."""
        if given := option or os.environ.get(f"BRIEFING_{name.upper()}", ""):
            return Path(given).expanduser()
        kept = self.setting(name)
        return self.root / Path(kept).expanduser() if kept else None

    def day(self, said: str) -> date:
        """Return a single day as typed."""
        from briefing.dates import DateProblem, parse_span

        try:
            span = parse_span(said)
        except DateProblem as problem:
            raise UsageProblem(str(problem).partition("\n")[0], hint="write a day: 1 June 2025") from None
        if span.precision != "day" or span.start is None or span.year_inferred:
            raise UsageProblem(f"“{said}” is no single day", hint="write a day: 1 June 2025")
        return span.start

    def time(self, said: str, *, begin: bool = False) -> datetime:
        """Return a time as typed, in the workspace's zone where it names none; of a day its end, or where it begins."""
        from datetime import datetime, time

        edge = time.min if begin else time.max
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            return datetime.combine(self.day(said), edge, self.zone)
        if len(said) == len("2025-06-01"):
            at = datetime.combine(at, edge)
        return at if at.tzinfo else at.replace(tzinfo=self.zone)

    def language(self, lang: str = "") -> str:
        """Return the language of papers, empty for English; one that there are no words of is refused."""
        from briefing.resources import languages

        code = self.setting("lang", lang).lower()
        known = languages(self.house_templates) if code else ()
        if code.partition("-")[0] in ("", "en"):
            return ""
        if code not in known:
            raise UsageProblem(f"“{code}” is no language of papers here", hint=f"one of: {', '.join(('en', *known))}")
        return code

    def words(self, lang: str) -> Mapping[str, str]:
        """Return what each English sentence of a paper is in a language, the house's own before ours."""
        from briefing.resources import catalogue

        return catalogue(lang, self.house_templates)

    def printed(self, at: datetime, lang: str = "en") -> str:
        """Return a time as papers print it, with its zone."""
        local = at.astimezone(self.zone)
        return f"{self.printed_day(local.date(), lang)}, {local:%H:%M} {self.setting('zone') or 'UTC'}"

    def printed_day(self, day: date, lang: str) -> str:
        """Return a day as papers print it."""
        from briefing.dates import format_day

        return format_day(day, lang.replace("-", "_"))

    @property
    def zone(self) -> tzinfo:
        """The time zone in which days begin and times are printed."""
        from datetime import UTC
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        name = self.setting("zone")
        try:
            return ZoneInfo(name) if name else UTC
        except (ZoneInfoNotFoundError, ValueError) as fault:
            raise UsageProblem(
                f"“{name}” is no time zone", hint="names are like Asia/Kolkata; see zone in briefing.toml"
            ) from fault

    @property
    def profile(self) -> str:
        """The name of the marking profile."""
        return self.setting("profile") or "plain"

    def profiles(self, name: str) -> Profile:
        """Return what marks mean by the name of a profile."""
        from briefing.resources import marking_profile

        return marking_profile(name, self.house_templates)


def read_settings(path: Path | None) -> dict[str, Any]:
    """Return the settings of a file, or those of the sample; `UsageProblem` for a file that is no TOML."""
    import tomllib

    if path is None:
        return {"ministry": "Sample record"}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UsageProblem(
            f"{path}: {fault}", hint="mend the file; `briefing init` shows what one looks like"
        ) from fault
