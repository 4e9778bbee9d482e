"""A page of our own for demonstrations. Places, bodies and events are invented."""
