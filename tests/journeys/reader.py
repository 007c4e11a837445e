# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds in the program: the accessible tree, over a bus that only the two of them are on."""
import os
import re
import subprocess
import time

import dbus
import dbus.bus

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
ACCESSIBLE = "org.a11y.atspi.Accessible"
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
# Bits of AT-SPI's states.
STATES = {"active": 1, "checked": 4, "enabled": 8, "focusable": 11, "focused": 12, "selected": 23, "showing": 25,
          "visible": 30}

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Node:
    """One element of the tree, as it was when it was read."""

    def __init__(self, role, name, description, states, who, path):
        self.role, self.name, self.description, self.states = role, name, description, states
        # The program's name on the bus, and the element's there.
        self.who, self.path = who, path

    def __str__(self):
        return f"{self.role} '{self.name}' [{self.description}] {' '.join(sorted(self.states))}"


class Reader:
    """A bus of its own; give environment() to the program."""

    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        config = os.path.join(directory, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(BUS.format(directory=directory))
        self._bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._address = self._bus.stdout.readline().strip()
        assert self._address, "no bus for the accessible tree"
        # The launcher puts the socket of its bus below XDG_RUNTIME_DIR, always under the same name.
        os.chmod(directory, 0o700)
        self._launcher = subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL,
                                          env={**os.environ, **self.environment(), "XDG_RUNTIME_DIR": directory})
        session = dbus.bus.BusConnection(self._address)
        while not session.name_has_owner("org.a11y.Bus"):
            assert self._launcher.poll() is None, "no bus for the accessible tree"
            time.sleep(0.02)
        self._line = dbus.bus.BusConnection(
            session.call_blocking("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, ()))
        session.close()

    def close(self):
        self._line.close()
        for process in (self._launcher, self._bus):
            process.terminate()
            process.wait(10)

    def environment(self):
        return {"DBUS_SESSION_BUS_ADDRESS": self._address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def _call(self, who, path, interface, method, *words):
        return self._line.call_blocking(who, path, interface, method, None, words, timeout=10)

    def _walk(self, who, path, read):
        """Everything that shows below an element, in the order of the tree, as read(who, path, states) gives it."""
        for child_who, child in self._call(who, path, ACCESSIBLE, "GetChildren"):
            low, high = self._call(child_who, child, ACCESSIBLE, "GetState")
            states = {name for name, bit in STATES.items() if (int(low) | int(high) << 32) >> bit & 1}
            # The program itself has neither.
            if path == ROOT or "visible" in states:
                if path != ROOT or who != REGISTRY:
                    yield from read(child_who, child, states)
                yield from self._walk(child_who, child, read)

    def _all(self, read):
        # What goes while it is being read makes an error; what is left is looked at the next time.
        try:
            return list(self._walk(REGISTRY, ROOT, read))
        except dbus.DBusException:
            return []

    def _node(self, who, path, states):
        def of(key):
            return str(self._call(who, path, "org.freedesktop.DBus.Properties", "Get", ACCESSIBLE, key))
        role = str(self._call(who, path, ACCESSIBLE, "GetRoleName"))
        yield Node(role, of("Name"), of("Description"), states, who, path)

    def nodes(self):
        """Empty while there is no program, or it is changing."""
        return self._all(self._node)

    def focused(self):
        """Where the keyboard is, from the window inwards."""
        return self._all(lambda who, path, states: self._node(who, path, states) if "focused" in states else ())

    def find(self, name, role=None, state=None):
        """The first element whose name the pattern matches in full."""
        for node in self.focused() if state == "focused" else self.nodes():
            if re.fullmatch(name, node.name) and role in (None, node.role) and (state is None or state in node.states):
                return node
        return None

    def top(self, node):
        """Where its upper edge is, in the window."""
        _, y, _, _ = self._call(node.who, node.path, "org.a11y.atspi.Component", "GetExtents", dbus.UInt32(1))
        return int(y)

    def text(self, node):
        """What stands in a field."""
        return str(self._call(node.who, node.path, "org.a11y.atspi.Text", "GetText", dbus.Int32(0), dbus.Int32(-1)))
