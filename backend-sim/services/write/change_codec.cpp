// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/change_codec.h"

#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

namespace tikgok::sim {

namespace {

constexpr char kFormat = 1;
constexpr unsigned kSevenBits = 7;
constexpr std::uint64_t kLow = 0x7F;
constexpr std::uint64_t kMore = 0x80;

// The members of each kind that travel, in their order. The same list serves both ways.
template <class Row, class Visit>
void members(Row& row, Visit&& visit) {
    using Plain = std::remove_const_t<Row>;
    if constexpr (std::is_same_v<Plain, UserRow>) {
        visit(row.id, row.name, row.passwordHash, row.avatarKey, row.backgroundKey, row.signature,
              row.createdAt);
    } else if constexpr (std::is_same_v<Plain, VideoRow>) {
        visit(row.id, row.author, row.title, row.playKey, row.coverKey, row.publishedAt);
    } else if constexpr (std::is_same_v<Plain, FavoriteChange>) {
        visit(row.user, row.video, row.on, row.at);
    } else if constexpr (std::is_same_v<Plain, CommentRow>) {
        visit(row.id, row.user, row.video, row.text, row.createdAt);
    } else if constexpr (std::is_same_v<Plain, CommentRemoval>) {
        visit(row.id);
    } else if constexpr (std::is_same_v<Plain, FollowChange>) {
        visit(row.follower, row.followed, row.on, row.at);
    } else {
        static_assert(std::is_same_v<Plain, MessageRow>);
        visit(row.id, row.from, row.to, row.text, row.createdAt);
    }
}

class Encoder {
public:
    explicit Encoder(std::string& bytes) : bytes_(bytes) {}

    void put(std::int64_t value) {
        // Small numbers are short, whatever their sign.
        auto rest = (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
        while (rest > kLow) {
            bytes_.push_back(static_cast<char>((rest & kLow) | kMore));
            rest >>= kSevenBits;
        }
        bytes_.push_back(static_cast<char>(rest));
    }
    void put(bool value) { put(static_cast<std::int64_t>(value)); }
    void put(const std::string& text) {
        put(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
    }

private:
    std::string& bytes_;
};

class Decoder {
public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}

    void get(std::int64_t& value) {
        std::uint64_t bits = 0;
        for (unsigned shift = 0;; shift += kSevenBits) {
            if (rest_.empty() || shift > 63) {
                good_ = false;
                return;
            }
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            bits |= (byte & kLow) << shift;
            if ((byte & kMore) == 0) {
                break;
            }
        }
        value = static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1U));
    }
    void get(bool& value) {
        std::int64_t number = 0;
        get(number);
        good_ = good_ && (number == 0 || number == 1);
        value = number == 1;
    }
    void get(std::string& text) {
        std::int64_t size = 0;
        get(size);
        if (size < 0 || static_cast<std::uint64_t>(size) > rest_.size()) {
            good_ = false;
            return;
        }
        text = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool done() const { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

// The variant with its `index`-th kind inside, empty.
template <std::size_t... Index>
std::optional<Change> emptyChange(std::int64_t index, std::index_sequence<Index...> /*all*/) {
    std::optional<Change> change;
    (void)((index == static_cast<std::int64_t>(Index) &&
            (change.emplace(std::in_place_index<Index>), true)) ||
           ...);
    return change;
}

}  // namespace

std::string encodeChange(const Change& change, Id idBound) {
    std::string bytes;
    bytes.push_back(kFormat);
    Encoder encoder(bytes);
    encoder.put(static_cast<std::int64_t>(change.index()));
    encoder.put(idBound);
    std::visit([&](const auto& row) { members(row, [&](const auto&... each) { (encoder.put(each), ...); }); },
               change);
    return bytes;
}

std::optional<QueuedChange> decodeChange(std::string_view bytes) {
    if (!bytes.starts_with(kFormat)) {
        return std::nullopt;
    }
    Decoder decoder(bytes.substr(1));
    std::int64_t kind = -1;
    Id idBound = 0;
    decoder.get(kind);
    decoder.get(idBound);
    auto change = decoder.good() ? emptyChange(kind, std::make_index_sequence<std::variant_size_v<Change>>())
                                 : std::nullopt;
    if (!change) {
        return std::nullopt;
    }
    std::visit([&](auto& row) { members(row, [&](auto&... each) { (decoder.get(each), ...); }); }, *change);
    if (!decoder.done()) {
        return std::nullopt;
    }
    return QueuedChange{std::move(*change), idBound};
}

namespace {

struct Name {
    std::string_view operator()(const UserRow& /*row*/) const { return "register"; }
    std::string_view operator()(const VideoRow& /*row*/) const { return "publish"; }
    std::string_view operator()(const FavoriteChange& change) const { return change.on ? "like" : "unlike"; }
    std::string_view operator()(const CommentRow& /*row*/) const { return "comment"; }
    std::string_view operator()(const CommentRemoval& /*removal*/) const { return "delete comment"; }
    std::string_view operator()(const FollowChange& change) const {
        return change.on ? "follow" : "unfollow";
    }
    std::string_view operator()(const MessageRow& /*row*/) const { return "message"; }
};

struct Target {
    Id operator()(const UserRow& row) const { return row.id; }
    Id operator()(const VideoRow& row) const { return row.id; }
    Id operator()(const FavoriteChange& change) const { return change.video; }
    Id operator()(const CommentRow& row) const { return row.video; }
    Id operator()(const CommentRemoval& removal) const { return removal.id; }
    Id operator()(const FollowChange& change) const { return change.followed; }
    Id operator()(const MessageRow& row) const { return row.to; }
};

}  // namespace

std::string_view kindOf(const Change& change) {
    return std::visit(Name(), change);
}

Id targetOf(const Change& change) {
    return std::visit(Target(), change);
}

}  // namespace tikgok::sim
