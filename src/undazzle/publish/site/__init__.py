"""A case becomes a static site: timeline, filters, a page for every claim, incident, actor, source and target.

Reads a case only, no table of a workspace; writes files only, the same bytes for the same case. It must not know of
posts or detection, never says which side of a contradiction is right, and loads nothing from anywhere.
"""

from __future__ import annotations

from undazzle.publish.site.build import SiteSummary, build_site

__all__ = ["SiteSummary", "build_site"]
