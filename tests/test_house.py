import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tui.registry import STANDARD

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("tui", "screens", "review", "store")
MODULES = sorted(path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]
WORKING = [path for path in MODULES if path.name != "__init__.py"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

each_module = pytest.mark.parametrize("path", WORKING, ids=str)


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def tracked_texts() -> Iterator[tuple[str, str]]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            yield name, (ROOT / name).read_bytes().decode("utf-8", "replace")


@each_module
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{path} has no docstring"


@each_module
def test_a_module_is_at_most_300_lines_long(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= 300, f"{path} has {lines} lines: split it along what it does"


@each_module
def test_functions_and_classes_stay_small(path: Path) -> None:
    limits = {ast.FunctionDef: 50, ast.AsyncFunctionDef: 50, ast.ClassDef: 250}
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > limits[type(node)]
    ]
    assert not long, f"{path}: {long}"


@each_module
def test_a_class_is_named_for_the_thing_it_is(path: Path) -> None:
    vague = re.compile(r".(Manager|Helper|Widget|Modal)$")
    names = [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef) and vague.search(node.name)]
    assert not names, f"{path}: {names}"


@each_module
def test_nothing_catches_every_exception(path: Path) -> None:
    broad = {"Exception", "BaseException"}
    lines = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or any(isinstance(name, ast.Name) and name.id in broad for name in ast.walk(node.type)))
    ]
    assert not lines, f"{path}: lines {lines}"


@each_module
def test_an_ignored_type_error_carries_its_code(path: Path) -> None:
    bare = re.compile(r"#\s*type:\s*ignore(?!\[)")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not [number for number, line in enumerate(text.splitlines(), 1) if bare.search(line)]


@each_module
def test_text_is_said_by_the_static_that_lays_nothing_out_in_vain(path: Path) -> None:
    if path != Path("tui/widgets/static.py"):
        taken = [
            node
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "textual.widgets"
        ]
        assert "Static" not in {name.name for node in taken for name in node.names}, (
            f"{path}: see tui/widgets/static.py"
        )


@pytest.mark.parametrize("path", PACKAGES, ids=str)
def test_a_package_does_nothing_when_it_is_imported(path: Path) -> None:
    rest = [
        node for node in tree(path).body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    assert not rest, f"{path} holds code"


def test_no_tracked_file_names_a_package_index() -> None:
    # In brackets where this very file would match.
    option = re.compile(r"index[-]url|find[-]links|https?://[^\s\"']+/simple\b|file:[/]/\S*pypi", re.IGNORECASE)
    named = [name for name, text in tracked_texts() if option.search(text)]
    assert not named


def test_the_exact_versions_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert not [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)]
    assert not [line for line in lines if line.startswith("closeout==")]


def test_every_package_asked_for_has_an_exact_version() -> None:
    pinned = {canonical(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    wanted = {canonical(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]}
    assert wanted <= pinned


def test_the_changelog_tells_of_the_current_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(PROJECT['version'])}\b", changelog, re.MULTILINE)


def test_the_screens_are_drawn_with_a_skin_of_at_most_250_lines() -> None:
    skin = ROOT / "tui" / "app.tcss"
    assert skin.read_text(encoding="utf-8").count("\n") <= 250


def test_what_is_imported_is_what_is_declared() -> None:
    distributions = packages_distributions()
    imported = {
        canonical(distributions[top][0])
        for path in WORKING
        for top in imported_tops(path)
        if top in distributions and top not in (*sys.stdlib_module_names, *ROOMS)
    }
    declared = {canonical(line) for line in PROJECT["dependencies"]}
    # rich comes with textual, which promises it.
    assert imported - {"rich"} == declared


def imported_tops(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_the_readme_has_the_keys_that_there_are():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert STANDARD.key_table().strip() in readme
