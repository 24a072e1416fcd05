"""Sphinx: pages in Markdown, the API from docstrings, the catalog from the shipped data. No network is used."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext")]

from hmis_standards import __version__  # noqa: E402

project = "hmis-standards"
author = "hmis-standards contributors"
copyright = "2026, hmis-standards contributors"
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "api_names", "catalog_pages", "plot_images"]
exclude_patterns = ["_build", "_ext"]
nitpicky = True
# No inventories are fetched, so names of other libraries are shown without a link.
# Neither the engine nor type variables have a page.
nitpick_ignore_regex = [
    ("py:.*", r"(?!hmis_standards).*"),
    ("py:class", r"hmis_standards\.measure\.engine\..*"),
    ("py:class", r".*\.T"),
]

myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"hmis-standards {version}"
html_theme_options = {"navigation_with_keys": True}
html_copy_source = False
