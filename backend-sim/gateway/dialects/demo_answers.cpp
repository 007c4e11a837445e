// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Failures as the official demo server words them.

#include "backend-sim/gateway/dialects/answers.h"

namespace tikgok::sim {

namespace {

using contract::Code;
using contract::Endpoint;
using contract::Failure;

constexpr Failure kExists{Code::Params, "User already exist"};
constexpr Failure kNobody{Code::Params, contract::kDemoSignedOutMessage};

class DemoAnswers final : public Answers {
public:
    [[nodiscard]] std::string failure(Endpoint endpoint, const Failure& failure) const override {
        Failure theirs = failure;
        if (failure == contract::kUserExists) {
            theirs = kExists;
        } else if (failure == contract::kUserNotFound || failure == contract::kWrongPassword) {
            theirs = kNobody;
        }
        std::string out = contract::writeFailure(theirs);
        if (endpoint == Endpoint::Register || endpoint == Endpoint::Login) {
            out.pop_back();
            out += R"(,"token":""})";
        }
        return out;
    }
    [[nodiscard]] std::string tokenFailure(Endpoint /*endpoint*/, const Failure& /*failure*/) const override {
        return contract::writeFailure(kNobody);
    }
};

}  // namespace

const Answers& demoAnswers() {
    static const DemoAnswers kAnswers;
    return kAnswers;
}

}  // namespace tikgok::sim
