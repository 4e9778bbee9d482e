"""Undazzle: see through foreign interference in elections.

``undazzle.open(path)`` opens a workspace, ``undazzle.demo()`` builds one from neutral synthetic posts.
Everything heavy is imported where it is used, so that importing the package stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undazzle._version import __version__

if TYPE_CHECKING:
    from undazzle.demonstration import build_demo as demo
    from undazzle.workspace import Workspace
    from undazzle.workspace import open_workspace as open  # noqa: A004  # reads as undazzle.open(path)

__all__ = ["Workspace", "__version__", "demo", "open"]

_LAZY = {
    "Workspace": ("undazzle.workspace", "Workspace"),
    "open": ("undazzle.workspace", "open_workspace"),
    "demo": ("undazzle.demonstration", "build_demo"),
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        from importlib import import_module

        module, attribute = _LAZY[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'undazzle' has no attribute {name!r}")
