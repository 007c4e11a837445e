#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy 19 over the build's compile commands, two at a time, and remembers what was clean.

A unity build keeps this short: one run reads the heavy headers once for many sources. A command whose inputs (its
own sources, every header of the repository that it reads, .clang-tidy) have not changed since it was clean is not
run again; the memory is a folder of stamps in the build directory.
Usage: clang_tidy.py BUILD_DIR [--tests] [name-filter]
The tests themselves are read only with --tests: they are half of the code, and take most of the time.
"""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
# gcc knows warnings that clang does not, and the other way round.
DROP = re.compile(r"^-Wno-(maybe-uninitialized|restrict|dangling-pointer|subobject-linkage)$|^-fno-sanitize-recover|^-Werror$")


def compiler_call(entry):
    words = shlex.split(entry["command"])
    # The launcher (cmake -E env ... ccache) comes before the compiler.
    start = next(i for i, w in enumerate(words) if re.search(r"(^|/)(g\+\+|c\+\+|clang\+\+)[-0-9]*$", w))
    keep, skip = [], False
    for word in words[start + 1:]:
        if skip:
            skip = False
        elif word == "-o":
            skip = True
        elif word != "-c" and not DROP.match(word):
            keep.append(word)
    return [w for w in keep if w != entry["file"]]


def inputs(entry, flags):
    """The repository's files that this command reads."""
    listing = subprocess.run(["clang++-19", *flags, "-MM", entry["file"]], cwd=entry["directory"],
                             capture_output=True, text=True)
    if listing.returncode != 0:
        return None
    names = listing.stdout.replace("\\\n", " ").split()[1:]
    return sorted({(pathlib.Path(entry["directory"]) / n).resolve() for n in names})


def digest(files, flags):
    state = hashlib.sha256((TOP / ".clang-tidy").read_bytes())
    state.update("\0".join(flags).encode())
    for file in files:
        state.update(str(file).encode())
        state.update(file.read_bytes())
    return state.hexdigest()


def main():
    words = [word for word in sys.argv[1:] if word != "--tests"]
    build = pathlib.Path(words[0]).resolve()
    pattern = re.compile(words[1] if len(words) > 1 else "")
    with_tests = "--tests" in sys.argv
    stamps = build / "clang-tidy-clean"
    stamps.mkdir(exist_ok=True)
    entries = json.loads((build / "compile_commands.json").read_text())
    # Generated code is not ours to mend: moc, rcc, qml caches and resources.
    generated = re.compile(r"(plugin(_init)?\.dir/|resources_\d+\.dir/|mocs_compilation|qrc_|qmlcache|\.rcc/|_qmltyperegistrations|qmltyperegistrations|"
                           r"resources?_init|_init\.cpp|plugin\.cpp|Plugin\.cpp|\.c$)")

    def only_generated(name):
        """A unity file of nothing but generated sources."""
        file = pathlib.Path(name)
        if generated.search(name):
            return True
        if file.parent.name != "Unity" or not file.exists():
            return False
        parts = re.findall(r'#include "([^"]+)"', file.read_text())
        return bool(parts) and all(generated.search(p) for p in parts)

    entries = [e for e in entries if not only_generated(e["file"]) and pattern.search(e["file"])
               and (with_tests or not pathlib.Path(e["file"]).is_relative_to(build / "tests"))
               and (with_tests or not pathlib.Path(e["file"]).is_relative_to(TOP / "tests"))]
    failed, skipped = [], 0

    def run(entry):
        flags = compiler_call(entry)
        files = inputs(entry, flags)
        stamp = stamps / digest(files, flags) if files is not None else None
        if stamp is not None and stamp.exists():
            return entry, None, ""
        done = subprocess.run(
            # What moc made is included by our sources.
            ["clang-tidy-19", "--quiet", f"--config-file={TOP / '.clang-tidy'}", "--exclude-header-filter=_autogen/",
             entry["file"], "--", *flags, "-Wno-unknown-warning-option"],
            cwd=entry["directory"], capture_output=True, text=True)
        if done.returncode == 0 and stamp is not None:
            stamp.touch()
        return entry, done.returncode, done.stdout + (done.stderr if done.returncode else "")

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for entry, code, output in pool.map(run, entries):
            if code is None:
                skipped += 1
            elif code != 0:
                failed.append(entry["file"])
                print(output, flush=True)
    print(f"clang-tidy: {len(entries)} commands, {skipped} unchanged since they were clean, {len(failed)} with findings")
    for name in failed:
        print("  " + name)
    return 1 if failed or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
