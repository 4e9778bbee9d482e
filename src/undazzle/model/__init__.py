"""The domain words as typed, immutable records: what a post, a trace kind, a duration, an id and a share are.

Reads no tables and writes none. Standard library only; it knows nothing of files, databases or reports.
"""

from undazzle.model.durations import format_duration, parse_duration
from undazzle.model.methods import InnocentExplanation, Parameter, Reference
from undazzle.model.posts import POST_FIELDS, PostField, post_field
from undazzle.model.shares import share_interval

__all__ = [
    "POST_FIELDS",
    "InnocentExplanation",
    "Parameter",
    "PostField",
    "Reference",
    "format_duration",
    "parse_duration",
    "post_field",
    "share_interval",
]
