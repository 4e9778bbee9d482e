"""A typed decorator that compiles a function with numba; importing this module is what costs, so it happens late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Return ``function`` compiled to machine code, without the interpreter lock and cached on disk."""
    return cast("_Function", numba.njit(cache=True, nogil=True)(function))


def inlined(function: _Function) -> _Function:
    """Return ``function`` compiled, to be put into the compiled functions that call it."""
    return cast("_Function", numba.njit(cache=True, nogil=True, inline="always")(function))
