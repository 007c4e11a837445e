// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client's readers take every answer that the descriptions of the dialects show, and lose nothing of it.

#include "core/contract/codec.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/examples.h"

#include <QTest>

#include <algorithm>

using namespace tikgok::conformance;
namespace contract = tikgok::contract;
namespace json = boost::json;

namespace {

std::int64_t integerAt(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.as_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_int64() ? found->as_int64() : 0;
}

std::string textAt(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.as_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Entries with an id; those without one mean nothing (contract.md section 5, row 19).
std::vector<json::value> entries(const json::value& value, std::string_view name) {
    std::vector<json::value> out;
    const json::value* found = value.as_object().if_contains(name);
    if (found != nullptr && found->is_array()) {
        for (const json::value& each : found->as_array()) {
            if (integerAt(each, "id") != 0) {
                out.push_back(each);
            }
        }
    }
    return out;
}

// A complaint, or nothing.
using Complaint = std::string;

Complaint sameUser(const contract::User& user, const json::value& want) {
    const bool same = user.id == integerAt(want, "id") && user.name == textAt(want, "name") &&
                      user.followCount == integerAt(want, "follow_count") &&
                      user.followerCount == integerAt(want, "follower_count") &&
                      user.avatar == textAt(want, "avatar") && user.signature == textAt(want, "signature") &&
                      user.totalFavorited == integerAt(want, "total_favorited");
    return same ? "" : "a user differs: " + json::serialize(want);
}

Complaint sameVideo(const contract::Video& video, const json::value& want) {
    const bool same = video.id == integerAt(want, "id") && video.playUrl == textAt(want, "play_url") &&
                      video.coverUrl == textAt(want, "cover_url") && video.title == textAt(want, "title") &&
                      video.favoriteCount == integerAt(want, "favorite_count") &&
                      video.commentCount == integerAt(want, "comment_count");
    return same ? sameUser(video.author, want.at("author")) : "a video differs: " + json::serialize(want);
}

Complaint sameComment(const contract::Comment& comment, const json::value& want) {
    const bool same = comment.id == integerAt(want, "id") && comment.content == textAt(want, "content") &&
                      comment.createDate == textAt(want, "create_date");
    return same ? sameUser(comment.user, want.at("user")) : "a comment differs: " + json::serialize(want);
}

Complaint sameFriend(const contract::FriendUser& other, const json::value& want) {
    const bool same = other.message == textAt(want, "message") &&
                      static_cast<std::int64_t>(other.direction) == integerAt(want, "msgType");
    return same ? sameUser(other.user, want) : "a friend differs: " + json::serialize(want);
}

Complaint sameMessage(const contract::ReceivedMessage& received, const json::value& want) {
    const bool same = received.message.id == integerAt(want, "id") &&
                      received.message.toUserId == integerAt(want, "to_user_id") &&
                      received.message.fromUserId == integerAt(want, "from_user_id") &&
                      received.message.content == textAt(want, "content") &&
                      received.message.createTime == integerAt(want, "create_time") &&
                      received.createTimeText == textAt(want, "create_time");
    return same ? "" : "a message differs: " + json::serialize(want);
}

template <class Entry, class Same>
Complaint sameList(const std::vector<Entry>& got, const json::value& value, std::string_view name,
                   Same same) {
    const std::vector<json::value> want = entries(value, name);
    if (got.size() != want.size()) {
        return std::to_string(got.size()) + " entries, expected " + std::to_string(want.size());
    }
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (const Complaint complaint = same(got[i], want[i]); !complaint.empty()) {
            return complaint;
        }
    }
    return {};
}

template <class Payload, class Check>
Complaint judge(const contract::Decoded<Payload>& decoded, const json::value& want, Check check) {
    if (!decoded) {
        return "not read: " + decoded.error().what;
    }
    if (decoded->status.code != integerAt(want, "status_code") ||
        decoded->status.message != textAt(want, "status_msg")) {
        return "the verdict differs";
    }
    return decoded->status.ok() ? check(decoded->payload) : Complaint();
}

Complaint read(const Example& example) {
    const json::value& want = example.value;
    const std::string body = json::serialize(want);
    const std::string& path = example.path;
    if (path == "/douyin/feed/") {
        return judge(contract::readFeed(body), want, [&](const contract::FeedPage& page) {
            if (page.nextTime.value_or(0) != integerAt(want, "next_time")) {
                return Complaint("next_time differs");
            }
            return sameList(page.videos, want, "video_list", &sameVideo);
        });
    }
    if (path == "/douyin/user/register/" || path == "/douyin/user/login/") {
        return judge(contract::readAccount(body), want, [&](const contract::Account& account) {
            return account.userId == integerAt(want, "user_id") && account.token == textAt(want, "token")
                       ? Complaint()
                       : Complaint("the account differs");
        });
    }
    if (path == "/douyin/user/") {
        return judge(contract::readUser(body), want, [&](const std::optional<contract::User>& user) {
            return user ? sameUser(*user, want.at("user")) : Complaint("no user");
        });
    }
    if (path == "/douyin/publish/list/" || path == "/douyin/favorite/list/") {
        return judge(contract::readVideos(body), want, [&](const std::vector<contract::Video>& videos) {
            return sameList(videos, want, "video_list", &sameVideo);
        });
    }
    if (path == "/douyin/comment/action/") {
        return judge(contract::readComment(body), want, [&](const std::optional<contract::Comment>& comment) {
            const json::value* sent = want.as_object().if_contains("comment");
            const bool some = sent != nullptr && !sent->is_null();
            if (!comment || !some) {
                return comment.has_value() == some ? Complaint() : Complaint("no comment");
            }
            return sameComment(*comment, *sent);
        });
    }
    if (path == "/douyin/comment/list/") {
        return judge(contract::readComments(body), want, [&](const std::vector<contract::Comment>& comments) {
            return sameList(comments, want, "comment_list", &sameComment);
        });
    }
    if (path == "/douyin/relation/follow/list/" || path == "/douyin/relation/follower/list/") {
        return judge(contract::readUsers(body), want, [&](const std::vector<contract::User>& users) {
            return sameList(users, want, "user_list", &sameUser);
        });
    }
    if (path == "/douyin/relation/friend/list/") {
        return judge(contract::readFriends(body), want,
                     [&](const std::vector<contract::FriendUser>& friends) {
                         return sameList(friends, want, "user_list", &sameFriend);
                     });
    }
    if (path == "/douyin/message/chat/") {
        return judge(contract::readMessages(body), want,
                     [&](const std::vector<contract::ReceivedMessage>& messages) {
                         return sameList(messages, want, "message_list", &sameMessage);
                     });
    }
    return judge(contract::readPlain(body), want, [](const contract::Nothing&) { return Complaint(); });
}

}  // namespace

class DialectReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<int>("dialect");
        QTest::addColumn<int>("which");
        for (const auto& [dialect, name] : kDialects) {
            const auto spec = ApiSpec::parse(embeddedDescription(dialect));
            QVERIFY(spec.has_value());
            int which = 0;
            for (const Example& each : examplesOf(*spec)) {
                QTest::newRow((std::string(name) + each.path + each.name).c_str()) << int(dialect) << which++;
            }
        }
    }

    void reads() {
        QFETCH(int, dialect);
        QFETCH(int, which);
        const auto spec = ApiSpec::parse(embeddedDescription(static_cast<Dialect>(dialect)));
        const Example example = examplesOf(*spec).at(static_cast<std::size_t>(which));
        if (example.path == "/ping") {
            return;
        }
        const Complaint complaint = read(example);
        QVERIFY2(complaint.empty(), (complaint + " in " + json::serialize(example.value)).c_str());
    }

    // The comparison above must be able to fail.
    void notices() {
        const auto spec = ApiSpec::parse(embeddedDescription(Dialect::Tikgok));
        for (Example example : examplesOf(*spec)) {
            if (example.name == "FeedPage") {
                const std::string body = json::serialize(example.value);
                const auto decoded = contract::readFeed(body);
                QVERIFY(decoded.has_value());
                json::value& video = example.value.at_pointer("/video_list/0");
                QCOMPARE(sameVideo(decoded->payload.videos.at(0), video), Complaint());
                video.at_pointer("/author/id") = integerAt(video.at("author"), "id") + 1;
                QVERIFY(!sameVideo(decoded->payload.videos.at(0), video).empty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(DialectReaderTest)
#include "dialect_reader_test.moc"
