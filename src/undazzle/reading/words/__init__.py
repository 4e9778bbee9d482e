"""Word lists of the reader, as YAML a person can extend. Names of public bodies and roles only."""
