// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// kill -9 at random moments, with an outside judge: what was answered is there, once.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "tests/backend_sim/durability/protocol.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <set>
#include <string>

using namespace tikgok::sim;

namespace {

struct Tally {
    int kills = 0;
    int acknowledged = 0;
    int lost = 0;
    int doubled = 0;
    int corrupt = 0;
    // Kills that fell inside a commit, and writes that were kept although the kill came before the answer.
    int inCommit = 0;
    int keptUnanswered = 0;
};

// What must be so, as far as answers tell.
class Judge {
public:
    explicit Judge(quint32 seed) : random_(seed) {}

    // One life of a victim. False when it could not be started.
    bool oneKill(const QTemporaryDir& directory, bool honest);
    void check(const QTemporaryDir& directory);
    // The next victim finds an empty directory.
    void startAnew();
    const Tally& tally() const { return tally_; }

private:
    void hear(const QByteArray& line);

    QRandomGenerator random_;
    Tally tally_;
    std::set<std::string> tried_;
    std::set<std::string> answered_;
    std::set<std::string> counted_;
    // Per producer: what was answered last, and what was tried after that.
    std::map<Id, int> likes_;
    std::map<Id, int> triedLikes_;
};

void Judge::startAnew() {
    tried_.clear();
    answered_.clear();
    counted_.clear();
    likes_.clear();
    triedLikes_.clear();
}

void Judge::hear(const QByteArray& line) {
    const QList<QByteArray> words = line.split(' ');
    if (words.size() == 3 && words[1] == "m") {
        (words[0] == "T" ? tried_ : answered_).insert(words[2].toStdString());
        tally_.acknowledged += words[0] == "A" ? 1 : 0;
    } else if (words.size() == 4 && words[1] == "l") {
        const Id producer = words[2].toLongLong();
        if (words[0] == "T") {
            triedLikes_[producer] = words[3].toInt();
        } else {
            likes_[producer] = words[3].toInt();
            triedLikes_.erase(producer);
            ++tally_.acknowledged;
        }
    }
}

bool Judge::oneKill(const QTemporaryDir& directory, bool honest) {
    QProcess victim;
    const QString phase = directory.filePath(QStringLiteral("phase"));
    victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    victim.start(qEnvironmentVariable("TIKGOK_TEST_VICTIM"),
                 {directory.filePath(QStringLiteral("store")), phase, QString::number(random_.generate()),
                  honest ? QStringLiteral("1") : QStringLiteral("0")});
    QByteArray heard;
    while (!heard.startsWith("ready\n")) {
        if (!victim.waitForReadyRead(20'000)) {
            return false;
        }
        heard += victim.readAllStandardOutput();
    }
    // Reading all the time, or the pipe fills and the victim waits.
    const QDeadlineTimer end(3 + random_.bounded(60));
    while (!end.hasExpired()) {
        victim.waitForReadyRead(static_cast<int>(end.remainingTime()));
        heard += victim.readAllStandardOutput();
    }
    victim.kill();
    if (!victim.waitForFinished(20'000)) {
        return false;
    }
    heard += victim.readAllStandardOutput();
    // A last line without an end was not said.
    heard.truncate(heard.lastIndexOf('\n') + 1);
    for (const QByteArray& line : heard.split('\n')) {
        hear(line);
    }
    ++tally_.kills;
    QFile page(phase);
    if (page.open(QIODevice::ReadOnly) && page.read(1) == QByteArray(1, '\1')) {
        ++tally_.inCommit;
    }
    return true;
}

void Judge::check(const QTemporaryDir& directory) {
    auto store = SqliteStore::open(directory.filePath(QStringLiteral("store")).toStdString());
    if (!store || (*store)->integrity() != "ok") {
        ++tally_.corrupt;
        return;
    }
    std::map<std::string, int> found;
    std::set<Id> ids;
    MemoryStore model;
    const auto replayed = (*store)->replay([&](const Change& change) {
        if (const auto* message = std::get_if<MessageRow>(&change)) {
            ++found[message->text];
            tally_.doubled += ids.insert(message->id).second ? 0 : 1;
        } else if (const auto* comment = std::get_if<CommentRow>(&change)) {
            ++found[comment->text];
            tally_.doubled += ids.insert(comment->id).second ? 0 : 1;
        }
        return applyChange(model, change);
    });
    const auto bound = (*store)->idBound();
    if (!replayed || !bound || (!ids.empty() && *ids.rbegin() >= *bound)) {
        ++tally_.corrupt;
    }
    for (const std::string& text : answered_) {
        tally_.lost += found.contains(text) ? 0 : 1;
    }
    for (const auto& [text, times] : found) {
        tally_.doubled += times > 1 ? 1 : 0;
        if (!answered_.contains(text) && counted_.insert(text).second) {
            // Never out of thin air.
            tally_.corrupt += tried_.contains(text) ? 0 : 1;
            ++tally_.keptUnanswered;
        }
    }
    for (Id producer = 1; producer <= durability::kProducers; ++producer) {
        const bool now = model.favorites().contains(producer, durability::kVideo).value_or(false);
        const bool expected = likes_.contains(producer) && likes_[producer] == 1;
        const auto tried = triedLikes_.find(producer);
        const bool excused = tried != triedLikes_.end() && (tried->second == 1) == now;
        tally_.lost += now == expected || excused ? 0 : 1;
        // From here on this is what counts.
        likes_[producer] = now ? 1 : 0;
        triedLikes_.erase(producer);
    }
}

}  // namespace

class DurabilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killed();
    void theJudgeCatchesALiar();
};

void DurabilityTest::killed() {
    bool given = false;
    quint32 seed = qEnvironmentVariable("TIKGOK_SEED").toUInt(&given);
    if (!given) {
        seed = QRandomGenerator::global()->generate();
    }
    const int kills = qEnvironmentVariableIntValue("TIKGOK_KILLS", &given);
    const int wanted = given ? kills : 100;
    Judge judge(seed);
    std::unique_ptr<QTemporaryDir> directory;
    for (int kill = 0; kill < wanted; ++kill) {
        // A fresh start now and then, so that checking stays quick.
        if (kill % 25 == 0) {
            directory = std::make_unique<QTemporaryDir>();
            judge.startAnew();
        }
        QVERIFY(judge.oneKill(*directory, true));
        judge.check(*directory);
    }
    const Tally& tally = judge.tally();
    qInfo(
        "kills %d, acknowledged %d, lost %d, doubled %d, corrupt %d, in commit %d, kept unanswered %d, seed "
        "%u",
        tally.kills, tally.acknowledged, tally.lost, tally.doubled, tally.corrupt, tally.inCommit,
        tally.keptUnanswered, seed);
    QCOMPARE(tally.kills, wanted);
    QCOMPARE(tally.lost, 0);
    QCOMPARE(tally.doubled, 0);
    QCOMPARE(tally.corrupt, 0);
    QVERIFY2(tally.acknowledged > 0, "inconclusive: nothing was answered");
    QVERIFY2(tally.inCommit > 0, "inconclusive: no kill fell inside a commit");
}

// The same judge on a store that forgets commits: if it finds nothing, it proves nothing.
void DurabilityTest::theJudgeCatchesALiar() {
    Judge judge(1);
    const QTemporaryDir directory;
    for (int kill = 0; kill < 100 && judge.tally().lost == 0; ++kill) {
        QVERIFY(judge.oneKill(directory, false));
        judge.check(directory);
    }
    QVERIFY(judge.tally().lost > 0);
}

QTEST_GUILESS_MAIN(DurabilityTest)
#include "durability_test.moc"
