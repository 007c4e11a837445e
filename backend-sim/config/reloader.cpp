// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/config/reloader.h"

#include <exception>
#include <sys/stat.h>
#include <utility>

namespace tikgok::sim {

ConfigReloader::ConfigReloader(Needs needs) : needs_(std::move(needs)), thread_([this] { run(); }) {}

ConfigReloader::~ConfigReloader() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void ConfigReloader::kick() {
    {
        const std::lock_guard lock(mutex_);
        kicked_ = true;
    }
    wake_.notify_all();
}

ConfigReloader::Signature ConfigReloader::signature() const {
    struct stat facts{};
    if (::stat(needs_.file.c_str(), &facts) != 0) {
        return {};
    }
    return std::to_string(facts.st_ino) + "/" + std::to_string(facts.st_size) + "/" +
           std::to_string(facts.st_mtim.tv_sec) + "." + std::to_string(facts.st_mtim.tv_nsec);
}

void ConfigReloader::run() {
    // Read once at the start: it may have changed since the caller read it.
    Signature read;
    Signature seen;
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait_for(lock, needs_.interval, [this] { return ending_ || kicked_; });
        if (ending_) {
            return;
        }
        const bool asked = std::exchange(kicked_, false);
        lock.unlock();
        try {
            // A file that is being written is left alone until it is still; one that is gone may be on its
            // way back, as editors do it.
            const Signature now = signature();
            const bool still = now == std::exchange(seen, now);
            if (asked || (still && now != read && !now.empty())) {
                read = now;
                reload();
            }
        } catch (const std::exception& problem) {
            logTo(needs_.log, LogLevel::Error, std::string("config reload failed: ") + problem.what());
        }
        lock.lock();
    }
}

void ConfigReloader::reload() {
    const auto file = readConfigFile(needs_.file);
    if (!file) {
        for (const ConfigProblem& problem : file.error()) {
            logTo(needs_.log, LogLevel::Error, "config refused, the old values stay: " + problem.text());
        }
        return;
    }
    const EffectiveConfig wanted = resolveConfig({&*file, &needs_.environment, &needs_.flags});
    Settings next = needs_.running;
    bool changed = false;
    for (const ConfigKey& key : configKeys()) {
        const ConfigValue now = key.get(needs_.running);
        const ConfigValue then = key.get(wanted.settings);
        if (now == then) {
            continue;
        }
        const std::string words =
            "config key=" + key.name + " from=" + configText(key, now) + " to=" + configText(key, then);
        if (key.live) {
            key.set(next, then);
            changed = true;
            logTo(needs_.log, LogLevel::Info, words + " changed");
        } else {
            logTo(needs_.log, LogLevel::Warning, words + " needs a restart");
        }
    }
    if (changed) {
        needs_.apply(next);
        needs_.running = next;
    }
    logTo(needs_.log, LogLevel::Info, std::string("config read file=") + needs_.file.string());
}

}  // namespace tikgok::sim
