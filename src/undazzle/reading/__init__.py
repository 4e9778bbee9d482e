"""An article, report or page becomes segments by source and drafts of claims, each with its place in the text.

Reads one local file (HTML, PDF or plain text) and the names a case knows; writes drafts beside a case when asked to,
and never into it: a person accepts each one. No table of the workspace is read or written and nothing is fetched. It
must not know of posts or detection, and it does not know what is true: it says who said what, and where it stands.
"""
