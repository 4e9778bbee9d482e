"""What a user can ask of a detection, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from undazzle.coordination.window_method import WEIGHTS
from undazzle.errors import ParameterError
from undazzle.model import parse_duration

DEFAULT_WINDOWS: dict[str, tuple[float, ...]] = {
    "window": (60.0,),
    "calibrated": (10.0, 60.0, 600.0, 3600.0),
}
# What only the classic method uses, with the defaults: asked for otherwise, it would be passed over in silence.
WINDOW_ONLY: dict[str, Any] = {"min_participation": 2, "edge_weight": 0.5, "weight": "posts"}


@dataclass(frozen=True)
class DetectionSettings:
    """Everything that decides what a detection finds.

    Attributes
    ----------
    traces
        Trace kinds to stack; the default ones that this data allows if empty.
    trace_settings
        Settings by trace kind, e.g. ``{"link": {"canonical": False}}``.
    method
        ``calibrated`` (default) compares with chance, confirms networks on items that took no part in finding them,
        and certifies each member; ``window`` is the classic thresholded network.
    time_windows
        Windows in seconds, inclusive; those of the method if not given. ``window`` gives networks for each,
        ``calibrated`` looks at all of them together.
    min_participation
        ``window`` only: least number of traces of an account, before and after pairing.
    edge_weight
        ``window`` only: quantile of pair weights (0 to 1) above which a pair enters the network.
    weight
        ``window`` only.
        ``posts`` (default): what a pair weighs is the smaller number of distinct posts on either side that met;
        ``co_actions``: every pair of posts and item, as CooRTweet counts.
    min_items
        Least number of distinct items of a pair; ``calibrated``: of held-out items of a network, at least 3.
    min_members
        Least number of accounts in a network; ``calibrated``: at least 3.
    max_co_actions
        Most co-actions to keep; more are refused with the number needed.
    max_q
        Share of false findings among networks and among members that ``calibrated`` aims to stay below.
    shuffles
        How many copies with shuffled accounts are searched, to see what chance alone gives; 0 for none.
    explain
        Whether the innocent explanations of each network are tested.
    trust
        Whether shuffled copies are searched, and the search repeated with other windows, half the data, another seed.
    seed
        Seed of everything random.
    """

    traces: tuple[str, ...] = ()
    trace_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    method: str = "calibrated"
    time_windows: tuple[float, ...] | None = None
    min_participation: int = 2
    edge_weight: float = 0.5
    weight: str = "posts"
    min_items: int = 1
    min_members: int = 2
    max_co_actions: int = 20_000_000
    max_q: float = 0.05
    shuffles: int = 5
    explain: bool = True
    trust: bool = True
    seed: int = 0

    def checked(self) -> DetectionSettings:
        """Return the settings with durations parsed.

        Raises
        ------
        ParameterError
            For a value that cannot work.
        """
        if self.method not in DEFAULT_WINDOWS:
            raise ParameterError("method", self.method, f"Known: {', '.join(DEFAULT_WINDOWS)}.")
        if self.weight not in WEIGHTS:
            raise ParameterError("weight", self.weight, f"Known: {', '.join(WEIGHTS)}.")
        if not 0 <= self.edge_weight < 1:
            raise ParameterError("edge_weight", self.edge_weight, "Give a quantile from 0 to below 1, e.g. 0.5.")
        for name in ("min_participation", "min_items", "max_co_actions"):
            if getattr(self, name) < 1:
                raise ParameterError(name, getattr(self, name), "Give a whole number of at least 1.")
        self._check_method()
        if not 0 < self.max_q < 1:
            raise ParameterError("max_q", self.max_q, "Give a share above 0 and below 1, e.g. 0.05.")
        if self.shuffles < 0:
            raise ParameterError("shuffles", self.shuffles, "Give 0 or more.")
        if self.min_members < 2:
            raise ParameterError("min_members", self.min_members, "A network has at least 2 accounts.")
        if self.time_windows is not None and not self.time_windows:
            raise ParameterError("time_window", (), 'Give at least one, e.g. "60s".')
        asked = DEFAULT_WINDOWS[self.method] if self.time_windows is None else self.time_windows
        return replace(self, time_windows=tuple(sorted({parse_duration(one) for one in asked})))

    def _check_method(self) -> None:
        if self.method == "window":
            return
        for name, usual in WINDOW_ONLY.items():
            if getattr(self, name) != usual:
                reason = "Only the classic method uses it: add --method window, or leave it out."
                raise ParameterError(name, getattr(self, name), reason)

    @property
    def windows(self) -> tuple[float, ...]:
        """Windows in seconds, those of the method if none were given."""
        return DEFAULT_WINDOWS[self.method] if self.time_windows is None else self.time_windows
