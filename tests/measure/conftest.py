"""What tests of measuring share."""

from __future__ import annotations

from tests.measure.spark_session import spark

__all__ = ["spark"]
