"""Settings of a trace kind: what the user said, completed by the defaults and checked, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.model import Parameter
from undazzle.traces.kinds import TraceKind

_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def complete_settings(kind: TraceKind, settings: Mapping[str, object]) -> dict[str, Any]:
    """Return a value for every parameter of a trace kind.

    Parameters
    ----------
    kind
        The trace kind.
    settings
        What differs from the defaults; text as typed on a command line is understood.

    Raises
    ------
    UnknownNameError
        If the kind has no such parameter.
    ParameterError
        If a value has the wrong type.

    Examples
    --------
    >>> from undazzle.traces import trace_kind
    >>> complete_settings(trace_kind("hashtag_sequence"), {"min_hashtags": "5"})
    {'min_hashtags': 5, 'include_reposts': False}
    """
    known = {parameter.name: parameter for parameter in kind.parameters}
    for name in settings:
        if name not in known:
            raise UnknownNameError(f"parameter of the {kind.kind_id} trace", name, known)
    return {
        name: _typed(parameter, settings[name]) if name in settings else parameter.default
        for name, parameter in known.items()
    }


def _typed(parameter: Parameter, value: object) -> Any:
    default = parameter.default
    if isinstance(default, bool):
        return _flag(parameter.name, value)
    if isinstance(default, tuple):
        return _words(parameter, value)
    try:
        number = type(default)(str(value))  # type: ignore[call-arg]  # defaults are bool, tuple, int or float
    except ValueError:
        raise ParameterError(parameter.name, value, f"Give a number ({parameter.unit}).") from None
    if not 0 <= number < float("inf"):  # type: ignore[operator]  # an int or float, see above
        raise ParameterError(parameter.name, value, f"Give a number of zero or more ({parameter.unit}).")
    return number


def _flag(name: str, value: object) -> bool:
    flag = _WORDS.get(str(value).lower())
    if flag is None:
        raise ParameterError(name, value, "Give true or false.")
    return flag


def _words(parameter: Parameter, value: object) -> tuple[str, ...]:
    known = tuple(parameter.default) if isinstance(parameter.default, tuple) else ()
    given = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(given, Iterable) or not set(given) <= set(known):
        raise ParameterError(parameter.name, value, f"Choose from: {', '.join(known)} (or nothing).")
    chosen = set(given)
    return tuple(word for word in known if word in chosen)
