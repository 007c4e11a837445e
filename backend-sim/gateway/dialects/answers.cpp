// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/answers.h"

#include <utility>

namespace tikgok::sim {

std::string Answers::failure(contract::Endpoint endpoint, const contract::Failure& failure) const {
    const bool account = endpoint == contract::Endpoint::Register || endpoint == contract::Endpoint::Login;
    return account ? contract::writeAccountFailure(failure) : contract::writeFailure(failure);
}

std::string Answers::tokenFailure(contract::Endpoint endpoint, const contract::Failure& failure) const {
    return contract::writeFailure(endpoint == contract::Endpoint::Feed ? contract::kFeedBadToken : failure);
}

contract::Failure Answers::badParams(contract::Endpoint /*endpoint*/) const {
    return contract::kParamsErr;
}

std::string Answers::commentAdded(contract::Comment comment) const {
    return contract::writeComment(std::move(comment));
}

std::string Answers::commentDeleted(contract::Id /*comment*/, std::int64_t /*nowMs*/) const {
    return contract::writeComment(std::nullopt);
}

std::string Answers::comments(std::vector<contract::Comment> comments) const {
    return contract::writeComments(comments);
}

std::string Answers::friends(std::vector<contract::FriendUser> friends) const {
    return contract::writeFriends(friends);
}

std::string Answers::messages(std::vector<contract::Message> messages) const {
    return contract::writeMessages(messages);
}

const Answers& standardAnswers() {
    static const Answers kAnswers;
    return kAnswers;
}

const Answers& answersOf(DialectName dialect) {
    switch (dialect) {
        case DialectName::Standard:
            return standardAnswers();
        case DialectName::Tikgok:
            return tikgokAnswers();
        case DialectName::Demo:
            return demoAnswers();
    }
    return standardAnswers();
}

}  // namespace tikgok::sim
