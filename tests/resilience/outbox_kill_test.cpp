// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills a client with SIGKILL at random moments while it likes, follows, comments and removes comments, half
// of the time over a line that is cut again and again, and asks the server in the end: what the outbox had
// kept is there, once.
//
// TIKGOK_KILLS and TIKGOK_KILL_SEED change the number of kills and the seed.

#include "backend-sim/simulator.h"
#include "core/outbox/intent.h"
#include "tests/conformance/embedded.h"
#include "tests/core/support/wait.h"
#include "tests/resilience/cutting_proxy.h"
#include "tests/resilience/world_client.h"

#include <QElapsedTimer>
#include <QHash>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <vector>

using tikgok::IntentKind;
using tikgok::resilience::Account;
using tikgok::resilience::CuttingProxy;
using tikgok::resilience::Fate;
using tikgok::resilience::WorldClient;
using tikgok::test::waitUntil;

namespace {

constexpr int kBystanders = 6;

struct Wish {
    IntentKind kind = IntentKind::Like;
    std::int64_t target = 0;
    bool on = true;
    std::int64_t object = 0;
    QString text;
    bool kept = false;
};

// What the victims said.
struct Statement {
    // In the order in which they were put.
    QList<QByteArray> order;
    QHash<QByteArray, Wish> wishes;
    int recovered = 0;
    int found = 0;
    int absent = 0;
    QStringList failed;
    bool drained = false;

    void hear(const QByteArray& line) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        const QByteArray& word = words.constFirst();
        if (word == "put" && words.size() >= 6) {
            order.append(words.at(1));
            wishes.insert(words.at(1), {.kind = static_cast<IntentKind>(words.at(2).toInt()),
                                        .target = words.at(3).toLongLong(),
                                        .on = words.at(4).toInt() != 0,
                                        .object = words.at(5).toLongLong(),
                                        .text = QString::fromUtf8(words.value(6)),
                                        .kept = false});
        } else if (word == "kept") {
            wishes[words.at(1)].kept = true;
        } else if (word == "recovered") {
            recovered += words.at(1).toInt();
        } else if (word == "found") {
            ++found;
        } else if (word == "absent") {
            ++absent;
        } else if (word == "failed") {
            failed.append(QString::fromUtf8(line));
        } else if (word == "drained") {
            drained = true;
        }
    }
};

std::uint64_t numberFrom(const char* name, std::uint64_t otherwise) {
    bool good = false;
    const std::uint64_t value = qEnvironmentVariable(name).toULongLong(&good);
    return good ? value : otherwise;
}

QString joined(const std::vector<std::int64_t>& ids) {
    QStringList parts;
    for (const std::int64_t id : ids) {
        parts.append(QString::number(id));
    }
    return parts.join(QLatin1Char(','));
}

}  // namespace

class OutboxKillTest : public QObject {
    Q_OBJECT

private:
    static void readAll(QProcess& victim, QByteArray& rest, Statement& statement) {
        rest += victim.readAllStandardOutput();
        for (auto end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
            statement.hear(rest.left(end));
            rest.remove(0, end + 1);
        }
    }

    // A video of theirs, with a comment in the words that the victim uses again and again: it must not be
    // taken for one of the victim's.
    static void clip(WorldClient& judge, const Account& owner, int number,
                     std::vector<std::int64_t>& videos) {
        const std::string bytes(tikgok::conformance::embeddedClip());
        QCOMPARE(judge.publish(owner, "clip " + std::to_string(number), bytes), Fate::Done);
        std::optional<std::vector<tikgok::resilience::Video>> works;
        QVERIFY(waitUntil([&] {
            works = judge.works(owner, owner.id);
            return works && !works->empty();
        }));
        videos.push_back(works->front().id);
        std::int64_t id = 0;
        QCOMPARE(judge.comment(owner, videos.back(), "same", id), Fate::Done);
    }

    // A toggle ends as it was wished last, as far as that was kept.
    static void judgeToggle(const Statement& statement, IntentKind kind, std::int64_t target, bool isOn,
                            QStringList& lost) {
        QSet<bool> allowed{false};
        for (const QByteArray& name : statement.order) {
            const Wish wish = statement.wishes.value(name);
            if (wish.kind != kind || wish.target != target) {
                continue;
            }
            if (wish.kept) {
                allowed = {wish.on};
            } else {
                allowed.insert(wish.on);  // it may have been kept although nobody could say so
            }
        }
        if (!allowed.contains(isOn)) {
            lost.append(QStringLiteral("kind %1 of %2 is %3").arg(int(kind)).arg(target).arg(isOn));
        }
    }

private Q_SLOTS:
    void keepsItsWordAndDoesNothingTwice() {
        const std::uint64_t kills = numberFrom("TIKGOK_KILLS", 200);
        const std::uint64_t seed = numberFrom("TIKGOK_KILL_SEED", 20'261'127);
        QElapsedTimer clock;
        clock.start();

        const QTemporaryDir data;
        tikgok::sim::SimulatorConfig config;
        config.dataDirectory = data.filePath(QStringLiteral("sim")).toStdString();
        auto simulator = tikgok::sim::Simulator::start(std::move(config));
        QVERIFY2(simulator.has_value(), simulator ? "" : simulator.error().c_str());
        WorldClient judge((*simulator)->url());
        Account me;
        QCOMPARE(judge.signUp("victim of kills", me), Fate::Done);
        std::vector<std::int64_t> people;
        std::vector<std::int64_t> videos;
        for (int i = 0; i < kBystanders; ++i) {
            Account other;
            QCOMPARE(judge.signUp("bystander " + std::to_string(i), other), Fate::Done);
            people.push_back(other.id);
            clip(judge, other, i, videos);
        }

        CuttingProxy proxy((*simulator)->port(), seed);
        Statement statement;
        std::mt19937_64 moments(seed);
        const auto start = [&](QProcess& victim, std::uint64_t round, bool drain) {
            QStringList arguments{proxy.url().toString(),
                                  data.path(),
                                  QString::number(me.id),
                                  QString::fromStdString(me.token),
                                  QString::number(seed * 1'000 + round),
                                  joined(videos),
                                  joined(people)};
            if (drain) {
                arguments.append(QStringLiteral("--drain"));
            }
            victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            victim.start(QStringLiteral(TIKGOK_OUTBOX_VICTIM), arguments);
        };
        for (std::uint64_t round = 0; round < kills; ++round) {
            proxy.setCuts(round % 2 == 0 ? 0 : 10);
            QProcess victim;
            QByteArray rest;
            start(victim, round, false);
            const qsizetype before = statement.order.size();
            // It dies some time after it has begun to write.
            const auto writes = static_cast<qsizetype>(moments() % 12);
            QVERIFY(waitUntil([&] {
                readAll(victim, rest, statement);
                return statement.order.size() > before + writes;
            }));
            QElapsedTimer now;
            now.start();
            const auto moment = static_cast<qint64>(moments() % 30'000'000);
            QVERIFY(waitUntil([&] { return now.nsecsElapsed() >= moment; }));
            victim.kill();
            QVERIFY(waitUntil([&] { return victim.state() == QProcess::NotRunning; }));
            readAll(victim, rest, statement);
        }
        proxy.setCuts(0);
        QProcess last;
        QByteArray rest;
        start(last, kills, true);
        QVERIFY(waitUntil(
            [&] {
                readAll(last, rest, statement);
                return last.state() == QProcess::NotRunning;
            },
            std::chrono::seconds(60)));
        QVERIFY(statement.drained);

        // --- the judgement
        QStringList lost;
        QStringList doubled;
        const auto liked = judge.favorites(me);
        const auto followed = judge.followed(me);
        QVERIFY(liked && followed);
        for (const std::int64_t video : videos) {
            judgeToggle(statement, IntentKind::Like, video, std::ranges::count(*liked, video) > 0, lost);
        }
        for (const std::int64_t person : people) {
            judgeToggle(statement, IntentKind::Follow, person, std::ranges::count(*followed, person) > 0,
                        lost);
        }
        std::map<std::pair<std::int64_t, QString>, int> there;
        QSet<std::int64_t> ids;
        for (const std::int64_t video : videos) {
            const auto comments = judge.comments(video);
            QVERIFY(comments.has_value());
            for (const auto& comment : *comments) {
                ++there[{video, QString::fromStdString(comment.content)}];
                ids.insert(comment.id);
            }
        }
        struct Expected {
            int least = 0;
            int most = 0;
        };
        std::map<std::pair<std::int64_t, QString>, Expected> expected;
        for (const std::int64_t video : videos) {
            expected[{video, QStringLiteral("same")}] = {.least = 1, .most = 1};  // the bystander's
        }
        int comments = 0;
        int removals = 0;
        for (const QByteArray& name : statement.order) {
            const Wish wish = statement.wishes.value(name);
            if (wish.kind == IntentKind::Comment) {
                Expected& one = expected[{wish.target, wish.text}];
                one.least += wish.kept ? 1 : 0;
                ++one.most;
                ++comments;
            }
        }
        for (const QByteArray& name : statement.order) {
            const Wish wish = statement.wishes.value(name);
            if (wish.kind == IntentKind::DeleteComment) {
                ++removals;
                Expected& one = expected[{wish.target, wish.text}];
                one.least = 0;
                if (wish.kept) {
                    one.most = 0;
                    if (ids.contains(wish.object)) {
                        lost.append(QStringLiteral("removal of %1").arg(wish.object));
                    }
                }
            }
        }
        for (const auto& [key, one] : expected) {
            const int count = there[key];
            const QString what = QStringLiteral("\"%1\" on %2: %3 of %4 to %5")
                                     .arg(key.second)
                                     .arg(key.first)
                                     .arg(count)
                                     .arg(one.least)
                                     .arg(one.most);
            if (count < one.least) {
                lost.append(what);
            } else if (count > one.most) {
                doubled.append(what);
            }
        }
        for (const auto& [key, count] : there) {
            if (count > 1 && !expected.contains(key)) {
                doubled.append(key.second);  // its name was not heard, so it can be there once
            }
        }
        int kept = 0;
        for (const Wish& wish : statement.wishes) {
            kept += wish.kept ? 1 : 0;
        }
        qInfo(
            "%d kills, %d put, %d kept, %d comments, %d removals, %d requests and %d answers cut; of an "
            "earlier "
            "run: %d maybe sent, %d found, %d sent again; lost %d, doubled %d, failed %d; seed %llu; %lld ms",
            static_cast<int>(kills), static_cast<int>(statement.order.size()), kept, comments, removals,
            proxy.requestsCut, proxy.answersCut, statement.recovered, statement.found, statement.absent,
            static_cast<int>(lost.size()), static_cast<int>(doubled.size()),
            static_cast<int>(statement.failed.size()), static_cast<unsigned long long>(seed),
            clock.elapsed());
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(QLatin1Char('\n'))));
        QVERIFY2(doubled.isEmpty(), qPrintable(doubled.join(QLatin1Char('\n'))));
        QVERIFY2(statement.failed.isEmpty(), qPrintable(statement.failed.join(QLatin1Char('\n'))));
        // Otherwise nothing was proved.
        QVERIFY2(kills < 100 || (statement.found > 0 && statement.absent > 0 && removals > 0 &&
                                 proxy.answersCut > 0 && proxy.requestsCut > 0),
                 "inconclusive: no kill fell between a request and its answer");
    }
};

QTEST_GUILESS_MAIN(OutboxKillTest)
#include "outbox_kill_test.moc"
