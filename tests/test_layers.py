"""The house keeps its storeys: who may import whom, and where each third party may come in."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (  # lowest first; a module imports what lies below it, or its own package
    ("errors", "model", "collecting"),
    ("paths",),
    ("config",),
    ("documents", "rulebook", "serialize", "cache"),
    ("reading", "terms"),
    ("claims", "trials"),
    ("match", "verdict", "suppress", "baseline"),
    ("app",),
    ("reports",),
    ("cli",),
    ("__init__", "__main__"),
)
CONFINED = {  # third party: the only places that may import it
    "charset_normalizer": ("documents/",),
    "httpx": ("trials/fetch/client.py",),
    "jinja2": ("reports/html/",),
    "lxml": ("documents/", "trials/importers/"),
    "markdown_it": ("documents/",),
    "msgspec": ("trials/database/record.py", "trials/importers/ctgov.py"),
    "pathspec": ("cli/", "config.py"),
    "pydantic": ("rulebook/schema.py", "trials/schema.py"),
    "rapidfuzz": ("terms/plain.py",),
    "rich": ("reports/", "cli/"),
    "spacy": ("reading/",),
    "typer": ("cli/", "reports/"),
    "watchfiles": ("cli/watch.py",),
    "yaml": ("rulebook/load.py", "trials/yaml_text.py"),
}
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
FILES = sorted((ROOT / "claimcheck").rglob("*.py"))


def name_of(path):
    return path.relative_to(ROOT / "claimcheck").as_posix()


def part_of(module):
    """`claimcheck.rulebook.load` -> rulebook; `verdict_situation` belongs to verdict."""
    name = module.split(".")[1]
    return name if name in RANK else name.split("_")[0]


def imports(tree):
    """Every module that is imported, at any depth of the file, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its layer"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_imports_only_what_it_may(path):
    here = name_of(path)
    own = part_of(f"claimcheck.{here.removesuffix('.py').replace('/', '.')}")
    wrong = []
    for module, line in imports(ast.parse(path.read_text(encoding="utf-8"))):
        top = module.partition(".")[0]
        if top == "claimcheck":
            part = own if module in {"claimcheck", "claimcheck.__version__"} else part_of(module)
            allowed = part == own or RANK[part] < RANK[own]
        else:
            allowed = top in sys.stdlib_module_names or here.startswith(CONFINED.get(top, ()))
        if not allowed:
            wrong.append(f"{here}:{line}: {module}")
    assert not wrong


def test_no_two_modules_import_each_other():
    graph = {path: set() for path in FILES}
    for path in FILES:
        # Only what runs on import: a function's own imports and those for types close no circle.
        body = ast.parse(path.read_text(encoding="utf-8")).body
        top = ast.Module([node for node in body if isinstance(node, ast.Import | ast.ImportFrom)])
        for module, _ in imports(top):
            for name in (module, module.rpartition(".")[0]):
                target = ROOT / f"{name.replace('.', '/')}.py"
                graph[path] |= {target} & graph.keys()
    while free := [path for path, needed in graph.items() if not needed & graph.keys()]:
        for path in free:
            del graph[path]
    assert not {name_of(path) for path in graph}
