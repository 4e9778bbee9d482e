"""Methods of a claim become tags of the frameworks that name them: DISARM, ATT&CK, and a local extension.

Labels are in own words; ids are those of the frameworks. The frameworks are kept apart: a tag belongs to one.
"""

from undazzle.publish.exchange.techniques.tags import Framework, Tag, tag_of, tags_of

__all__ = ["Framework", "Tag", "tag_of", "tags_of"]
