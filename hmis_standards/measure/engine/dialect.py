"""The project's SQL in the words of another engine. Every statement for Spark comes from here.

SQL is written in DuckDB's dialect, in the part of it that means the same elsewhere once it is translated;
``tests/measure/test_dialect_parity.py`` runs each piece of that part on both engines.
"""

from __future__ import annotations

from functools import lru_cache

from hmis_standards.errors import MissingExtra

try:
    import sqlglot
    from sqlglot import exp
    from sqlglot.optimizer.scope import traverse_scope
except ImportError:
    raise MissingExtra("data") from None

__all__ = ["DIALECTS", "column_types", "translated"]

DIALECTS = ("duckdb", "spark")
_UNIX_LINES = "(?d)"
_CAPITALS = ("\u0130\u03a3", "i\u03c3")  # I with a dot above, and sigma


@lru_cache(maxsize=1024)
def translated(text: str, dialect: str = "spark", *, prefix: str = "", pretty: bool = False) -> str:
    """One statement in another dialect.

    ``prefix`` is put before the name of every table that the statement does not define itself with WITH, so that
    the tables of one export have names of their own in a catalog that is shared.
    """
    tree = sqlglot.parse_one(text, read="duckdb")
    if prefix:
        _rename(tree, prefix)
    return tree.transform(_alike).sql(dialect, pretty=pretty)


def _rename(tree: exp.Expr, prefix: str) -> None:
    """Give every table its prefix. A name is that of a WITH only after it was defined."""
    sources = [source for scope in traverse_scope(tree) for source in scope.sources.values()]
    for table in {id(one): one for one in sources if isinstance(one, exp.Table)}.values():
        if not table.alias:  # the statement may go on calling it by its name
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name, quoted=True)))
        table.set("this", exp.to_identifier(prefix + table.name, quoted=True))


def _alike(node: exp.Expr) -> exp.Expr:
    """What is written alike in both dialects and means something else, rewritten: sqlglot leaves it as it is."""
    if isinstance(node, exp.RegexpLike):
        return _to_the_end(node)
    return _letter_by_letter(node) if isinstance(node, exp.Lower) else node


def _to_the_end(node: exp.RegexpLike) -> exp.Expr:
    """A pattern's ``$`` is the end of the text; Java would also take it for the place before the last line end."""
    pattern = node.expression
    if isinstance(pattern, exp.Literal) and not pattern.name.startswith(_UNIX_LINES):
        node.set("expression", exp.Literal.string(_UNIX_LINES + pattern.name))
    return node


def _letter_by_letter(node: exp.Lower) -> exp.Expr:
    """Java makes two signs of one capital letter, and looks at the place of another in its word."""
    letters = (exp.Literal.string(text) for text in _CAPITALS)
    return exp.Lower(this=exp.Anonymous(this="translate", expressions=[node.this, *letters]))


@lru_cache(maxsize=64)
def column_types(columns: str, dialect: str = "spark") -> str:
    """Names and types of columns as they stand in CREATE TABLE, in the words of another dialect."""
    table = sqlglot.parse_one(f"CREATE TABLE t ({columns})", read="duckdb")
    return ", ".join(column.sql(dialect) for column in table.this.expressions)
