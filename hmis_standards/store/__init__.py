"""Reading and checking the YAML: the only part of the package that knows yaml, jsonschema and cattrs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.store.load import load_benchmarks, load_catalog, load_hmis_csv
    from hmis_standards.store.locate import data_root, sample_root
    from hmis_standards.store.structuring import structure
    from hmis_standards.store.validation import validate
    from hmis_standards.store.yaml_text import Raw, read_raw

__all__ = [
    "Raw",
    "data_root",
    "load_benchmarks",
    "load_catalog",
    "load_hmis_csv",
    "read_raw",
    "sample_root",
    "structure",
    "validate",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Raw": "yaml_text",
        "data_root": "locate",
        "load_benchmarks": "load",
        "load_catalog": "load",
        "load_hmis_csv": "load",
        "read_raw": "yaml_text",
        "sample_root": "locate",
        "structure": "structuring",
        "validate": "validation",
    },
)
