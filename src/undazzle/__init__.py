"""Undazzle: see through foreign interference in elections.

``undazzle.open(path)`` opens a workspace, ``undazzle.demo()`` builds one from neutral synthetic posts.
"""

from undazzle._version import __version__

__all__ = ["__version__"]
