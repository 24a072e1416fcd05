"""The working tools of the series: calculations whose every number says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken, total
    from hmis_standards.toolkit.flags import Flag, Flags

__all__ = ["Figure", "Figures", "Flag", "Flags", "computed", "given", "taken", "total"]

# Names of each module; a calculation's own module is loaded when somebody asks for it.
_MODULES = {
    "figures": ("Figure", "Figures", "computed", "given", "taken", "total"),
    "flags": ("Flag", "Flags"),
}

__getattr__, __dir__ = attach(__name__, {name: module for module, names in _MODULES.items() for name in names})
