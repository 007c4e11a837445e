#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the blocks of docs/admin-worlds.md, and holds the program's command line against manual page and completions.

Usage: manual_test.py PROGRAM SOURCES
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = pathlib.Path(sys.argv[1])
SOURCES = pathlib.Path(sys.argv[2])


def quick_place():
    """As tests/support/quick_directory.h: in memory where there is much of it, because simulators sync a lot."""
    try:
        room = os.statvfs("/dev/shm")
    except OSError:
        return None
    enough = room.f_bavail * room.f_frsize >= 1 << 30 and os.access("/dev/shm", os.W_OK)
    return "/dev/shm" if enough and "TMPDIR" not in os.environ else None


class Manual(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(dir=quick_place()))
        self.addCleanup(shutil.rmtree, self.directory, True)
        self.script = ""
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("TIKGOK_")}
        self.environment["PATH"] = f"{PROGRAM.parent}:{self.environment.get('PATH', '')}"

    def serve(self, *more):
        server = subprocess.Popen(
            [PROGRAM, "serve", "--data", self.directory / "data", "--port", "0", "--ready-json", *more],
            stdout=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        ready = json.loads(server.stdout.readline())
        self.environment |= {"SIM": ready["url"], "DATA": str(self.directory / "data"), "TIKGOK_SIM_URL": ready["url"],
                             "TIKGOK_SIM_ADMIN_TOKEN_FILE": str(self.directory / "data/admin.token")}
        return server

    def run_it(self, *command, **more):
        return subprocess.run([str(c) for c in command], cwd=self.directory, env=self.environment, capture_output=True,
                              text=True, timeout=60, **more)

    def ctl(self, *words):
        return self.run_it(PROGRAM, "ctl", *words)

    def words(self):
        return self.run_it(PROGRAM, "completion", "words").stdout.splitlines()

    def test_every_block(self):
        text = (SOURCES / "docs/admin-worlds.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
        self.assertGreater(len(blocks), 7)
        self.serve()
        script = "set -eu\n" + "".join(f"echo '--- block {i}'\n{block}" for i, block in enumerate(blocks))
        done = self.run_it("bash", "-c", script)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)

    def test_the_guide(self):
        text = (SOURCES / "docs/qa-guide.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
        self.assertGreater(len(blocks), 6)
        # Its server is this one, and its tests are `true`.
        self.assertTrue(blocks[0].startswith("tikgok-sim serve --data /tmp/qa --port 8080"))
        self.serve()
        script = "".join(f"echo '--- block {i}'\n{block}" for i, block in enumerate(blocks[1:]))
        for was, now in (("http://127.0.0.1:8080", self.environment["SIM"]), ("/tmp/qa", self.environment["DATA"]),
                         ("ctest --output-on-failure", "true")):
            self.assertIn(was, script)
            script = script.replace(was, now)
        done = self.run_it("bash", "-c", "set -eu\n" + script)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)

    def test_json_of_every_reading_command(self):
        self.serve()
        for words in ("status", "routes", "clock show", "world show", "snapshot list", "faults list", "inside list",
                      "dead-letters list", "people list", "scenario list", "scenario show", "instance list",
                      "replay show", "coverage show", "validation show", "journal list"):
            with self.subTest(words):
                done = self.ctl("--json", *words.split())
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(len(done.stdout.splitlines()), 1)
                json.loads(done.stdout)
                self.assertTrue(self.ctl(*words.split()).stdout)

    def test_refusals(self):
        self.serve()
        for code, words in ((1, "snapshot restore none"), (1, "clock set 99999999999999999"), (1, "scenario load none"),
                            (2, "clock set"), (2, "clock set soon"), (2, "fly"), (2, ""), (2, "scenario load none.json"),
                            (2, "world import none.tikgok x"), (2, "world import . x"), (2, "clock scale fast"),
                            (2, "faults add x @none.json"), (2, "faults add x @."), (4, "--token-file . status"),
                            (2, "scenario load ./"), (4, "--token-file /dev/zero status"),
                            (2, "faults add x @/dev/zero")):
            with self.subTest(words):
                done = self.ctl(*words.split())
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertTrue(done.stderr.startswith("tikgok-sim: ") or code == 2, done.stderr)
                self.assertTrue(done.stderr)
        done = self.ctl("--json", "snapshot", "restore", "none")
        self.assertEqual(json.loads(done.stdout)["error"]["code"], "no_such_world")

    def test_an_empty_name_is_not_all_of_them(self):
        self.serve()
        self.ctl("faults", "add", "kept", '{"effects": [{"kind": "latency", "ms": 3000}]}')
        self.ctl("inside", "on", "queue_full")
        for words in ("faults remove", "faults show", "inside off", "journal show", "snapshot remove",
                      "dead-letters resend", "instance stop", "delete"):
            with self.subTest(words):
                done = self.ctl(*words.split(), "")
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn("is empty", done.stderr)
        self.assertIn("kind=latency  ms=3000\n", self.ctl("faults", "list").stdout + "\n" + self.ctl("faults", "show", "kept").stdout)
        self.assertIn("scale: 1\n", self.ctl("clock", "show").stdout)
        self.assertIn('"inside":1', self.ctl("--json", "status").stdout)

    def test_switches(self):
        self.serve()
        for part, where in (("journal", "journal/state"), ("validation", "validation"), ("coverage", "coverage")):
            for switch, told in (("on", '"on":true'), ("off", '"on":false')):
                with self.subTest(f"{part} {switch}"):
                    self.assertEqual(self.ctl(part, switch).returncode, 0)
                    self.assertIn(told, self.ctl("--json", "get", where).stdout)

    def test_an_export_that_fails_leaves_the_old_one(self):
        self.serve()
        file = self.directory / "world.tikgok"
        self.assertEqual(self.ctl("world", "export", file).returncode, 0)
        before = file.read_bytes()
        self.environment["TIKGOK_SIM_ADMIN_TOKEN"] = "wrong"
        self.assertEqual(self.ctl("world", "export", file).returncode, 4)
        self.environment["TIKGOK_SIM_URL"] = "http://127.0.0.1:1"
        self.assertEqual(self.ctl("world", "export", file).returncode, 3)
        self.assertEqual(file.read_bytes(), before)
        self.assertEqual([f.name for f in self.directory.glob("world*")], ["world.tikgok"])

    def test_an_import_that_is_refused_leaves_nothing(self):
        self.serve()
        self.assertEqual(self.ctl("world", "export", "world.tikgok").returncode, 0)
        self.assertEqual(self.ctl("world", "import", "world.tikgok", "here").returncode, 0)
        (self.directory / "other.tikgok").write_bytes(b"This is no world." * 100_000)
        (self.directory / "empty.tikgok").write_bytes(b"")
        for words, said in (("world import other.tikgok x", "cannot be imported"), ("world import empty.tikgok x", "cannot be imported"),
                            ("world import world.tikgok here", "called 'here' already"), ("world import world.tikgok ../x", "plain name")):
            with self.subTest(words):
                done = self.ctl(*words.split())
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(said, done.stderr)
                self.assertEqual(list((self.directory / "data").rglob("import-*")), [])
        self.assertEqual(self.ctl("world", "import", "world.tikgok", "here", "--replace").returncode, 0)

    def test_a_file_that_cannot_be_written(self):
        self.serve()
        self.assertEqual(self.ctl("replay", "record").returncode, 0)
        (self.directory / "folder").mkdir()
        for words in ("world export", "replay save"):
            for file in ("no/folder/x", "folder"):
                with self.subTest(words + " " + file):
                    done = self.ctl("--json", *words.split(), file)
                    self.assertEqual(done.returncode, 1, done.stdout)
                    self.assertIn("cannot be written", json.loads(done.stdout)["error"]["message"])
                    self.assertEqual([f.name for f in self.directory.glob("*.new")], [])

    def test_a_replay_is_for_its_owner_and_fails_in_words(self):
        self.serve()
        self.assertEqual(self.ctl("replay", "save", self.directory / "none").returncode, 1)
        self.assertEqual(self.ctl("replay", "record").returncode, 0)
        self.assertEqual(self.run_it("curl", "-fsS", self.environment["TIKGOK_SIM_URL"] + "/douyin/feed/").returncode, 0)
        file = self.directory / "session.replay"
        file.write_text("older")
        file.chmod(0o644)
        self.assertEqual(self.ctl("replay", "save", file).returncode, 0)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual([f.name for f in self.directory.glob("session*")], ["session.replay"])
        done = self.run_it(PROGRAM, "replay", "--json", file)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["compared"], 1)
        for wrong in (self.directory / "none", self.directory, SOURCES / "README.md"):
            with self.subTest(wrong):
                done = self.run_it(PROGRAM, "replay", wrong)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr)
        file.write_bytes(file.read_bytes()[:-40])
        done = self.run_it(PROGRAM, "replay", file)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cut off", done.stderr)

    def test_exec(self):
        temporary = self.directory / "temporary"
        temporary.mkdir()
        self.environment["TMPDIR"] = str(temporary)
        for code, command in ((0, ["true"]), (7, ["sh", "-c", "exit 7"]), (127, ["/no/such/command"]),
                              (128 + 15, ["sh", "-c", "kill $$"])):
            with self.subTest(command):
                done = self.run_it(PROGRAM, "exec", "--world", "empty", "--", *command)
                self.assertEqual(done.returncode, code, done.stderr)
        done = self.run_it(PROGRAM, "exec", "--scenario", "nothing-like-that", "--", "true")
        self.assertEqual(done.returncode, 125)
        self.assertIn("There is no such scenario.", done.stderr)
        self.assertNotIn("{", done.stderr)
        for wrong, said in (("none.json", "cannot be read"), (self.directory, "cannot be read"), ("two words", "1 to 64 letters")):
            done = self.run_it(PROGRAM, "exec", "--scenario", wrong, "--", "true")
            self.assertEqual(done.returncode, 125)
            self.assertIn(said, done.stderr)
        done = self.run_it(PROGRAM, "exec", "--scenario", "feed-of-one", "--", "sh", "-c",
                           'printf "%s\\n" "$TIKGOK_SIM_SCENARIO"; curl -s "$TIKGOK_SIM_URL/douyin/feed/"; test -s "$TIKGOK_SIM_ADMIN_TOKEN_FILE"')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout.splitlines()[0])["accounts"][0]["name"], "qa")
        self.assertEqual(done.stdout.count('"play_url"'), 1)
        self.assertEqual(list(temporary.iterdir()), [])

    def test_no_room_for_temporary_files(self):
        file = self.directory / "x.replay"
        file.write_text("{}")
        self.environment["TMPDIR"] = str(self.directory / "none")
        for code, words in ((125, ("exec", "--world", "empty", "--", "true")), (2, ("replay", file))):
            with self.subTest(words):
                done = self.run_it(PROGRAM, *words)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn("no room", done.stderr)

    def test_signals_reach_the_command(self):
        process = subprocess.Popen([PROGRAM, "exec", "--world", "empty", "--", "sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"],
                                   stdout=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 9)

    def test_parent_death(self):
        parent = subprocess.Popen(
            ["bash", "-c", f'"{PROGRAM}" serve --data "{self.directory}/data" --port 0 --ready-json --parent-death & wait'],
            stdout=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(parent.stdout.close)
        pid = json.loads(parent.stdout.readline())["pid"]
        parent.kill()
        parent.wait()
        self.ends(pid)

    def test_parent_death_is_not_that_of_a_thread(self):
        servers = []
        def start():
            servers.append(subprocess.Popen([PROGRAM, "serve", "--data", self.directory / "data", "--port", "0", "--ready-json", "--parent-death"],
                                            stdout=subprocess.PIPE, text=True, env=self.environment))
            self.assertIn("ready", servers[0].stdout.readline())
        thread = threading.Thread(target=start)
        thread.start()
        thread.join()
        server = servers[0]
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        # Until the kernel is done with the thread; what it sends with that would be there first.
        while len(list(pathlib.Path("/proc/self/task").iterdir())) > 1:
            time.sleep(0.01)
        with self.assertRaises(subprocess.TimeoutExpired):
            server.wait(1)
        server.terminate()
        self.assertEqual(server.wait(20), 0)

    def test_a_command_that_does_not_listen_goes_with_the_parent(self):
        self.environment["TIKGOK_SIM_SERVER_STOP_TIME"] = "100ms"
        temporary = self.directory / "temporary"
        temporary.mkdir()
        self.environment["TMPDIR"] = str(temporary)
        parent = subprocess.Popen(
            ["bash", "-c", f'"{PROGRAM}" exec --parent-death --world empty -- '
             """python3 -c 'import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(os.getppid(), os.getpid(), flush=True); time.sleep(600)' & wait"""],
            stdout=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(parent.stdout.close)
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        self.assertEqual(len(pids), 2)
        parent.kill()
        parent.wait()
        for pid in pids:
            self.ends(pid)
        self.assertEqual(list(temporary.iterdir()), [])

    def ends(self, pid):
        for _ in range(400):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        self.fail("it lives on")

    def test_addresses_that_are_none(self):
        self.environment["TIKGOK_SIM_ADMIN_TOKEN"] = "x"
        for url, said in (("http://127.0.0.1:99999", "number from 1 to 65535"), ("http://127.0.0.1:0", "number from 1 to 65535"),
                          ("http://127.0.0.1:", "number from 1 to 65535"), ("http://127.0.0.1:80x", "number from 1 to 65535"),
                          ("http://127.0.0.1:-1", "number from 1 to 65535"), ("127.0.0.1:8080", "begin with http://"),
                          ("https://127.0.0.1:8080", "begin with http://"), ("http://127.0.0.1:1/_sim/", "nothing may stand behind"),
                          ("http://127.0.0.1:1?x", "nothing may stand behind"), ("http://", "no host"), ("http://me@127.0.0.1:1", "no host"),
                          ("http://::1:1", "no host"), ("http://[::1:1", "']' is missing"), ("http://two words:1", "no host")):
            for how in ("option", "environment"):
                with self.subTest(f"{url} {how}"):
                    if how == "option":
                        done = self.ctl("--url", url, "status")
                    else:
                        self.environment["TIKGOK_SIM_URL"] = url
                        done = self.ctl("status")
                    self.assertEqual(done.returncode, 2, done.stderr)
                    self.assertIn(f"'{url}' is no address like http://127.0.0.1:8080", done.stderr)
                    self.assertIn(said, done.stderr)
        for url in ("http://127.0.0.1:1", "http://127.0.0.1:1/", "http://[::1]:1", "http://localhost:1"):
            with self.subTest(url):
                self.assertEqual(self.ctl("--url", url, "status").returncode, 3)

    def test_a_simulator_that_is_not_named(self):
        """Of a plain `serve` the address and the token are found; a token goes nowhere but to the address beside it."""
        self.environment |= {"XDG_DATA_HOME": str(self.directory), "DATA": ""}
        usual = self.directory / "tikgok-sim"
        done = self.ctl("status")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn(f"'{usual}'", done.stderr)
        server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--world", "one", "--ready-json"], stdout=subprocess.PIPE, text=True,
                                  env=self.environment)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        url = json.loads(server.stdout.readline())["url"]
        self.assertEqual((usual / "admin.url").read_text(encoding="ascii"), url + "\n")
        for words in ((), ("--url", url), ("--url", url + "/"), ("--token-file", str(usual / "admin.token"))):
            with self.subTest(words):
                done = self.ctl("--json", *words, "status")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(json.loads(done.stdout)["url"], url)
        with socket.create_server(("127.0.0.1", 0)) as other:
            other.settimeout(0)
            for at in (f"http://127.0.0.1:{other.getsockname()[1]}", url.replace("127.0.0.1", "localhost")):
                with self.subTest(at):
                    done = self.ctl("--url", at, "status")
                    self.assertEqual(done.returncode, 4, done.stderr)
                    self.assertIn("--token-file", done.stderr)
            with self.assertRaises(BlockingIOError):
                other.accept()
        # Whoever could lay the address there would be sent the token.
        note = usual / "admin.url"
        text = note.read_text(encoding="ascii")
        foreign = [lambda: (note.rename(usual / "kept"), note.symlink_to("kept"))]
        if os.geteuid() == 0:
            foreign.append(lambda: (note.write_text(text, encoding="ascii"), os.chown(note, 65534, 65534)))
        for lay in foreign:
            lay()
            for words in ((), ("--token-file", str(usual / "admin.token"))):
                with self.subTest(note.lstat(), words=words):
                    done = self.ctl(*words, "status")
                    self.assertEqual(done.returncode, 4, done.stderr)
                    self.assertIn("admin.url' is no file of your own", done.stderr)
            self.assertEqual(self.ctl("--url", url, "--token-file", str(usual / "admin.token"), "status").returncode, 0)
            note.unlink()
        note.write_text(text, encoding="ascii")
        # The directory may be named by a variable, as for `serve`.
        self.environment |= {"XDG_DATA_HOME": str(self.directory / "none"), "TIKGOK_SIM_DATA_DIRECTORY": str(usual)}
        self.assertEqual(self.ctl("status").returncode, 0)
        server.terminate()
        self.assertEqual(server.wait(), 0)
        self.assertFalse((usual / "admin.url").exists())
        self.assertEqual(self.ctl("status").returncode, 4)

    def test_an_address_that_a_kill_has_left(self):
        """Anybody may listen there since: it goes before there is a token that is worth something."""
        data = self.directory / "data"
        data.mkdir(0o700)
        (data / "admin.url").write_text("http://127.0.0.1:1\n", encoding="ascii")
        done = self.run_it(PROGRAM, "exec", "--data", data, "--world", "one", "--", "ls", data)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("admin.token", done.stdout.split())
        self.assertNotIn("admin.url", done.stdout.split())

    def test_help_of_every_group(self):
        text = self.run_it(PROGRAM, "ctl", "--help").stdout
        groups = {line.split()[1] for line in self.words() if line.startswith("ctl ") and line.count(" ") == 2 and " --" not in line}
        self.assertGreater(len(groups), 10)
        for group in groups:
            with self.subTest(group):
                self.assertRegex(text, rf"(?m)^  {group} +[A-Z]")
        self.assertNotIn("Commands about", text)

    def test_manual_page_in_step(self):
        page = (SOURCES / "packaging/linux/man/tikgok-sim.1").read_text(encoding="utf-8").replace("\\-", "-")
        for line in self.words():
            path, _, word = line.rpartition(" ")
            if path in ("", "exec", "replay", "serve", "ctl", "completion", "config") or path.startswith("ctl "):
                if path in ("exec", "serve", "config print", "config") and word not in ("--ready-json", "--parent-death", "--scenario", "--data", "--port", "--world"):
                    continue
                with self.subTest(line):
                    self.assertRegex(page, rf"(?<![\w-]){re.escape(word)}(?![\w-])")

    def test_completions(self):
        words = self.words()
        self.assertIn("ctl clock freeze", words)
        self.assertIn("exec --scenario", words)
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell):
                script = self.run_it(PROGRAM, "completion", shell).stdout
                for line in words:
                    word = line.rpartition(" ")[2]
                    self.assertIn(word if shell != "fish" else word.removeprefix("--"), script)
                if shutil.which(shell):
                    self.assertEqual(self.run_it(shell, "-n", "-c" if shell == "fish" else "/dev/stdin", *([script] if shell == "fish" else []), input=script).returncode, 0)
        self.assertEqual(self.run_it(PROGRAM, "completion", "csh").returncode, 2)

    def offered(self):
        """Names that are offered where files may stand, too."""
        return {"ctl scenario load": sorted(path.stem for path in (SOURCES / "resources/scenarios").glob("*.json")),
                "ctl world make": ["empty", "small", "one", "hostile", "busy", "huge"]}

    def test_zsh_offers_what_there_is(self):
        """The functions of zsh's completion are replaced by some that say what they were given."""
        if not shutil.which("zsh"):
            self.skipTest("no zsh")
        script = self.run_it(PROGRAM, "completion", "zsh").stdout.removesuffix('_tikgok_sim "$@"\n')
        stand_ins = '''
_describe() { printf '%s\\n' "${(@P)2}"; }
_files() { print FILES; }
_normal() { print NORMAL $CURRENT $words; }
compset() { print COMPSET; }
'''

        def ask(*typed):
            words = " ".join(shlex.quote(word) for word in ("tikgok-sim", *typed))
            done = self.run_it("zsh", "-f", "-c", stand_ins + script + f"\nwords=({words}); CURRENT={len(typed) + 1}; _tikgok_sim")
            self.assertEqual(done.stderr, "")
            return done.stdout.splitlines()

        worlds = self.offered()["ctl world make"]
        for typed, want in ((("serve", "--dialect", ""), ["standard", "tikgok", "demo"]), (("exec", "--log-level", "w"), ["debug", "info", "warning", "error", "off"]),
                            (("serve", "--dialect=t",), ["COMPSET", "standard", "tikgok", "demo"]),
                            (("serve", "--world", ""), worlds), (("exec", "--scenario", ""), [*self.offered()["ctl scenario load"], "FILES"]), (("serve", "--config", ""), ["FILES"]),
                            (("exec", "--", "cat", "a"), ["NORMAL 2 cat a"])):
            with self.subTest(typed):
                self.assertEqual(ask(*typed), want)
        for typed, want in (((), "ctl:Ask and tell a simulator that runs, in the words of its admin API"), (("ctl", "clock", ""), "freeze:Stop the clock"),
                            (("ctl", "--token-file", "clock", ""), "status:What the simulator is and how it does"),
                            (("ctl", "scenario", "load", ""), "disk-full"), (("ctl", "world", "make", ""), "hostile"),
                            (("serve", "--port", "0", ""), "--dialect:What to be like: the contract's server, the reference server with its quirks, or the official demo.")):
            with self.subTest(typed):
                self.assertIn(want, ask(*(typed or ("",))))

    def test_fish_offers_what_there_is(self):
        if not shutil.which("fish"):
            self.skipTest("no fish")
        (self.directory / "script.fish").write_text(self.run_it(PROGRAM, "completion", "fish").stdout, encoding="utf-8")

        def ask(typed):
            home = {"HOME": str(self.directory), "XDG_CONFIG_HOME": str(self.directory), "XDG_DATA_HOME": str(self.directory)}
            self.environment |= home
            done = self.run_it("fish", "-N", "-c", f"source script.fish; complete -C {shlex.quote('tikgok-sim ' + typed)}")
            self.assertEqual(done.stderr, "")
            return done.stdout.splitlines()

        def words(typed):
            return sorted(line.partition("\t")[0] for line in ask(typed))

        worlds = self.offered()["ctl world make"]
        self.assertEqual(words("serve --dialect "), ["demo", "standard", "tikgok"])
        self.assertEqual(words("serve --world "), sorted(worlds))
        self.assertEqual(words("ctl world make "), sorted(worlds))
        self.assertIn("script.fish", words("ctl scenario load "))
        self.assertEqual(words("ctl --token-file clock cl"), ["clock"])
        self.assertEqual(words("ctl clock fr"), ["freeze"])
        self.assertEqual(words("serve --port 0 --wor"), ["--world"])
        self.assertIn("disk-full", words("ctl scenario load d"))
        self.assertIn("--dialect\tWhat to be like: the contract's server, the reference server with its quirks, or the official demo.",
                      ask("serve --dial"))

    def complete(self, *typed):
        """What bash offers for these words, the last of which is being typed."""
        if not self.script:
            self.script = self.run_it(PROGRAM, "completion", "bash").stdout
        words = " ".join(shlex.quote(word) for word in ("tikgok-sim", *typed))
        done = self.run_it("bash", "-c", self.script + f'\nCOMP_WORDS=({words}); COMP_CWORD={len(typed)}; _tikgok_sim; printf "%s\\n" "${{COMPREPLY[@]}}"')
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_offers_what_there_is(self):
        levels = {}
        for line in self.words():
            path, _, word = line.rpartition(" ")
            levels.setdefault(path, []).append(word)
        self.assertGreater(len(levels), 40)
        for path, words in levels.items():
            with self.subTest(path):
                self.assertEqual(self.complete(*path.split(), ""), [*words, *self.offered().get(path, [])])
        (self.directory / "a-file").touch()
        for typed, want in ((("ctl", "clock", "fr"), ["freeze"]), (("ctl", "snap"), ["snapshot"]), (("exec", "--scen"), ["--scenario"]), (("ser",), ["serve"]),
                            (("completion", ""), ["bash", "zsh", "fish", "--version", "--help"]),
                            (("serve", "--dialect", ""), ["standard", "tikgok", "demo"]), (("serve", "--dialect", "ti"), ["tikgok"]),
                            (("serve", "--dialect", "="), ["standard", "tikgok", "demo"]), (("serve", "--dialect", "=", "de"), ["demo"]),
                            (("serve", "--world", "h"), ["hostile", "huge"]), (("exec", "--scenario", "disk"), ["disk-full"]),
                            (("ctl", "scenario", "load", "disk"), ["disk-full"]), (("ctl", "scenario", "load", "disk-full", "--js"), ["--json"]),
                            (("ctl", "scenario", "load", "a-f"), ["a-file"]),
                            (("serve", "--log-level", "w"), ["warning"]), (("serve", "--config", "a-f"), ["a-file"]), (("serve", "--config", ""), ["a-file"]),
                            # What an option is given is no command.
                            (("ctl", "--token-file", "clock", "fre"), []), (("ctl", "--url", "clock", "clock", "fre"), ["freeze"]),
                            (("ctl", "clock", "freeze", "--js"), ["--json"]), (("serve", "--port", "0", "--wor"), ["--world"]),
                            (("exec", "--", "cat", "a-f"), ["a-file"])):
            with self.subTest(typed):
                found = self.complete(*typed)
                self.assertEqual(sorted(found), sorted(want))
        self.assertIn("cat", self.complete("exec", "--", "ca"))

    def test_help_says_what_may_be_chosen(self):
        for command in ("serve", "exec"):
            text = self.run_it(PROGRAM, command, "--help").stdout
            for choices in ("{standard,tikgok,demo}", "{auto,sequential,snowflake}", "{debug,info,warning,error,off}"):
                self.assertIn(choices, text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
