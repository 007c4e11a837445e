// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/drafts.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tikgok {

namespace {

const QString kMe = QStringLiteral("http://server|77");
const QString kStranger = QStringLiteral("http://server|0");
const QString kVideo = QStringLiteral("9007199254740993");

}  // namespace

class DraftsTest : public QObject {
    Q_OBJECT

private:
    [[nodiscard]] QString path() const { return dir_->filePath(QStringLiteral("drafts.json")); }

    std::unique_ptr<QTemporaryDir> dir_;

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void surviveARestart() {
        {
            Drafts drafts(path());
            drafts.setDraft(kMe, kVideo, QStringLiteral("half a \"thought\"\n好😀"));
        }
        const Drafts drafts(path());
        QCOMPARE(drafts.draft(kMe, kVideo), QStringLiteral("half a \"thought\"\n好😀"));
    }

    void accountsAndVideosAreApart() {
        Drafts drafts(path());
        drafts.setDraft(kMe, kVideo, QStringLiteral("mine"));
        QCOMPARE(drafts.draft(kMe, QStringLiteral("1")), QString());
        QCOMPARE(drafts.draft(kStranger, kVideo), QString());
    }

    void isWrittenWithoutBeingAsked() {
        Drafts drafts(path());
        drafts.setDraft(kMe, kVideo, QStringLiteral("typed"));
        QVERIFY(!QFile::exists(path()));  // not with every key
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path()), 10'000);
        QCOMPARE(Drafts(path()).draft(kMe, kVideo), QStringLiteral("typed"));
    }

    // Neither when somebody types on and on, nor when nothing says that it is over.
    void isWrittenWhileSomebodyTypes() {
        Drafts drafts(path(), {.afterLastChange = std::chrono::hours(1),
                               .afterFirstChange = std::chrono::milliseconds(50)});
        drafts.setDraft(kMe, kVideo, QStringLiteral("typed"));
        QTRY_COMPARE(Drafts(path()).draft(kMe, kVideo), QStringLiteral("typed"));
    }

    void isWrittenWhenSomebodyLooksElsewhere() {
        Drafts drafts(path(),
                      {.afterLastChange = std::chrono::hours(1), .afterFirstChange = std::chrono::hours(1)});
        drafts.save();
        drafts.setDraft(kMe, kVideo, QStringLiteral("typed"));
        QVERIFY(!QFile::exists(path()));
        drafts.save();
        QTRY_COMPARE(Drafts(path()).draft(kMe, kVideo), QStringLiteral("typed"));
    }

    void emptyOnesLeaveNoTrace() {
        {
            Drafts drafts(path());
            drafts.setDraft(kMe, kVideo, QStringLiteral("x"));
            drafts.setDraft(kMe, kVideo, QString());
            drafts.removeUnsent({.account = kMe, .target = kVideo, .text = QStringLiteral("never there")});
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{}"));
    }

    void textsOfAnEarlierVersion() {
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(
                QByteArray(
                    "{'s|7':{'1':{'draft':'typed','unsent':[{'text':'ha','uncertain':true},"
                    "{'text':'ha','uncertain':false},{'text':'x'}]}},'s|0':{'2':{'unsent':[{'text':'y'}]}}}")
                    .replace('\'', '"'));
        }
        {
            Drafts drafts(path());
            QCOMPARE(drafts.unsent().size(), 4);
            // Equal texts are two.
            drafts.removeUnsent({.account = QStringLiteral("s|7"),
                                 .target = QStringLiteral("1"),
                                 .text = QStringLiteral("ha")});
            QCOMPARE(drafts.unsent().size(), 3);
        }
        Drafts drafts(path());
        QCOMPARE(drafts.unsent().size(), 3);
        QCOMPARE(drafts.draft(QStringLiteral("s|7"), QStringLiteral("1")), QStringLiteral("typed"));
        drafts.adopt(QStringLiteral("s|0"), QStringLiteral("s|8"));
        QVERIFY(std::ranges::any_of(drafts.unsent(), [](const UnsentText& one) {
            return one.account == QLatin1String("s|8") && one.text == QLatin1String("y");
        }));
    }

    void adoptsWhatAStrangerTyped() {
        Drafts drafts(path());
        drafts.setDraft(kStranger, kVideo, QStringLiteral("as a stranger"));
        drafts.setDraft(kStranger, QStringLiteral("2"), QStringLiteral("more"));
        drafts.setDraft(kMe, QStringLiteral("2"), QStringLiteral("mine"));
        drafts.adopt(kStranger, kMe);
        QCOMPARE(drafts.draft(kMe, kVideo), QStringLiteral("as a stranger"));
        QCOMPARE(drafts.draft(kStranger, kVideo), QString());
        const QString both = drafts.draft(kMe, QStringLiteral("2"));
        QVERIFY(both.contains(QLatin1String("mine")) && both.contains(QLatin1String("more")));
    }

    void corruptFileIsPutAside() {
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"cut");
        }
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be understood")));
        {
            Drafts(path()).setDraft(kMe, kVideo, QStringLiteral("new"));
        }
        QVERIFY(QFile::exists(path() + QStringLiteral(".bad")));
        QCOMPARE(Drafts(path()).draft(kMe, kVideo), QStringLiteral("new"));
    }

    void oddContentIsSkipped() {
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(
                "{\"a\":7,\"b\":{\"1\":[],\"2\":{\"draft\":5,\"unsent\":{}},\"3\":{\"draft\":\"ok\"}}}");
        }
        const Drafts drafts(path());
        QCOMPARE(drafts.draft(QStringLiteral("b"), QStringLiteral("3")), QStringLiteral("ok"));
        QCOMPARE(drafts.draft(QStringLiteral("b"), QStringLiteral("2")), QString());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::DraftsTest)
#include "drafts_test.moc"
