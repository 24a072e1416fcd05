"""A made-up community, told as a FY2026 HMIS CSV export; `make_sample_export.py` is the way in."""
