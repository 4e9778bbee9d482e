"""Arrow tables as data frames of libraries that may be absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undazzle.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import polars as pl
    import pyarrow as pa


def polars_frame(rows: Callable[[], pa.Table]) -> pl.DataFrame:
    """Return rows as a ``polars.DataFrame``.

    Parameters
    ----------
    rows
        Gives the rows; only asked once the library is known to be there, as the rows may be costly.

    Raises
    ------
    MissingExtraError
        If Polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError("polars", "to_polars()") from error
    frame: pl.DataFrame = pl.from_arrow(rows())
    return frame


def pandas_frame(rows: Callable[[], pa.Table]) -> pd.DataFrame:
    """Return rows as a ``pandas.DataFrame``.

    Parameters
    ----------
    rows
        Gives the rows; only asked once the library is known to be there, as the rows may be costly.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.
    """
    try:
        import pandas  # noqa: F401  pyarrow would raise its own error only after the query
    except ImportError as error:
        raise MissingExtraError("pandas", "to_pandas()") from error
    return rows().to_pandas()
