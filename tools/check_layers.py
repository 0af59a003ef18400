#!/usr/bin/python3
"""Checks that folders under src/ include only what stands below them.

    tools/check_layers.py [SRC]       checks the tree; prints one line per wrong include, exit status 1
    tools/check_layers.py --self-test checks the checker

The rules are the table LAYERS. A folder that is not in it is an error, so that a new one gets a
place on purpose. Includes of the project are written "folder/file.h", from src/; <…> is not looked at.
"""

import pathlib
import re
import sys
import tempfile

# Folders from the lowest up. A folder may include itself and what its entry names; a group name
# stands for all of its folders. Inside a group, a folder may include those listed before it.
ANALYSIS = ["engine", "formats", "profile", "chart", "insight", "ask", "tuning", "semantic"]
PLATFORM = [
    "store", "blobs", "demo", "events", "jobs", "workers", "llm",
    "accounts", "search", "sources", "models", "queries", "conversations", "dashboards", "insights", "assistants",
    "operations",
]
GROUPS = {"analysis": ANALYSIS, "platform": PLATFORM}
LAYERS = {
    "base": [],
    "catalog": ["base"],
    "wire": ["base", "catalog"],
    "analysis": ["base", "catalog", "wire"],
    "platform": ["base", "catalog", "wire"],
    "worker": ["base", "catalog", "wire", "analysis"],
    "http": ["base", "catalog"],
    "api": ["base", "catalog", "wire", "platform", "http"],
    "main": ["base", "catalog", "wire", "analysis", "platform", "worker", "http", "api"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def folder_of(path):
    """("analysis", "engine") of analysis/engine/gate.h, ("base", None) of base/text.h."""
    parts = path.split("/")
    group = parts[0]
    return group, parts[1] if group in GROUPS and len(parts) > 2 else None


def problem_with(includer, included):
    """Why `includer` (a path under src/) may not include `included`; None when it may."""
    from_group, from_folder = folder_of(includer)
    to_group, to_folder = folder_of(included)
    for group, folder, path in ((from_group, from_folder, includer), (to_group, to_folder, included)):
        if group not in LAYERS:
            return f"'{group}' (of {path}) has no layer; give it one in tools/check_layers.py"
        if group in GROUPS and folder is None:
            return f"{path} is in no folder of {group}/"
        if folder is not None and folder not in GROUPS[group]:
            return f"'{group}/{folder}' has no place in the order of {group}; give it one in tools/check_layers.py"
    if from_group != to_group:
        if to_group in LAYERS[from_group]:
            return None
        allowed = ", ".join(LAYERS[from_group]) or "nothing but itself"
        return f"{from_group} may include {allowed}; not {to_group}"
    if from_folder is None or from_folder == to_folder:
        return None
    order = GROUPS[from_group]
    if order.index(to_folder) < order.index(from_folder):
        return None
    return f"{from_group}/{from_folder} stands below {from_group}/{to_folder} and may not include it"


def check(src):
    """Every problem under the folder `src`, as (file, line, text)."""
    problems = []
    files = sorted(p for p in src.rglob("*") if p.suffix in (".h", ".cc"))
    if not files:
        return [(str(src), 0, "no C++ files here")]
    for file in files:
        name = file.relative_to(src).as_posix()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            included = match.group(1)
            if "/" not in included or included.startswith("."):
                why = f'"{included}" must be written from src/, as "folder/file.h"'
            elif not (src / included).is_file():
                why = f'"{included}" does not exist under {src.name}/ (libraries are included with <…>)'
            else:
                why = problem_with(name, included)
            if why:
                problems.append((name, number, why))
    return problems


def self_test():
    allowed = [
        ("catalog/source.h", "base/json.h"),
        ("base/json.cc", "base/json.h"),
        ("analysis/ask/read.cc", "analysis/engine/gate.h"),
        ("platform/sources/ingest.cc", "platform/jobs/runner.h"),
        ("worker/serve.cc", "analysis/formats/load.h"),
        ("api/files.cc", "http/router.h"),
        ("main/main.cc", "api/files.h"),
    ]
    refused = [
        ("base/json.h", "catalog/source.h"),
        ("http/router.h", "wire/frame.h"),
        ("http/router.h", "platform/store/database.h"),
        ("analysis/engine/gate.cc", "analysis/ask/read.h"),
        ("analysis/ask/read.cc", "platform/store/database.h"),
        ("platform/store/database.cc", "analysis/engine/gate.h"),
        ("platform/store/database.cc", "platform/accounts/users.h"),
        ("worker/serve.cc", "platform/store/database.h"),
        ("api/files.cc", "analysis/engine/gate.h"),
        ("mystery/a.cc", "base/json.h"),
        ("platform/mystery/a.cc", "base/json.h"),
        ("platform/a.cc", "base/json.h"),
    ]
    failures = [f"should be allowed: {a} → {b}" for a, b in allowed if problem_with(a, b)]
    failures += [f"should be refused: {a} → {b}" for a, b in refused if not problem_with(a, b)]
    with tempfile.TemporaryDirectory() as folder:
        src = pathlib.Path(folder)
        (src / "base").mkdir()
        (src / "catalog").mkdir()
        (src / "catalog" / "b.h").write_text("#pragma once\n")
        (src / "base" / "a.cc").write_text(
            '#include <vector>\n#include "a.h"\n#include "catalog/b.h"\n  # include "base/gone.h"\n')
        lines = [line for _, line, _ in check(src)]
        if lines != [2, 3, 4]:
            failures.append(f"a tree with wrong includes on lines 2, 3 and 4 gave {lines}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) > 1 or any(a.startswith("-") for a in arguments):
        print(__doc__, file=sys.stderr)
        return 2
    root = pathlib.Path(__file__).resolve().parent.parent
    problems = check(pathlib.Path(arguments[0]) if arguments else root / "src")
    for file, line, why in problems:
        print(f"src/{file}:{line}: {why}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
