"""Content Credentials (C2PA): what a picture's signed manifest says, and whether the signature holds.

Nothing is fetched: manifests that stand elsewhere are named but not read, and no certificate is looked up.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from undazzle.errors import MissingExtraError

State = Literal["none", "holds", "broken", "unreadable"]
STATE_WORDS: dict[State, str] = {
    "none": "no signed provenance (most platforms strip it: its absence says nothing)",
    "holds": "signature holds, picture unchanged since; the signer is on no list of trust here",
    "broken": "signature or picture was changed after signing",
    "unreadable": "signed provenance that cannot be read",
}
# What the International Press Telecommunications Council calls pictures that a model made.
_MADE_BY_MODEL = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia")
_MOST_ASSERTIONS = 500
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_MIME = {
    "JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "TIFF": "image/tiff",
    "AVIF": "image/avif", "MPO": "image/jpeg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the signed manifest of a picture says.

    Attributes
    ----------
    state
        Whether there is one, and whether it holds.
    signer
        Name in the certificate.
    tool
        Program that wrote the manifest.
    actions
        What was done, e.g. ``c2pa.created``.
    is_generated
        Whether the manifest says that a model made the picture or part of it.
    problems
        Codes of failed checks.
    """

    state: State
    signer: str = ""
    tool: str = ""
    actions: tuple[str, ...] = ()
    is_generated: bool = False
    problems: tuple[str, ...] = ()


def read_provenance(content: bytes, kind: str) -> Provenance:
    """Return the signed provenance of a picture.

    Parameters
    ----------
    content
        The bytes of the file.
    kind
        Its format as Pillow names it, e.g. ``JPEG``.

    Raises
    ------
    MissingExtraError
        If ``undazzle[provenance]`` is not installed.
    """
    try:
        import c2pa  # type: ignore[import-untyped]  # it has no types
    except ImportError as error:
        raise MissingExtraError("provenance", "Reading signed provenance") from error
    if kind not in _MIME or b"c2pa" not in content:
        return Provenance("none")
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
        reader = c2pa.Reader.try_create(_MIME[kind], io.BytesIO(content), context=context)
        if reader is None:
            return Provenance("none")
        with reader:
            return _provenance(json.loads(reader.json()), str(reader.get_validation_state()))
    except (c2pa.C2paError, ValueError, OSError):
        return Provenance("unreadable")


def _provenance(store: Mapping[str, Any], state: str) -> Provenance:
    manifests = store.get("manifests") or {}
    active = manifests.get(store.get("active_manifest")) or {}
    signer = active.get("signature_info") or {}
    tools = active.get("claim_generator_info") or [{}]
    actions = list(_actions(active))
    problems = tuple(
        str(one.get("code"))[:100] for one in store.get("validation_status") or [] if isinstance(one, dict)
    )[:20]
    return Provenance(
        "holds" if state in ("Valid", "Trusted") else "broken",
        str(signer.get("common_name") or signer.get("issuer") or "")[:200],
        str(tools[0].get("name") or active.get("claim_generator") or "")[:200],
        tuple(str(one.get("action"))[:100] for one in actions)[:20],
        any(str(one.get("digitalSourceType", "")).endswith(_MADE_BY_MODEL) for one in actions),
        problems,
    )


def _actions(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for assertion in (manifest.get("assertions") or [])[:_MOST_ASSERTIONS]:
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            data = assertion.get("data") or {}
            yield from (one for one in (data.get("actions") or [])[:_MOST_ASSERTIONS] if isinstance(one, dict))
