#!/usr/bin/python3
"""Checks the documentation against the project.

    tools/check_docs.py [--write]    --write renews docs/configuration.md from build/sextant

- every relative link and image of a Markdown file leads to a file that is there;
- docs/configuration.md is what `sextant config --markdown` prints;
- every folder of src/ is in the table of src/README.md.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
LEFT_OUT = {".git", ".deps", "node_modules", "data"}

INTRODUCTION = """# Settings

From the strongest: a flag of `sextant serve` (such as `--port`), the environment, the file `.env` in the folder where the program is
started, the default. Unknown names in `.env` and bad values are refused at the start. `build/sextant config` prints the values
in force and where each comes from.

"""


def markdown_files():
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if not any(part in LEFT_OUT or part.startswith("build-") or part == "build" for part in parts):
            yield path


def broken_links():
    for path in markdown_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for target in LINK.findall(line):
                if "://" in target or target.startswith("mailto:"):
                    continue
                if not (path.parent / target).exists():
                    yield f"{path.relative_to(ROOT)}:{number}: {target} is not there"


def configuration():
    printed = subprocess.run([ROOT / "build" / "sextant", "config", "--markdown"],
                             capture_output=True, text=True, check=True, cwd="/", env={})
    return INTRODUCTION + printed.stdout


def missing_folders():
    table = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
    for group in sorted(p for p in (ROOT / "src").iterdir() if p.is_dir()):
        names = [group.name]
        if group.name in ("analysis", "platform"):
            names = [f"{group.name}/{p.name}" for p in sorted(group.iterdir()) if p.is_dir()]
        for name in names:
            if f"| `{name}` |" not in table:
                yield f"src/README.md: {name} is not in the table"


def main(arguments):
    settings = ROOT / "docs" / "configuration.md"
    if arguments == ["--write"]:
        settings.write_text(configuration(), encoding="utf-8")
        return 0
    problems = list(broken_links()) + list(missing_folders())
    if not settings.exists() or settings.read_text(encoding="utf-8") != configuration():
        problems.append("docs/configuration.md is out of date: run tools/check_docs.py --write")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
