// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contract/codec.h"

#include <QRegularExpression>
#include <QtTest>

#include <functional>

using namespace tikgok;

namespace {

// Beyond 2^53: a double would change them.
constexpr contract::Id kBigId = 1628000000000000001;
constexpr std::int64_t kNanoseconds = 1676323215123456789;

contract::User someUser() {
    return {.id = kBigId,
            .name = "林小满 <b>&\"\\\n\x01",
            .followCount = 2,
            .followerCount = 5,
            .isFollow = true,
            .avatar = "http://127.0.0.1:1/static/avatar/1.png",
            .backgroundImage = "http://127.0.0.1:1/static/bg/1.png",
            .signature = "你好 😀",
            .totalFavorited = 12,
            .workCount = 3,
            .favoriteCount = 4};
}

contract::Video someVideo() {
    return {.id = kBigId + 1,
            .author = someUser(),
            .playUrl = "http://127.0.0.1:1/static/a.mp4",
            .coverUrl = "http://127.0.0.1:1/static/a.jpg",
            .favoriteCount = 7,
            .commentCount = 2,
            .isFavorite = true,
            .title = "Bear </script>"};
}

contract::Comment someComment() {
    return {.id = kBigId + 2, .user = someUser(), .content = "nice", .createDate = "02-20"};
}

// An answer of each kind, and what it says; `bent` is what some server makes of it.
void everyAnswerSaysTheSame(const std::function<std::string(const std::string&)>& bent) {
    const std::vector videos{someVideo(), someVideo()};
    const auto feed = contract::readFeed(bent(contract::writeFeed(videos, kNanoseconds)));
    QVERIFY(feed && feed->status.ok() && feed->payload.nextTime == kNanoseconds);
    QVERIFY(feed->payload.videos == videos);
    const auto user = contract::readUser(bent(contract::writeUser(someUser())));
    QVERIFY(user && user->payload == someUser());
    const auto account = contract::readAccount(bent(contract::writeAccount(kBigId, "a.b.c")));
    QVERIFY(account && account->payload.userId == kBigId && account->payload.token == "a.b.c");
    const auto comment = contract::readComment(bent(contract::writeComment(someComment())));
    QVERIFY(comment && comment->payload == someComment());
    const std::vector comments{someComment()};
    const auto commentList = contract::readComments(bent(contract::writeComments(comments)));
    QVERIFY(commentList && commentList->payload == comments);
    const std::vector users{someUser()};
    const auto userList = contract::readUsers(bent(contract::writeUsers(users)));
    QVERIFY(userList && userList->payload == users);
    for (const auto direction : {contract::MessageDirection::Sent, contract::MessageDirection::Received}) {
        const std::vector friends{
            contract::FriendUser{.user = someUser(), .message = "see you", .direction = direction}};
        const auto friendList = contract::readFriends(bent(contract::writeFriends(friends)));
        QVERIFY(friendList && friendList->payload == friends);
    }
    const std::vector messages{contract::Message{
        .id = 1, .toUserId = 2, .fromUserId = kBigId, .content = "hi", .createTime = kNanoseconds}};
    const auto messageList = contract::readMessages(bent(contract::writeMessages(messages)));
    QVERIFY(messageList && messageList->payload.size() == 1);
    QVERIFY(messageList->payload.front().message == messages.front());
    const auto plain = contract::readPlain(bent(contract::writeSuccess()));
    QVERIFY(plain && plain->status.ok() && plain->status.message == "success");
}

}  // namespace

class CodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAnswerReadsBackAsWritten() {
        everyAnswerSaysTheSame(std::identity());
        const auto deleted = contract::readComment(contract::writeComment(std::nullopt));
        QVERIFY(deleted && deleted->status.ok() && !deleted->payload);
    }

    // Servers say more than the contract has. At every level it changes nothing of what the contract has.
    void unknownMembersAreLeftAlone() {
        everyAnswerSaysTheSame([](const std::string& json) {
            return QByteArray::fromStdString(json)
                .replace("{", R"({"extra":{"id":7,"list":[1,null]},"more":[[true]],"":null,)")
                .toStdString();
        });
    }

    // Some servers write ids and counters so for the sake of JavaScript: all of them, msgType and the status.
    void numbersAsText() {
        static const QRegularExpression number(QLatin1String("\":(\\d+)"));
        everyAnswerSaysTheSame([](const std::string& json) {
            const QString text = QString::fromStdString(json).replace(number, QLatin1String("\":\"\\1\""));
            return text.toStdString();
        });
    }

    // The writer looks at eight bytes at once: every byte must be seen wherever it stands among them.
    void everyByteAtEveryPlace() {
        for (int byte = 0; byte < 256; ++byte) {
            const char c = static_cast<char>(byte);
            std::string expected(1, c);
            if (c == '"' || c == '\\') {
                expected = std::string("\\") + c;
            } else if (c == '\n') {
                expected = "\\n";
            } else if (c == '\r') {
                expected = "\\r";
            } else if (c == '\t') {
                expected = "\\t";
            } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
                expected = QStringLiteral("\\u%1").arg(byte, 4, 16, QLatin1Char('0')).toStdString();
            }
            for (std::size_t before = 0; before < 18; ++before) {
                for (std::size_t behind = 0; behind < 10; ++behind) {
                    std::string out;
                    contract::appendString(out, std::string(before, 'a') + c + std::string(behind, '\x7f'));
                    QCOMPARE(out,
                             '"' + std::string(before, 'a') + expected + std::string(behind, '\x7f') + '"');
                }
            }
        }
    }

    void markupIsEscaped() {
        const std::string json = contract::writeVideos(std::vector{someVideo()});
        QVERIFY(json.find('<') == std::string::npos);
        QVERIFY(json.find('>') == std::string::npos);
        QVERIFY(json.find('&') == std::string::npos);
        QVERIFY(json.find("\\u003c/script\\u003e") != std::string::npos);
        QVERIFY(json.find("\\u0001") != std::string::npos);
    }

    void failures() {
        QCOMPARE(contract::writeFailure(contract::kParamsErr),
                 std::string(R"({"status_code":1,"status_msg":"params err"})"));
        QCOMPARE(
            contract::writeAccountFailure(contract::kWrongPassword),
            std::string(R"({"status_code":30001,"status_msg":"wrong password","user_id":0,"token":""})"));
        QCOMPARE(contract::writeSuccess(), std::string(R"({"status_code":0,"status_msg":"success"})"));
        const auto read = contract::readFeed(contract::writeFailure(contract::kFeedBadToken));
        QVERIFY(read && !read->status.ok());
        QCOMPARE(read->status.message, std::string("bad token"));
    }

    void lists_data() {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<int>("count");
        QTest::newRow("absent") << QByteArray() << 0;
        QTest::newRow("null") << QByteArray(R"(,"video_list":null)") << 0;
        QTest::newRow("empty") << QByteArray(R"(,"video_list":[])") << 0;
        QTest::newRow("an object") << QByteArray(R"(,"video_list":{})") << 0;
        QTest::newRow("nulls and numbers inside") << QByteArray(R"(,"video_list":[null,3,{"id":9}])") << 1;
        QTest::newRow("entry without id")
            << QByteArray(R"(,"video_list":[{"title":"x"},{"id":0},{"id":5}])") << 1;
        QTest::newRow("null author") << QByteArray(R"(,"video_list":[{"id":5,"author":null}])") << 1;
    }
    void lists() {
        QFETCH(QByteArray, member);
        QFETCH(int, count);
        const QByteArray json = R"({"status_code":0)" + member + "}";
        const auto answer = contract::readVideos(json.toStdString());
        QVERIFY(answer.has_value());
        QCOMPARE(static_cast<int>(answer->payload.size()), count);
    }

    void listsThatAreNull() {
        for (const char* json :
             {R"({"status_code":0,"message_list":null,"comment_list":null,"user_list":null})",
              R"({"status_code":0,"message_list":[null],"comment_list":[null],"user_list":[null]})"}) {
            const auto messages = contract::readMessages(json);
            QVERIFY(messages && messages->status.ok() && messages->payload.empty());
            const auto comments = contract::readComments(json);
            QVERIFY(comments && comments->status.ok() && comments->payload.empty());
            const auto users = contract::readUsers(json);
            QVERIFY(users && users->status.ok() && users->payload.empty());
            const auto friends = contract::readFriends(json);
            QVERIFY(friends && friends->status.ok() && friends->payload.empty());
        }
    }

    void numbers_data() {
        QTest::addColumn<QByteArray>("spelling");
        QTest::addColumn<qlonglong>("value");
        QTest::newRow("integer") << QByteArray("1628000000000000001") << 1628000000000000001LL;
        QTest::newRow("string") << QByteArray(R"("1628000000000000001")") << 1628000000000000001LL;
        QTest::newRow("float") << QByteArray("5.0") << 5LL;
        QTest::newRow("exponent") << QByteArray("5e3") << 5000LL;
        QTest::newRow("null") << QByteArray("null") << 0LL;
        QTest::newRow("fraction") << QByteArray("5.5") << 0LL;
        QTest::newRow("words") << QByteArray(R"("many")") << 0LL;
        QTest::newRow("too large") << QByteArray("9223372036854775808") << 0LL;
        QTest::newRow("boolean") << QByteArray("true") << 0LL;
        QTest::newRow("list") << QByteArray("[1]") << 0LL;
    }
    void numbers() {
        QFETCH(QByteArray, spelling);
        QFETCH(qlonglong, value);
        const QByteArray json = R"({"status_code":"0","user":{"id":1,"total_favorited":)" + spelling + "}}";
        const auto answer = contract::readUser(json.toStdString());
        QVERIFY(answer.has_value());
        QVERIFY(answer->status.ok());
        QVERIFY(answer->payload.has_value());
        QCOMPARE(static_cast<qlonglong>(answer->payload->totalFavorited), value);
    }

    void absentUsers_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("absent") << QByteArray(R"({"status_code":0})");
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"user":null})");
        QTest::newRow("all zero") << QByteArray(R"({"status_code":0,"user":{"id":0,"name":""}})");
    }
    void absentUsers() {
        QFETCH(QByteArray, json);
        const auto answer = contract::readUser(json.toStdString());
        QVERIFY(answer && answer->status.ok() && !answer->payload);
    }

    void messageTimes_data() {
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<qlonglong>("number");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("nanoseconds") << QByteArray("1676323215123456789") << 1676323215123456789LL
                                     << QByteArray();
        QTest::newRow("digits") << QByteArray(R"("1676323215")") << 1676323215LL << QByteArray();
        QTest::newRow("words") << QByteArray(R"("5:26PM")") << 0LL << QByteArray("5:26PM");
        QTest::newRow("null") << QByteArray("null") << 0LL << QByteArray();
    }
    void messageTimes() {
        QFETCH(QByteArray, time);
        QFETCH(qlonglong, number);
        QFETCH(QByteArray, words);
        const QByteArray json = R"({"status_code":0,"message_list":[{"id":1,"create_time":)" + time + "}]}";
        const auto answer = contract::readMessages(json.toStdString());
        QVERIFY(answer && answer->payload.size() == 1);
        QCOMPARE(static_cast<qlonglong>(answer->payload.front().message.createTime), number);
        QCOMPARE(answer->payload.front().createTimeText, words.toStdString());
    }

    void nonsense_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("502 Bad Gateway");
        QTest::newRow("html") << QByteArray("<html></html>");
        QTest::newRow("cut") << QByteArray(R"({"status_code":0,"video_list":[{"id":1)");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("no status") << QByteArray("{}");
        QTest::newRow("status is null") << QByteArray(R"({"status_code":null})");
        QTest::newRow("status is a word") << QByteArray(R"({"status_code":"fine"})");
        QTest::newRow("status too large") << QByteArray(R"({"status_code":4294967296})");
        QTest::newRow("two documents") << QByteArray(R"({"status_code":0}{"status_code":0})");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void nonsense() {
        QFETCH(QByteArray, bytes);
        const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        QVERIFY(!contract::readFeed(view).has_value());
        QVERIFY(!contract::readPlain(view).has_value());
    }

    void badUtf8IsReadNotRefused() {
        const auto answer =
            contract::readUser("{\"status_code\":0,\"user\":{\"id\":1,\"name\":\"caf\xE9\"}}");
        QVERIFY(answer && answer->payload);
    }

    void missingNextTimeIsNoCursor() {
        QVERIFY(!contract::readFeed(R"({"status_code":0,"video_list":[]})")->payload.nextTime);
        QVERIFY(!contract::readFeed(R"({"status_code":0,"next_time":0})")->payload.nextTime);
        QCOMPARE(*contract::readFeed(R"({"status_code":0,"next_time":-1})")->payload.nextTime, -1);
    }
};

QTEST_GUILESS_MAIN(CodecTest)
#include "codec_test.moc"
