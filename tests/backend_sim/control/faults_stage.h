// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of fault rules share: a simulator, somebody who is signed in, and requests as bytes.
#pragma once

#include "tests/backend_sim/control/admin_stage.h"

#include <memory>
#include <string>

namespace tikgok::sim::controltest {

inline const std::string kFeed = "/douyin/feed/";

inline std::string ruleOf(const std::string& effects, const std::string& more = "") {
    return R"({"effects":[)" + effects + "]" + (more.empty() ? "" : "," + more) + "}";
}

// An answer without what differs from one second to the next.
inline std::string withoutDate(std::string bytes) {
    const std::size_t at = bytes.find("Date: ");
    return at == std::string::npos ? bytes : bytes.erase(at, bytes.find("\r\n", at) + 2 - at);
}

class FaultsStage {
protected:
    void start() {
        stage_ = std::make_unique<AdminStage>();
        token_ = stage_->person("ann");
        video_ = std::to_string(at(stage_->get(kFeed), "/video_list/0/id").as_int64());
    }
    // "TOKEN" stands for that of ann.
    [[nodiscard]] std::string withToken(std::string text) const {
        if (const std::size_t at = text.find("TOKEN"); at != std::string::npos) {
            text.replace(at, 5, token_);
        }
        return text;
    }
    [[nodiscard]] Raw raw(const std::string& method, const std::string& target,
                          const std::string& headers = "") const {
        return stage_->raw(method + " " + withToken(target) + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                           "\r\n");
    }
    void clear() const { stage_->must("DELETE", "/_sim/faults"); }
    // Which of some requests a rule strikes: "x.x".
    [[nodiscard]] std::string pattern(int requests, const std::string& target = "/ping",
                                      const std::string& headers = "") const {
        std::string out;
        for (int i = 0; i < requests; ++i) {
            out += stage_->get(withToken(target), headers).header("x-sim-fault").empty() ? '.' : 'x';
        }
        return out;
    }

    std::unique_ptr<AdminStage> stage_;
    std::string token_;
    std::string video_;
};

}  // namespace tikgok::sim::controltest
