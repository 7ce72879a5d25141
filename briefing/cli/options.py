"""Options that a group of commands shares, put behind those of each command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, get_args, get_type_hints

Options = Mapping[str, Any]
"""Parameter → its `Annotated` type; a bool is off, a list None, anything else empty until it is given."""

DEFAULTS: dict[Any, Any] = {bool: False, str: ""}


def required(command: Callable[..., Any]) -> list[str]:
    """Return the parameters of a command, but its first, that have no default."""
    parameters = list(inspect.signature(command).parameters.values())[1:]
    return [one.name for one in parameters if one.default is inspect.Parameter.empty]


def with_options(
    run: Callable[..., None], command: Callable[..., Any], options: Options, *, lenient: bool = False
) -> Callable[..., None]:
    """Return `run` with the name, help and options of a command but its first, and the shared options behind them.

    Typer passes every option by name. Where it is `lenient`, texts that the command requires may be
    missing, and are empty.
    """
    own = inspect.signature(command, eval_str=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [one.replace(kind=keyword) for one in list(own.parameters.values())[1:]]
    if lenient:
        missing = required(command)
        parameters = [one.replace(default="") if one.name in missing else one for one in parameters]
    added = [
        inspect.Parameter(name, keyword, default=DEFAULTS.get(get_args(annotation)[0]), annotation=annotation)
        for name, annotation in options.items()
    ]

    @wraps(command)
    def shown(**given: Any) -> None:
        run(**given)

    shown.__signature__ = own.replace(parameters=[*parameters, *added], return_annotation=None)  # type: ignore[attr-defined]
    hints = get_type_hints(command, include_extras=True)
    shown.__annotations__ = {**{one.name: hints[one.name] for one in parameters}, **options, "return": None}
    del shown.__wrapped__
    return shown
