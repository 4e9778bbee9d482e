"""What cameras, editors and generators write into a picture file; anybody can write or remove it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MAKE, _MODEL, _SOFTWARE, _TAKEN, _GPS = 0x010F, 0x0110, 0x0131, 0x9003, 0x8825
_EXIF = 0x8769
_LONGEST = 200
# Names that generators leave: keys of PNG texts, or words in the name of the software.
_GENERATOR_KEYS = {
    "parameters": "Stable Diffusion web interface",
    "workflow": "ComfyUI",
    "prompt": "ComfyUI",
    "sd-metadata": "InvokeAI",
    "invokeai_metadata": "InvokeAI",
    "dream": "InvokeAI",
    "generation_data": "a Stable Diffusion program",
}
_GENERATOR_WORDS = re.compile(
    r"stable.?diffusion|midjourney|dall.?e|firefly|comfyui|novelai|imagen|made with google ai|leonardo\.ai|flux\.?1?",
    re.IGNORECASE,
)
_SOURCE_TYPE = re.compile(rb"(compositeWithTrained|trained|composite)AlgorithmicMedia|algorithmicMedia")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the metadata of a picture say.

    Attributes
    ----------
    camera
        Make and model.
    software
        Program that wrote the file.
    taken_at
        When it was taken, as the camera wrote it: local time without a zone.
    has_position
        Whether a position is in the file (the position itself is not read).
    generator
        Generator that the file names.
    """

    camera: str = ""
    software: str = ""
    taken_at: str = ""
    has_position: bool = False
    generator: str = ""


def read_marks(picture: Any, content: bytes) -> Marks:
    """Return what the metadata of an opened picture say; broken metadata say nothing.

    Parameters
    ----------
    picture
        A Pillow image.
    content
        The bytes of its file.
    """
    tags = _tags(picture)
    info = {str(key).lower(): value for key, value in dict(picture.info).items()}
    software = _clean(tags.get(_SOFTWARE) or info.get("software"))
    make, model = _clean(tags.get(_MAKE)), _clean(tags.get(_MODEL))
    return Marks(
        camera=model if model.startswith(make) else f"{make} {model}".strip(),
        software=software,
        taken_at=_clean(tags.get(_TAKEN)),
        has_position=bool(tags.get(_GPS)),
        generator=_generator(software, info, content),
    )


def _tags(picture: Any) -> dict[int, Any]:
    try:
        found = picture.getexif()
        return {**dict(found), **dict(found.get_ifd(_EXIF)), **({_GPS: True} if found.get_ifd(_GPS) else {})}
    except Exception:  # noqa: BLE001  # whatever broken metadata raise, the picture itself is fine
        return {}


def _generator(software: str, info: Mapping[str, Any], content: bytes) -> str:
    key = next((key for key in _GENERATOR_KEYS if isinstance(info.get(key), str) and info[key].strip()), None)
    if key is not None:
        return _GENERATOR_KEYS[key]
    named = _GENERATOR_WORDS.search(software)
    if named:
        return named.group()
    source = _SOURCE_TYPE.search(content)
    return f"declared as {source.group().decode()}" if source else ""


def _clean(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = "".join(one for one in str(value or "") if one.isprintable())
    return text.strip()[:_LONGEST]
