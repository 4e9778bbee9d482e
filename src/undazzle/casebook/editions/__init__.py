"""The editions that come with the software, as folders of YAML. It must not know of anything else."""

from __future__ import annotations

from pathlib import Path

SHIPPED_EDITION = "us2024"


def shipped_edition(name: str = SHIPPED_EDITION) -> Path:
    """Return the folder of an edition that comes with the software.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    from undazzle.errors import UnknownNameError

    here = Path(__file__).parent
    known = sorted(one.parent.name for one in here.glob("*/case.yaml"))
    if name not in known:
        raise UnknownNameError("edition", name, known)
    return here / name
