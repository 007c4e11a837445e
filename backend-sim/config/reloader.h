// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads the configuration file again when it changes.
#pragma once

#include "backend-sim/config/layers.h"
#include "backend-sim/ports/log.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace tikgok::sim {

class ConfigReloader {
public:
    struct Needs {
        std::filesystem::path file;
        // Lie over the file.
        ConfigLayer environment;
        ConfigLayer flags;
        // What runs now.
        Settings running;
        // Gets settings in which only live keys differ from those that run. On the reloader's thread.
        std::function<void(const Settings&)> apply;
        LogSink log;
        // The file is read when it has not changed for one interval.
        std::chrono::milliseconds interval{250};
    };

    // Starts a thread.
    explicit ConfigReloader(Needs needs);
    ~ConfigReloader();
    ConfigReloader(const ConfigReloader&) = delete;
    ConfigReloader& operator=(const ConfigReloader&) = delete;

    // Reads the file soon, whether or not it changed. Any thread.
    void kick();

private:
    // Tells one state of the file from another.
    using Signature = std::string;

    [[nodiscard]] Signature signature() const;
    void run();
    void reload();

    Needs needs_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool kicked_ = false;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace tikgok::sim
