"""What all charts have in common: colours that colour-blind readers tell apart, one type, no frame."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from undazzle.errors import MissingExtraError

# Okabe-Ito, in the order of the reports; every colour also comes with a shape, so that it carries nothing alone.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#14181b")
_GREY = "#5a6469"


def import_altair(what_for: str) -> ModuleType:
    """Return the module ``altair``.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("charts", what_for) from error
    module: ModuleType = altair
    return module


def dressed(chart: Any, *, title: str, subtitle: str, description: str) -> Any:
    """Return a chart with title, the text that stands for it, and the look of all charts.

    Parameters
    ----------
    chart
        An Altair chart.
    title, subtitle
        What it is, and what to know to read it.
    description
        The text for readers who do not see the chart.
    """
    text = {"text": title, "subtitle": subtitle, "anchor": "start", "subtitleColor": _GREY}
    return (
        chart.properties(title=text, description=description)
        .configure(font="system-ui, sans-serif", background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelColor=_GREY, titleColor=_GREY, domainColor=_GREY, tickColor=_GREY, gridOpacity=0.3)
        .configure_title(color="#7d878b", fontSize=14)
        .configure_legend(labelColor=_GREY, titleColor=_GREY)
    )
