// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/page_writer.h"

#include "core/contract/codec.h"

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace tikgok::sim {

namespace {

// What the codec writes for a value that changes, in a text that was made with such values.
constexpr std::string_view kZero = "0";
constexpr std::string_view kFalse = "false";

struct Hole {
    // With its quotes and colon. Quotes inside of texts are escaped, so it is found only where it is a name.
    std::string_view member;
    std::string_view value;
};

constexpr std::array<Hole, 6> kUserHoles{{{R"("follow_count":)", kZero},
                                          {R"("follower_count":)", kZero},
                                          {R"("is_follow":)", kFalse},
                                          {R"("total_favorited":)", kZero},
                                          {R"("work_count":)", kZero},
                                          {R"("favorite_count":)", kZero}}};

static_assert(kUserHoles.size() < KeptText::kMaxPieces);

// Takes the values out of what the codec wrote; what is left is the text in pieces.
std::unique_ptr<const KeptText> cut(std::string_view json, std::span<const Hole> holes) {
    auto kept = std::make_unique<KeptText>();
    std::size_t from = 0;
    std::size_t piece = 0;
    for (const Hole& hole : holes) {
        const std::size_t end = json.find(hole.member, from) + hole.member.size();
        kept->text.append(json, from, end - from);
        kept->ends[piece++] = static_cast<std::uint32_t>(kept->text.size());
        from = end + hole.value.size();
    }
    kept->text.append(json, from);
    kept->text.shrink_to_fit();
    kept->ends[piece] = static_cast<std::uint32_t>(kept->text.size());
    return kept;
}

std::unique_ptr<const KeptText> textOf(const UserRow& row, const MediaUrls& urls) {
    contract::User user;
    user.id = row.id;
    user.name = row.name;
    user.avatar = urls.urlOf(row.avatarKey);
    user.backgroundImage = urls.urlOf(row.backgroundKey);
    user.signature = row.signature;
    std::string json;
    contract::appendUser(json, user);
    return cut(json, kUserHoles);
}

std::unique_ptr<const KeptText> textOf(const VideoRow& row, const MediaUrls& urls) {
    contract::Video video;
    video.id = row.id;
    video.playUrl = urls.urlOf(row.playKey);
    video.coverUrl = urls.urlOf(row.coverKey);
    video.title = row.title;
    std::string json;
    contract::appendVideo(json, video);
    std::string nobody;
    contract::appendUser(nobody, video.author);
    const std::array<Hole, 4> holes{{{R"("author":)", nobody},
                                     {R"("favorite_count":)", kZero},
                                     {R"("comment_count":)", kZero},
                                     {R"("is_favorite":)", kFalse}}};
    return cut(json, holes);
}

// The text that is kept, or a new one, which is kept if there is room for it; `own` owns it otherwise.
template <class Row>
const KeptText& keptOf(const TextPlace& place, const Row& row, const MediaUrls& urls,
                       std::unique_ptr<const KeptText>& own) {
    if (const KeptText* there = place.get()) {
        return *there;
    }
    own = textOf(row, urls);
    const KeptText* kept = place.keep(own);
    return kept != nullptr ? *kept : *own;
}

// Writes into room that is known to be enough.
class Pen {
public:
    explicit Pen(char* at) : at_(at) {}
    Pen& operator<<(std::string_view text) {
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
        return *this;
    }
    Pen& operator<<(std::int64_t number) {
        at_ = std::to_chars(at_, at_ + kLongestNumber, number).ptr;
        return *this;
    }
    Pen& operator<<(bool flag) { return *this << std::string_view(flag ? "true" : "false"); }
    [[nodiscard]] char* at() const { return at_; }

    static constexpr std::size_t kLongestNumber = 20;

private:
    char* at_;
};

}  // namespace

VideoPageWriter::VideoPageWriter() {
    // A page of 30 has about 17 KB.
    constexpr std::size_t kUsualPage = std::size_t{20} * 1024;
    out_.reserve(kUsualPage);
    const std::string empty = contract::writeVideos({});
    out_.append(empty, 0, empty.size() - 2);  // without "]}"
}

void VideoPageWriter::add(const VideoSight& sight, const MediaUrls& urls) {
    std::unique_ptr<const KeptText> ownVideo;
    std::unique_ptr<const KeptText> ownUser;
    const UserRow& user = sight.author.user;
    const KeptText& author = keptOf(sight.author.kept, user, urls, ownUser);
    const KeptText& video = keptOf(sight.kept, sight.video, urls, ownVideo);
    constexpr std::size_t kValues = 1 + 9 * Pen::kLongestNumber;
    const std::size_t before = out_.size();
    const std::size_t most = before + video.text.size() + author.text.size() + kValues;
    if (most > out_.capacity()) {
        out_.reserve(std::max(most, 2 * out_.capacity()));
    }
    out_.resize_and_overwrite(most, [&](char* room, std::size_t /*size*/) {
        Pen pen(room + before);
        if (!first_) {
            pen << std::string_view(",");
        }
        pen << video.piece(0);
        pen << author.piece(0) << user.followCount << author.piece(1) << user.followerCount << author.piece(2)
            << sight.author.followed << author.piece(3) << user.totalFavorited << author.piece(4)
            << user.workCount << author.piece(5) << user.favoriteCount << author.piece(6);
        pen << video.piece(1) << sight.video.favoriteCount << video.piece(2) << sight.video.commentCount
            << video.piece(3) << sight.liked << video.piece(4);
        return static_cast<std::size_t>(pen.at() - room);
    });
    first_ = false;
}

std::string VideoPageWriter::feed(std::int64_t nextTime) {
    constexpr std::string_view kNext = R"("next_time":)";
    const std::string empty = contract::writeFeed({}, 0);
    const std::size_t end = empty.find(kNext);
    // From the end of the list to the time.
    const std::size_t list = empty.rfind(']', end);
    out_.append(empty, list, end + kNext.size() - list);
    out_ += std::to_string(nextTime);
    out_ += '}';
    return std::move(out_);
}

std::string VideoPageWriter::list() {
    out_ += "]}";
    return std::move(out_);
}

}  // namespace tikgok::sim
