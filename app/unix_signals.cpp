// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/unix_signals.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace tikgok {

namespace {

constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};

// A signal handler may touch little more than this.
volatile std::sig_atomic_t signalPipe = -1;

void onSignal(int) {
    const char byte = 1;
    const auto written = ::write(signalPipe, &byte, 1);
    static_cast<void>(written);  // a full pipe has said it already
}

}  // namespace

UnixSignals::UnixSignals(QObject* parent) : QObject(parent) {
    if (::pipe2(pipe_, O_CLOEXEC | O_NONBLOCK) != 0) {
        return;  // then the signals do what they always do
    }
    signalPipe = pipe_[1];
    notifier_ = std::make_unique<QSocketNotifier>(pipe_[0], QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(pipe_[0], &byte, 1) == 1) {
        }
        Q_EMIT endRequested();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);  // a second one ends at once
    for (const int number : kSignals) {
        ::sigaction(number, &action, nullptr);
    }
}

UnixSignals::~UnixSignals() {
    if (pipe_[0] < 0) {
        return;
    }
    for (const int number : kSignals) {
        std::signal(number, SIG_DFL);
    }
    notifier_.reset();
    ::close(pipe_[0]);
    ::close(pipe_[1]);
}

}  // namespace tikgok
