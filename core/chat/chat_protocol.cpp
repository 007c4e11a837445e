// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_protocol.h"

#include <limits>
#include <utility>

namespace tikgok {

namespace {

constexpr qint64 kFromTheBeginning = 0;
constexpr qint64 kUpToTheEnd = std::numeric_limits<qint64>::max();

}  // namespace

ChatProtocol::ChatProtocol(Api& api, QObject* parent) : QObject(parent), api_(api) {}

void ChatProtocol::setMode(Mode mode) {
    ++server_;
    if (std::exchange(mode_, mode) != mode) {
        Q_EMIT modeChanged();
    }
}

void ChatProtocol::found(Mode mode) {
    if (std::exchange(mode_, mode) != mode) {
        Q_EMIT modeFound(mode);
        Q_EMIT modeChanged();
    }
}

Api::Call<ChatProtocol::Answer> ChatProtocol::ask(contract::Id peer, Mode as, QString token,
                                                  std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const int server = server_;
    auto read =
        co_await api_.messages(peer, as == Mode::Before ? kUpToTheEnd : kFromTheBeginning, token, alive);
    if (mine.stop_requested() || alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!read) {
        co_return std::unexpected(read.error());
    }
    if (!read->empty() && server == server_) {
        found(as);
        if (mine.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
    }
    co_return Answer{.messages = std::move(*read), .extent = Extent::Whole};
}

Api::Call<ChatProtocol::Answer> ChatProtocol::readWhole(contract::Id peer, QString token,
                                                        std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const Mode first = mode_ == Mode::Before ? Mode::Before : Mode::After;
    auto answer = co_await ask(peer, first, token, alive);
    if (mine.stop_requested() || !answer || !answer->messages.empty()) {
        co_return std::move(answer);
    }
    auto other = co_await ask(peer, first == Mode::Before ? Mode::After : Mode::Before, token, alive);
    if (!other && other.error().kind != ErrorKind::Cancelled) {
        // It does not like the question; that says nothing about what it holds.
        co_return Answer{.messages = {}, .extent = Extent::Part};
    }
    co_return std::move(other);
}

Api::Call<ChatProtocol::Answer> ChatProtocol::readNew(contract::Id peer, std::int64_t newest, QString token,
                                                      std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const bool before = mode_ == Mode::Before;
    if (before || newest == 0) {
        auto answer = co_await ask(peer, before ? Mode::Before : Mode::After, token, alive);
        if (answer && answer->messages.empty()) {
            // Only readWhole() asks both ways, and may call a conversation empty.
            answer->extent = Extent::Part;
        }
        co_return std::move(answer);
    }
    auto read = co_await api_.messages(peer, newest, token, alive);
    if (mine.stop_requested() || alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!read) {
        co_return std::unexpected(read.error());
    }
    co_return Answer{.messages = std::move(*read), .extent = Extent::Part};
}

}  // namespace tikgok
