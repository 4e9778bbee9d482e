"""What Spark needs, asked before a test that needs it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from undazzle.errors import ClusterUnavailableError
from undazzle.store.engines.java import check_java


def missing() -> str:
    """Say what is missing, or nothing."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    try:
        check_java()
    except ClusterUnavailableError as error:
        return str(error)
    return ""


needs_spark = pytest.mark.skipif(bool(missing()), reason=missing() or "Spark is there")
