// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How one asks the present server for a conversation (contract.md 5.1). Which of the two kinds of servers it
// is shows with the first conversation that is not empty.
#pragma once

#include "core/api/api.h"
#include "core/chat/history.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace tikgok {

class ChatProtocol final : public QObject {
    Q_OBJECT

public:
    enum class Mode : std::uint8_t {
        Unknown,  // asked as After until it is known
        After,    // pre_msg_time is a lower bound; 0 brings everything
        Before,   // an upper bound; the largest number brings everything (TikGok)
    };
    Q_ENUM(Mode)

    struct Answer {
        std::vector<contract::ReceivedMessage> messages;
        Extent extent = Extent::Part;
    };

    // `api` must outlive it.
    explicit ChatProtocol(Api& api, QObject* parent = nullptr);

    [[nodiscard]] Mode mode() const { return mode_; }
    // What was found out earlier about the server that is talked to now.
    void setMode(Mode mode);

    // Everything. An empty answer is asked for once more the other way.
    Api::Call<Answer> readWhole(contract::Id peer, QString token, std::stop_token alive);
    // What is newer than `newest`, a raw create_time that came from this server. Servers of the Before kind
    // send everything again.
    Api::Call<Answer> readNew(contract::Id peer, std::int64_t newest, QString token, std::stop_token alive);

Q_SIGNALS:
    // Found out, not set.
    void modeFound(tikgok::ChatProtocol::Mode mode);
    void modeChanged();

private:
    Api::Call<Answer> ask(contract::Id peer, Mode as, QString token, std::stop_token alive);
    void found(Mode mode);

    Api& api_;
    Mode mode_ = Mode::Unknown;
    // Goes up with every setMode(): an answer of another server says nothing about this one.
    int server_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
