"""Whether a master can be reached at all, asked before Spark spends minutes on finding out."""

from __future__ import annotations

import re
import socket

from undazzle.errors import ClusterUnavailableError

_ADDRESS = re.compile(r"(?:[a-z0-9]+://)?(?P<host>\[[^\]]+\]|[^:/\[\]]+)(?::(?P<port>\d+))?")
_USUAL_PORTS = {"spark": 7077, "k8s": 443}


def master_addresses(master: str) -> list[tuple[str, int]]:
    """Return host and port of each master that an address names; none for ``yarn`` and ``local``.

    Examples
    --------
    >>> master_addresses("spark://one:7077,two:7078"), master_addresses("k8s://https://head:6443")
    ([('one', 7077), ('two', 7078)], [('head', 6443)])
    """
    scheme, separator, rest = master.partition("://")
    if not separator or scheme not in _USUAL_PORTS:
        return []
    found = [_ADDRESS.match(one) for one in rest.split(",")]
    return [(one["host"].strip("[]"), int(one["port"] or _USUAL_PORTS[scheme])) for one in found if one]


def check_master_answers(master: str, seconds: float) -> None:
    """Return once a master accepts a connection.

    Raises
    ------
    ClusterUnavailableError
        If none does.
    """
    addresses = master_addresses(master)
    problems = []
    for host, port in addresses:
        try:
            with socket.create_connection((host, port), timeout=seconds / len(addresses)):
                return
        except OSError as error:
            problems.append(f"{host}:{port}: {error}")
    if problems:
        raise ClusterUnavailableError(
            f"The master {master} does not answer ({'; '.join(problems)})",
            "Check the address and that the cluster runs; this computer must be able to reach it.",
        )
