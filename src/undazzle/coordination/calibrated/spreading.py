"""Who works through the parts of a search: this machine one after another, or whoever else is asked to.

What a search does to a part is a function of the part and of what all parts look at, and of nothing else: neither the
order of parts nor who works on them can change a result. It gives columns, so that what it found can be sent or kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.basis import Basis

Columns: TypeAlias = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Step:
    """One thing that a search does to many parts.

    Attributes
    ----------
    name
        What it is called where results are kept.
    work
        A function of a module: given what all parts look at and one part, returns columns, not all of one length.
    threads
        How many parts this machine works on at once; more than one only where a part uses one thread.
    is_long
        Whether each part is worth a task of its own on a cluster; others are bundled.
    """

    name: str
    work: Callable[[Basis, Any], Columns]
    threads: int = 1
    is_long: bool = False


Spread: TypeAlias = Callable[[Step, Basis, Sequence[Any]], Iterator[Columns]]


def spread_here(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
    """Yield what a step makes of each part, in the order of the parts, worked out by this machine.

    Parameters
    ----------
    step
        What to do.
    basis
        What all parts look at.
    parts
        The parts; what each holds is known to the step.
    """
    if step.threads == 1:
        yield from (step.work(basis, part) for part in parts)
        return
    with ThreadPoolExecutor(step.threads) as pool:
        yield from pool.map(partial(step.work, basis), parts)
