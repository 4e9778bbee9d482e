"""The types of charts, for annotations only: importing this module at run time needs Altair."""

from __future__ import annotations

from altair import Chart, LayerChart

__all__ = ["Chart", "LayerChart"]
