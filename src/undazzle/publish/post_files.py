"""All posts of a workspace as Parquet files, which a Spark cluster reads in place (``detect --posts``)."""

from __future__ import annotations

from pathlib import Path

from undazzle.errors import OutputExistsError
from undazzle.store import Store, check_holds_all_posts

_FILE_BYTES = "256MB"  # several files for several workers
_OWN = "post_key, account_key, source_id, source_row"  # numbers that mean something in one workspace only


def export_posts(store: Store, folder: Path | str, *, overwrite: bool = False) -> list[Path]:
    """Write all posts with the handle and name of their account, columns as in ``posts``; returns the files.

    Reads ``posts`` and ``accounts``. Streams: memory does not grow with the posts.

    Parameters
    ----------
    store
        The workspace.
    folder
        Where to; made if needed.
    overwrite
        Whether Parquet files in that folder may be replaced.

    Raises
    ------
    OutputExistsError
        If the folder holds something and ``overwrite`` is not set.
    UndazzleError
        If the workspace holds only the posts behind co-actions.
    """
    check_holds_all_posts(store, "an export of posts")
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not overwrite or not folder.is_dir():
            raise OutputExistsError(folder)
        for file in folder.glob("*.parquet"):
            file.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    name = str(folder).replace("'", "''")
    store.execute(
        f"COPY (SELECT p.* EXCLUDE ({_OWN}), a.handle, a.display_name FROM posts p JOIN accounts a USING (account_key))"
        f" TO '{name}' (FORMAT parquet, COMPRESSION zstd, FILE_SIZE_BYTES '{_FILE_BYTES}', OVERWRITE_OR_IGNORE true,"
        " FILENAME_PATTERN 'posts-{i}')"
    )
    return sorted(folder.glob("*.parquet"))
