"""References to a class by the module that defines it lead to its public name, under which the API documents it."""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

__all__ = ["resolve", "setup"]


def resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element) -> nodes.Element | None:
    """The reference to the one documented object of ours that has this last name; None if there is not exactly one."""
    if node.get("refdomain") != "py":
        return None
    last = str(node["reftarget"]).rpartition(".")[2]
    objects = env.domains.python_domain.objects
    found = [(name, entry) for name, entry in objects.items() if name.rpartition(".")[2] == last]
    classes = [(name, entry) for name, entry in found if entry.objtype in {"class", "exception", "data"}]
    if len(classes) != 1:
        return None
    name, entry = classes[0]
    return make_refnode(app.builder, node["refdoc"], entry.docname, entry.node_id, content, name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
