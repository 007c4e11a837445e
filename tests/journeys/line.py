# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line between the program and the server, which can be made slow in one direction, as uploads know it."""
import socket
import threading
import time

PIECE = 32 * 1024


class Line:
    """Use as a context manager. Takes connections on a free port of its own and carries them to the server."""

    def __init__(self, server):
        self._server = server
        # Bytes a second from the program to the server, all connections together; None: as fast as it goes.
        self.up_rate = None
        # Bytes that the server was given.
        self.carried_up = 0
        self._lock = threading.Lock()
        self._due = 0.0
        self._listener = socket.socket()
        # What waits in the system counts as sent to the program, so there should be little of it.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * PIECE)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        # Wakes the thread that waits in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _take(self):
        while True:
            try:
                program, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server.port), timeout=20)
                server.settimeout(None)
            except OSError:
                program.close()
                continue
            for one, other, up in ((program, server, True), (server, program, False)):
                threading.Thread(target=self._carry, args=(one, other, up), daemon=True).start()

    def _carry(self, one, other, up):
        try:
            while piece := one.recv(PIECE):
                if up:
                    self._wait_for_turn(len(piece))
                other.sendall(piece)
        except OSError:
            pass
        # Either end gone means the whole connection is: nobody here closes one half only.
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _wait_for_turn(self, size):
        with self._lock:
            self.carried_up += size
            rate = self.up_rate
            if rate is None:
                self._due = 0.0
                return
            self._due = max(self._due, time.monotonic()) + size / rate
            due = self._due
        # A rate that is lifted meanwhile frees those who wait.
        while self.up_rate is not None and (rest := due - time.monotonic()) > 0:
            time.sleep(min(rest, 0.05))
