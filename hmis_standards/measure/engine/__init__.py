"""Data engines: the only modules that import one. An engine holds typed tables and answers with integers."""
