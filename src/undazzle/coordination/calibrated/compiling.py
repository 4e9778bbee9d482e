"""The house's decorator for compiled functions, under the name that this room's modules use."""

from undazzle.coordination.compiling import compiled

__all__ = ["compiled"]
