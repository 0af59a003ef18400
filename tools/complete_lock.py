#!/usr/bin/python3
"""Completes web/package-lock.json with the platform packages that npm left out.

    tools/complete_lock.py          adds what is missing
    tools/complete_lock.py --check  only says whether something is missing, exit status 1

A tool like Biome lists one optional package for each platform. When the registry at hand is a mirror
without the packages of other platforms, npm leaves them out of the lock file, and `npm ci` against the
full registry then refuses it. An entry with version and platform is enough: npm never fetches a package
of another platform.
"""

import json
import pathlib
import sys

LOCK = pathlib.Path(__file__).resolve().parent.parent / "web" / "package-lock.json"
SYSTEMS = {"aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"}
PROCESSORS = {"arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"}


def platform_of(name):
    """The os, cpu and libc members of an entry, read from a name like @a/b-linux-arm64-musl."""
    entry = {}
    for word in name.split("/")[-1].split("-"):
        if word in SYSTEMS:
            entry["os"] = [word]
        elif word in PROCESSORS:
            entry["cpu"] = [word]
        elif word.startswith("musl"):
            entry["libc"] = ["musl"]
        elif word.startswith("gnu"):
            entry["libc"] = ["glibc"]
    return entry


def missing_entries(lock):
    packages = lock["packages"]
    missing = {}
    for parent in packages.values():
        for name, version in parent.get("optionalDependencies", {}).items():
            key = f"node_modules/{name}"
            platform = platform_of(name)
            if key in packages or not platform or not version[:1].isdigit():
                continue
            dev = {"dev": True} if parent.get("dev") else {}
            missing[key] = {"version": version, **dev, "optional": True, **platform}
    return missing


def main(arguments):
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    missing = missing_entries(lock)
    if not missing:
        return 0
    if arguments == ["--check"]:
        print(f"{LOCK.name} lacks {', '.join(sorted(missing))}; run tools/complete_lock.py", file=sys.stderr)
        return 1
    packages = lock["packages"] | missing
    lock["packages"] = {key: packages[key] for key in sorted(packages)}
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"added {len(missing)} entries to {LOCK.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
