// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Errors in words: each kind has some in both languages, and each page says them and offers a way on.
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"

#include <QMetaEnum>
#include <QQmlComponent>
#include <QRegularExpression>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const QList<ErrorKind> kServersFaults{ErrorKind::Throttled, ErrorKind::ServerBroken, ErrorKind::Timeout,
                                      ErrorKind::Cut,       ErrorKind::Refused,      ErrorKind::Offline};

struct Page {
    const char* name;
    const char* path;
    const char* retry;
    // What is there once the server is well.
    const char* content;
};
constexpr std::array kPages{
    Page{"profile", "/douyin/user/", "profileAction", "profileName"},
    Page{"people", "/douyin/relation/follower/list/", "peopleAction", "personRow"},
    Page{"friends", "/douyin/relation/friend/list/", "peopleAction", "personRow"},
    Page{"comments", "/douyin/comment/list/", "commentsRetry", "commentsList"},
    Page{"conversations", "/douyin/relation/friend/list/", "messagesRetry", "conversationList"},
    Page{"chat", "/douyin/message/chat/", "chatRetry", "messageList"},
};

}  // namespace

class ErrorPagesTest : public QObject {
    Q_OBJECT

private:
    // The words of ErrorText.qml, as every page asks for them.
    static QObject* errorText(Stage& stage) {
        QQmlComponent component(qmlEngine(stage.shell()));
        component.setData(
            "import QtQuick\nimport TikGok.Controls\nQtObject {"
            "function title(kind) { return ErrorText.title(kind) }"
            "function advice(kind) { return ErrorText.advice(kind) }"
            "function full(kind, words) { return ErrorText.full(kind, words) } }",
            QUrl());
        QObject* words = component.create();
        if (words) {
            words->setParent(&stage);
        }
        return words;
    }
    static QString ask(QObject* words, const char* function, ErrorKind kind) {
        QVariant answer;
        QMetaObject::invokeMethod(words, function, Q_RETURN_ARG(QVariant, answer),
                                  Q_ARG(QVariant, static_cast<int>(kind)));
        return answer.toString();
    }
    static QString full(QObject* words, ErrorKind kind, const QString& server) {
        QVariant answer;
        QMetaObject::invokeMethod(words, "full", Q_RETURN_ARG(QVariant, answer),
                                  Q_ARG(QVariant, static_cast<int>(kind)), Q_ARG(QVariant, server));
        return answer.toString();
    }
    static bool isSeen(const Stage& stage, const QString& words) {
        return std::ranges::any_of(seenLabels(stage.window()->contentItem()), [&](const QQuickItem* label) {
            return label->property("text").toString().startsWith(words);
        });
    }
    static void show(Stage& stage, const QByteArray& page) {
        if (page == "profile") {
            QMetaObject::invokeMethod(stage.shell(), "openUser", Q_ARG(QString, QString::number(kKiko)));
        } else if (page == "people") {
            stage.press(QStringLiteral("authorButton"));
            QTRY_VERIFY(stage.find(QStringLiteral("followersCount")));
            stage.press(QStringLiteral("followersCount"));
        } else if (page == "friends") {
            stage.press(QStringLiteral("navFriends"));
        } else if (page == "comments") {
            stage.press(QStringLiteral("commentsButton"));
        } else if (page == "conversations") {
            stage.press(QStringLiteral("navMessages"));
        } else {
            QMetaObject::invokeMethod(stage.shell(), "openConversation",
                                      Q_ARG(QString, QString::number(kLin)),
                                      Q_ARG(QString, QStringLiteral("lin")), Q_ARG(QUrl, QUrl()));
        }
    }

private Q_SLOTS:
    void eachKindHasWords() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QObject* words = errorText(stage);
        QVERIFY(words);
        const auto kinds = QMetaEnum::fromType<ErrorKind>();
        // A number is no word.
        static const QRegularExpression digits(QStringLiteral("[0-9]"));
        QSet<QString> titles;
        for (int i = 0; i < kinds.keyCount(); ++i) {
            const auto kind = static_cast<ErrorKind>(kinds.value(i));
            if (kind == ErrorKind::None || kind == ErrorKind::Cancelled) {
                continue;  // never shown
            }
            QMap<QString, QStringList> said;
            for (const char* language : {"en", "zh_CN"}) {
                stage.setLanguage(QLatin1StringView(language));
                said[QLatin1StringView(language)] = {ask(words, "title", kind), ask(words, "advice", kind),
                                                     full(words, kind, QString())};
            }
            const QStringList english = said.value(QStringLiteral("en"));
            const QStringList chinese = said.value(QStringLiteral("zh_CN"));
            for (qsizetype part = 0; part < english.size(); ++part) {
                const QByteArray where = QByteArray(kinds.key(i)) + ' ' + QByteArray::number(part);
                QVERIFY2(english.at(part).size() > 5 && chinese.at(part).size() > 2, where.constData());
                QVERIFY2(english.at(part) != chinese.at(part), where.constData());
                QVERIFY2(!english.at(part).contains(digits) && !chinese.at(part).contains(digits),
                         where.constData());
            }
            titles.insert(english.constFirst());
            // The server's own words come in addition, and never alone.
            const QString server = QStringLiteral("code 10001");
            const QString quoted = full(words, kind, server);
            QVERIFY2(quoted.contains(server) && quoted.size() > server.size() + 4, kinds.key(i));
        }
        // One does not pass for another.
        QCOMPARE(titles.size(), kinds.keyCount() - 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void pagesSayWhatIsWrong_data() {
        QTest::addColumn<int>("page");
        QTest::addColumn<ErrorKind>("kind");
        const auto kinds = QMetaEnum::fromType<ErrorKind>();
        for (std::size_t page = 0; page < kPages.size(); ++page) {
            for (const ErrorKind kind : kServersFaults) {
                QTest::addRow("%s: %s", kPages.at(page).name, kinds.valueToKey(static_cast<int>(kind)))
                    << static_cast<int>(page) << kind;
            }
        }
    }
    void pagesSayWhatIsWrong() {
        QFETCH(int, page);
        QFETCH(ErrorKind, kind);
        const Page& one = kPages.at(static_cast<std::size_t>(page));
        Stage stage(StageOptions{.videos = 6, .comments = 2});
        stage.setLanguage(QStringLiteral("en"));
        fillTalk(stage.server);
        stage.server.setFollow(kMika, kFirstAuthor);
        // What asks again by itself would not within the test: it is the button that does.
        const Rule broken =
            kind == ErrorKind::Refused
                ? Rule{.kind = Rule::Kind::Refuse, .code = 10'001}
                : Rule{.kind = Rule::Kind::Fail, .error = kind, .retryAfter = std::chrono::hours(1)};
        QVERIFY(stage.open());
        stage.start();
        stage.server.rule(QLatin1StringView(one.path), broken);
        stage.signIn();
        show(stage, one.name);
        QTRY_VERIFY2(stage.find(QLatin1StringView(one.retry)), one.retry);
        const QString title = ask(errorText(stage), "title", kind);
        QVERIFY2(isSeen(stage, title), qPrintable(title));
        QVERIFY(!stage.find(QLatin1StringView(one.content)));
        stage.server.clearRules();
        click(stage, QLatin1StringView(one.retry));
        QTRY_VERIFY2(stage.find(QLatin1StringView(one.content)), one.content);
        QTRY_VERIFY(!stage.find(QLatin1StringView(one.retry)));
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ErrorPagesTest)
#include "error_pages_test.moc"
