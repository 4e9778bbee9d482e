"""Videos that posts name become one hash each, so that the trace ``image`` sees them.

One post must not carry several items, or a single video would look like repeated co-action: therefore one frame stands
for a video, the one nearest its middle. Copies that were cut to another length are missed; ``undazzle signals FOLDER``
finds them. Reads ``posts`` and ``account_observations``. Writes ``media``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from undazzle.signals.pictures.video import EVERY_SECONDS, VideoFacts, video_facts
from undazzle.store import Store
from undazzle.traces.image_hashing import VIDEO_KINDS, HashedMedia, names_of_media


def hash_videos(store: Store, folder: Path | str) -> HashedMedia:
    """Hash the video files of a folder that posts name, by their file name, and remember the hashes.

    Parameters
    ----------
    store
        An open workspace.
    folder
        A folder of videos; folders inside it are looked at too, links that lead out of it are not followed.

    Returns
    -------
    HashedMedia
        How many files were hashed, how many nobody names, and which could not be read or are too plain.

    Raises
    ------
    MissingExtraError
        If ``undazzle[vision]`` or ``undazzle[images]`` is not installed.
    """
    base, named = Path(folder), names_of_media(store)
    done = {row[0] for row in store.rows("SELECT media_key FROM media WHERE hash IS NOT NULL")}
    hashed, unused, failed = 0, 0, []
    for path in sorted(one for one in base.rglob("*") if one.suffix.lower() in VIDEO_KINDS and one.is_file()):
        if not path.resolve().is_relative_to(base.resolve()):
            continue
        keys = [key for key in named.get(path.name, ()) if key not in done]
        unused += path.name not in named
        if not keys:
            continue
        found = video_facts(path)
        if not found.frames:
            failed.append(f"{path}: {found.problem or 'No frame says anything.'}")
            continue
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        for key in keys:
            store.execute(
                "INSERT INTO media VALUES (?, ?, ?, 'pdq', ?, ?)", [key, str(path), digest, middle_frame(found), 100]
            )
            done.add(key)
        hashed += 1
    return HashedMedia(hashed, unused, tuple(failed))


def middle_frame(found: VideoFacts) -> str:
    """Return the hash of the frame nearest the middle of what was sampled; the earlier of two."""
    middle = (found.sampled - 1) * EVERY_SECONDS / 2
    return min(found.frames, key=lambda one: (abs(one[0] - middle), one[0]))[1]
