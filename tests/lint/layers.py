#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the includes of every source file and fails on an arrow that the house does not know.

The rules are those of docs/architecture.md: each folder lists the folders that it may include. `--self-test`
shows that a forbidden arrow is found.
"""
import pathlib
import re
import sys

# What the gateway reports and asks by itself, beside the services.
GATEWAY_PORTS = [f"backend-sim/ports/{name}.h" for name in ("clock", "cpu_meter", "log", "request_telemetry")]
# The longest matching prefix decides. A folder may always include itself. A folder that is not in here may not
# exist: whoever makes one says what it may know.
ALLOWED = {
    "core/contract": [],
    "core/api": ["core/contract"],
    "core/settings": ["core/account/last_accounts.h", "core/api", "core/storage/private_file.h"],
    "core/account": ["core/api", "core/contract", "core/storage/private_file.h"],
    "core/storage": ["core/api"],
    "core/outbox": ["core/account", "core/api", "core/contract", "core/storage"],
    "core/cache": ["core/account", "core/api", "core/contract", "core/playback/media_source.h", "core/storage"],
    "core/entities": ["core/account", "core/api", "core/contract", "core/outbox"],
    "core/feed": ["core/account", "core/api", "core/cache", "core/contract", "core/entities"],
    "core/comments": ["core/account", "core/api", "core/cache", "core/contract", "core/entities", "core/outbox",
                      "core/settings/atomic_file.h", "core/storage"],
    "core/social": ["core/account", "core/api", "core/cache", "core/contract", "core/entities", "core/feed"],
    "core/chat": ["core/account", "core/api", "core/cache", "core/comments/drafts.h", "core/contract", "core/entities",
                  "core/outbox", "core/storage"],
    "core/camera": ["core/playback"],
    "core/publish": ["core/account", "core/api", "core/camera", "core/contract", "core/entities/convert.h", "core/outbox",
                     "core/playback", "core/storage"],
    "core/diagnostics": ["core/api", "core/storage/private_file.h"],
    "core/simulator": ["core/account", "core/api", "core/storage/private_file.h"],
    "core/playback": [],
    "qml": ["app/server_link.h", "app/video_playlist.h", "core"],
    "app": ["core", "backend-sim/simulator.h"],
    "backend-sim/ports": ["core/contract"],
    "backend-sim/adapters/crypto": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/files": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/memory": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/sqlite": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/log": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/telemetry": ["backend-sim/ports", "core/contract"],
    "backend-sim/adapters/system": ["backend-sim/ports", "core/contract"],
    "backend-sim/media": ["backend-sim/ports", "core/contract"],
    "backend-sim/world": ["backend-sim/ports", "core/contract"],
    "backend-sim/services": ["backend-sim/ports", "core/contract"],
    "backend-sim/gateway": ["backend-sim/services", *GATEWAY_PORTS, "core/contract"],
    "backend-sim/control": [
        "backend-sim/gateway", "backend-sim/ports", "backend-sim/services", "backend-sim/world/dice.h", "core/contract",
    ],
    "backend-sim/config": ["backend-sim/ports/log.h", "core/contract"],
    "backend-sim/main": [
        "backend-sim/adapters/log", "backend-sim/adapters/system", "backend-sim/config", "backend-sim/control/base64.h",
        "backend-sim/replayer.h", "backend-sim/simulator.h", "core/contract",
    ],
    "tests": ["app", "backend-sim", "core", "qml"],
}
# Single files that put the parts together.
ROOTS = {
    "backend-sim/backend": [
        "backend-sim/adapters", "backend-sim/backend_parts.h", "backend-sim/media", "backend-sim/ports", "backend-sim/services", "backend-sim/world",
        "core/contract",
    ],
    **{f"backend-sim/backend_{part}": [
        "backend-sim/adapters", "backend-sim/backend.h", "backend-sim/backend_parts.h",
        "backend-sim/backend_world_files.h", "backend-sim/media", "backend-sim/ports", "backend-sim/services",
        "backend-sim/world", "core/contract",
    ] for part in ("parts", "snapshots", "world_files", "worlds")},
    "backend-sim/replayer": ["backend-sim/control", "backend-sim/gateway", "backend-sim/ports", "backend-sim/services/dialect_name.h", "backend-sim/simulator.h"],
    "backend-sim/keepers": ["backend-sim/backend.h", "backend-sim/control", "core/contract"],
    "backend-sim/simulator": [
        "backend-sim/adapters/system", "backend-sim/adapters/telemetry", "backend-sim/backend.h", "backend-sim/control",
        "backend-sim/gateway", "backend-sim/ports", "backend-sim/services/dialect_name.h", "backend-sim/services/login_limits.h", "core/contract", "backend-sim/keepers.h", "backend-sim/replayer.h", "backend-sim/services/policy.h", "backend-sim/services/trouble",
    ],
}
# core/contract is plain C++; core has no QML and no Widgets; the simulator has no Qt.
FORBIDDEN_SYSTEM = {
    "core/contract": re.compile(r"^(Q|qt|SQLiteCpp|boost/(asio|beast))"),
    "core": re.compile(r"^(QtQml|QtQuick|QtWidgets|QQml|QQuick|QWidget|QApplication|boost/(asio|beast))"),
    "backend-sim": re.compile(r"^(Q[A-Z]|Qt)"),
    "backend-sim/services": re.compile(r"^(SQLiteCpp|sqlite3|boost/(asio|beast)|sodium|libav)"),
    "backend-sim/ports": re.compile(r"^(SQLiteCpp|sqlite3|boost|sodium|libav)"),
    "backend-sim/control": re.compile(r"^(SQLiteCpp|sqlite3|libav|boost/(asio|beast))"),
    "backend-sim/gateway": re.compile(r"^(SQLiteCpp|sqlite3|libav)"),
    "backend-sim/adapters": re.compile(r"^(boost/(asio|beast)|libav)"),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
TOPS = ("app", "backend-sim", "core", "qml", "tests")


def longest(table, path):
    matches = [key for key in table if path == key or path.startswith(key + "/")]
    return max(matches, key=len, default=None)


def check(path, text):
    """Yields the forbidden includes of the file at `path` (relative to the top, with slashes)."""
    folder = path.rsplit("/", 1)[0]
    stem = path.rsplit(".", 1)[0]
    if stem in ROOTS:
        own, others = stem, [f"{stem}.h", *ROOTS[stem]]
    elif own := longest(ALLOWED, folder):
        others = [own, *ALLOWED[own]]
    else:
        yield f"{path}: the table in tests/lint/layers.py does not know the folder {folder}"
        return
    for kind, name in INCLUDE.findall(text):
        if kind == "<":
            for key, pattern in FORBIDDEN_SYSTEM.items():
                if (folder == key or folder.startswith(key + "/")) and pattern.match(name):
                    yield f"{path}: <{name}> is not for {key}"
            if name.split("/", 1)[0] in TOPS:
                yield f"{path}: <{name}>: quote includes of our own, <> would hide the arrow"
            continue
        if name.split("/", 1)[0] not in TOPS:
            # What the build makes (moc, the place of the demo media) is no folder of ours; all else from the top.
            if not name.endswith(".moc") and name != "resources/demo_media_dir.h":
                yield f"{path}: \"{name}\": include from the top of the repository"
            continue
        if not any(name == a or name.startswith(a + "/") for a in others):
            yield f"{path}: \"{name}\": {own} may include only {', '.join(others)}"


def self_test():
    bad = [
        ("core/feed/a.cpp", '#include "backend-sim/simulator.h"'),
        ("backend-sim/gateway/a.cpp", '#include "backend-sim/adapters/sqlite/x.h"'),
        ("backend-sim/services/a.cpp", '#include "core/api/api.h"'),
        ("core/contract/a.h", "#include <QString>"),
        ("core/comments/a.h", "#include <QQuickItem>"),
        ("core/api/a.h", '#include "core/feed/feed_model.h"'),
        ("backend-sim/main/a.cpp", "#include <QCoreApplication>"),
        ("core/feed/a.cpp", "#include <backend-sim/simulator.h>"),
        ("core/feed/a.cpp", '#include "feed_model.h"'),
        ("core/account/a.cpp", '#include "core/settings/settings.h"'),
        ("core/nowhere/a.cpp", "#include <vector>"),
        ("app/a.cpp", '#include "backend-sim/backend.h"'),
        ("app/a.cpp", '#include "qml/Core/foreign.h"'),
        ("backend-sim/adapters/sqlite/a.cpp", '#include "backend-sim/adapters/memory/tables.h"'),
        ("backend-sim/adapters/sqlite/a.cpp", '#include "backend-sim/services/services.h"'),
        ("backend-sim/backend.cpp", '#include "backend-sim/gateway/gateway.h"'),
        ("backend-sim/simulator.cpp", '#include "backend-sim/adapters/sqlite/sqlite_store.h"'),
        ("backend-sim/backend_snapshots.cpp", '#include "backend-sim/control/world_routes.h"'),
        ("backend-sim/ports/a.h", '#include "backend-sim/services/context.h"'),
        ("backend-sim/gateway/a.cpp", '#include "backend-sim/ports/queue.h"'),
        ("backend-sim/gateway/a.cpp", '#include "backend-sim/control/admin_api.h"'),
        ("backend-sim/services/a.cpp", "#include <boost/asio/post.hpp>"),
        ("backend-sim/services/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>"),
    ]
    good = [
        ("core/feed/a.cpp", '#include "core/contract/types.h"\n#include <QString>\n#include "a.moc"'),
        ("app/main.cpp", '#include "backend-sim/simulator.h"'),
        ("tests/core/a.cpp", '#include "backend-sim/simulator.h"'),
    ]
    for path, text in bad:
        assert list(check(path, text)), f"not found: {path}: {text}"
    for path, text in good:
        assert not list(check(path, text)), f"wrongly found: {path}: {text}"
    print(f"{len(bad)} forbidden arrows found, {len(good)} allowed ones passed")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = [f for t in TOPS for f in sorted((top / t).rglob("*")) if f.suffix in (".h", ".cpp") and f.is_file()]
    problems = [p for f in files for p in check(f.relative_to(top).as_posix(), f.read_text(encoding="utf-8"))]
    print("\n".join(problems))
    print(f"{len(files)} files, {len(problems)} forbidden includes")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
