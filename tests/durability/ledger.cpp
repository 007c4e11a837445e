// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/ledger.h"

#include <algorithm>
#include <charconv>
#include <variant>

namespace tikgok::sim::durability {

namespace {

// Takes the number that the text starts with, and what separates it from the rest. -1: there is none.
int number(std::string_view& text) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
    return error == std::errc() ? value : -1;
}

}  // namespace

void Tally::trouble(std::string words) {
    // The first ones and the last one.
    constexpr std::size_t kEnough = 20;
    if (troubles.size() == kEnough) {
        troubles.pop_back();
    }
    troubles.push_back(std::move(words));
}

Tally& Tally::operator+=(const Tally& other) {
    kills += other.kills;
    acknowledged += other.acknowledged;
    refused += other.refused;
    lost += other.lost;
    listed += other.listed;
    doubled += other.doubled;
    deadLetters += other.deadLetters;
    corrupt += other.corrupt;
    crashed += other.crashed;
    inCommit += other.inCommit;
    inBetween += other.inBetween;
    redelivered += other.redelivered;
    recognised += other.recognised;
    keptUnanswered += other.keptUnanswered;
    for (const std::string& each : other.troubles) {
        trouble(each);
    }
    return *this;
}

void Ledger::hear(std::string_view line, Tally& tally) {
    if (line.starts_with("a ")) {
        answered_.emplace(line.substr(2));
        ++tally.acknowledged;
        return;
    }
    if (line == "r") {
        ++tally.refused;
        return;
    }
    if (line.starts_with("X ")) {
        ++tally.corrupt;
        tally.trouble("the victim: " + std::string(line.substr(2)));
        return;
    }
    if (line.starts_with("not opened")) {
        tally.trouble("the victim: " + std::string(line));
        return;
    }
    if (line.size() < 3 || line[1] != ' ') {
        done_ = done_ || line == "done";
        return;
    }
    if (line[0] == 'L') {
        listed_.emplace(line.substr(2));
        return;
    }
    if (line[0] == 'P') {
        std::from_chars(line.data() + 2, line.data() + line.size(), sent_);
        return;
    }
    std::string_view rest = line.substr(2);
    const int index = number(rest);
    if (index < 0 || index >= kKeys) {
        ++tally.corrupt;
        tally.trouble("not understood: " + std::string(line));
        return;
    }
    Key& key = keys_[static_cast<std::size_t>(index)];
    const bool on = rest == "1";
    switch (line[0]) {
        case 'S':
            if (!key.may(on)) {
                ++tally.lost;
                tally.trouble("lost: after a restart key " + std::to_string(index) + " is read as " +
                              std::string(rest));
            }
            key.state = on;
            key.open = 0;
            break;
        case 'T':
            key.open |= on ? 2U : 1U;
            break;
        case 'A':
            key.state = on;
            key.open = 0;
            ++key.answered;
            ++tally.acknowledged;
            break;
        default:
            ++tally.refused;
            break;
    }
}

void Ledger::startInventory() {
    found_.clear();
    ids_.clear();
    for (Key& key : keys_) {
        key.inStore = false;
    }
}

void Ledger::found(const Change& row, Tally& tally) {
    const auto text = [&](Id id, const std::string& content) {
        ++found_[content];
        if (!ids_.insert(id).second) {
            ++tally.doubled;
            tally.trouble("doubled: id " + std::to_string(id));
        }
    };
    if (const auto* message = std::get_if<MessageRow>(&row)) {
        text(message->id, message->text);
    } else if (const auto* comment = std::get_if<CommentRow>(&row)) {
        text(comment->id, comment->text);
    } else if (const auto* favorite = std::get_if<FavoriteChange>(&row)) {
        const int key = keyOf(favorite->user, favorite->video);
        if (key < 0 || key >= kKeys) {
            ++tally.corrupt;
            tally.trouble("a like of nobody");
        } else if (std::exchange(keys_[static_cast<std::size_t>(key)].inStore, true)) {
            ++tally.doubled;
            tally.trouble("doubled: the like of key " + std::to_string(key));
        }
    }
}

void Ledger::finishInventory(Tally& tally) {
    for (const std::string& text : answered_) {
        if (found_.contains(text)) {
            continue;
        }
        if (listed_.contains(text)) {
            ++tally.listed;
        } else {
            ++tally.lost;
            tally.trouble("lost: " + text);
        }
    }
    for (const std::string& text : listed_) {
        if (found_.contains(text)) {
            ++tally.corrupt;
            tally.trouble("said to be lost, but it is there: " + text);
        }
    }
    for (const auto& [text, times] : found_) {
        if (times > 1) {
            ++tally.doubled;
            tally.trouble("doubled: " + text);
        }
        if (answered_.contains(text) || !counted_.insert(text).second) {
            continue;
        }
        ++tally.keptUnanswered;
        std::string_view rest = text;
        const int life = number(rest);
        if (life < 1 || life > life_) {
            ++tally.corrupt;
            tally.trouble("nobody wrote: " + text);
        }
    }
    // Lost once is enough to be said once.
    std::erase_if(answered_, [this](const std::string& text) { return !found_.contains(text); });
    for (int index = 0; index < kKeys; ++index) {
        Key& key = keys_[static_cast<std::size_t>(index)];
        if (!key.may(key.inStore)) {
            ++tally.lost;
            tally.trouble("lost: the store holds key " + std::to_string(index) + " as " +
                          (key.inStore ? "1" : "0"));
        }
        key.state = key.inStore;
        key.open = 0;
    }
}

std::uint64_t Ledger::answeredToggles() const {
    return std::ranges::min(keys_, {}, &Key::answered).answered;
}

}  // namespace tikgok::sim::durability
