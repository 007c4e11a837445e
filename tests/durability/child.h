// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A process that is listened to and killed.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace tikgok::sim::durability {

class Child {
public:
    using Clock = std::chrono::steady_clock;
    // Called for each whole line that the process says, without its end.
    using Hear = std::function<void(std::string_view line)>;

    // Null when it cannot be started.
    static std::optional<Child> start(const std::filesystem::path& program,
                                      const std::vector<std::string>& words);
    Child(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    // Kills it, should it still live.
    ~Child();

    // Listens until `until`, or until the process says `word` as a line, or closes its mouth. True when the
    // word came.
    bool listen(Clock::time_point until, const Hear& hear, std::string_view word = {});
    // kill -9; then hears what had been said before. A last line without an end was not said.
    void kill(const Hear& hear);
    // Waits for its own end. Nothing when it takes too long; otherwise as exit status, or minus the signal.
    std::optional<int> finish(Clock::time_point until, const Hear& hear);
    // The same number after kill() as well, -9 as a rule.
    [[nodiscard]] int ended() const { return ended_; }

private:
    Child(pid_t process, int mouth) : process_(process), mouth_(mouth) {}
    // False at the end of what it says.
    bool take(const Hear& hear, std::string_view word, bool& heard);
    void reap();

    pid_t process_ = -1;
    int mouth_ = -1;
    int ended_ = 0;
    std::string rest_;
};

}  // namespace tikgok::sim::durability
