"""Trackers of others become draft records."""
