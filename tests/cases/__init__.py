"""Scenarios worked by hand, one a YAML file: answers in; score, verdict, gaps and plan out."""
