// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the Simulator page shows of what happened, without its page: the journal, what was given up, checks,
// coverage, recordings and load.

#include "core/simulator/simulator_desk.h"
#include "tests/core/support/simulator_office.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace tikgok {

using test::answerOf;
using test::Held;
using test::Mute;
using test::Office;
using test::waitFor;
using Presence = SimulatorWatch::Presence;
using Section = SimulatorDesk::Section;
using Outcome = SimulatorFiles::Outcome;

class SimulatorFindingsTest : public QObject, private test::DeskStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void init() { makeServerGood(); }

    // --- journal

    void showsWhatWasCut() {
        Office office;
        openJournal(office);
        office.desk.addPreset(QStringLiteral("no-answer"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), -1);
        // Qt may have tried more than once.
        QTRY_VERIFY(office.desk.journal()->count() > 0);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::StatusRole).toInt(), 0);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::CutRole).toString(),
                 QStringLiteral("reset"));
        office.desk.openEntry(office.of(office.desk.journal(), 0, JournalModel::NumberRole).toString());
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("→ 0 (cut: reset)")));
        office.desk.removeRule(QStringLiteral("no-answer"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        QTRY_COMPARE(office.of(office.desk.journal(), 0, JournalModel::StatusRole).toInt(), 200);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::CutRole).toString(), QString());
    }

    void recordsFiltersAndExports() {
        Office office;
        openJournal(office);
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        QTRY_COMPARE(office.desk.journal()->count(), 2);
        const auto of = [&office](int row, int role) { return office.of(office.desk.journal(), row, role); };
        // The newest first.
        QCOMPARE(of(0, JournalModel::StatusRole).toInt(), 500);
        QCOMPARE(of(0, JournalModel::FaultRole).toString(), QStringLiteral("feed-500"));
        QCOMPARE(of(1, JournalModel::StatusRole).toInt(), 200);
        QCOMPARE(of(1, JournalModel::CodeRole).toInt(), 0);
        QCOMPARE(of(0, JournalModel::PathRole).toString(), QStringLiteral("/douyin/feed/"));
        office.desk.filterJournal(QString(), true);
        QTRY_COMPARE(office.desk.journal()->count(), 1);
        office.desk.filterJournal(QStringLiteral("/ping"), false);
        QTRY_COMPARE(office.desk.journal()->count(), 0);
        office.desk.filterJournal(QString(), false);
        QTRY_COMPARE(office.desk.journal()->count(), 2);

        const QString number = of(0, JournalModel::NumberRole).toString();
        office.desk.openEntry(number);
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("GET /douyin/feed/")));
        QVERIFY(office.desk.entryText().contains(QStringLiteral("500")));
        office.desk.closeEntry();
        QVERIFY(office.desk.entryText().isEmpty());
        QSignalSpy curl(&office.desk, &SimulatorDesk::curlReady);
        office.desk.askCurl(number);
        QTRY_COMPARE(curl.count(), 1);
        QVERIFY(curl.at(0).at(0).toString().startsWith(QStringLiteral("curl -i")));
        office.desk.openEntry(QStringLiteral("999999"));
        QTRY_COMPARE(office.desk.problem(), ErrorKind::NotFound);

        QSignalSpy saved(&office.desk, &SimulatorDesk::harSaved);
        QSignalSpy failed(&office.desk, &SimulatorDesk::harFailed);
        const QString path = office.directory.filePath(QStringLiteral("a journal.har"));
        office.desk.exportHar(QUrl::fromLocalFile(path));
        QTRY_COMPARE(saved.count(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject log =
            QJsonDocument::fromJson(file.readAll()).object().value(QLatin1StringView("log")).toObject();
        QCOMPARE(log.value(QLatin1StringView("version")).toString(), QStringLiteral("1.2"));
        QCOMPARE(log.value(QLatin1StringView("entries")).toArray().size(), 2);
        // Nobody else reads what people did.
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        // A place where nothing can be written.
        office.desk.exportHar(
            QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("no/such/folder.har"))));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(0).toString().isEmpty());
        QVERIFY(!office.desk.exporting());
        office.desk.exportHar(QUrl(QStringLiteral("https://example.org/x.har")));
        QCOMPARE(failed.count(), 2);

        // Off, by the person: it stays off, also when the page is opened again.
        office.desk.setRecording(false);
        QTRY_VERIFY(!office.desk.recording());
        office.desk.setShown(false);
        office.desk.setShown(true);
        QTRY_VERIFY(office.watch.presence() == Presence::Open);
        QVERIFY(office.idle());
        QVERIFY(!office.desk.recording());
    }

    void moreThanFitsIsLeftBehind() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Journal);
        QTRY_VERIFY(office.desk.recording());
        for (int i = 0; i < JournalModel::kMost + 20; ++i) {
            QCOMPARE(office.feedStatus(), 200);
        }
        const auto newest = [&] {
            return office.of(office.desk.journal(), 0, JournalModel::NumberRole).toLongLong();
        };
        QTRY_COMPARE(office.desk.journal()->count(), static_cast<int>(JournalModel::kMost));
        QTRY_VERIFY(newest() >= JournalModel::kMost + 20);
        QCOMPARE(office.desk.journal()->count(), static_cast<int>(JournalModel::kMost));
    }

    // --- what it found

    void whatWasGivenUpIsSentAgain() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.inside()->count(), 8);
        QCOMPARE(office.desk.deadLetters()->count(), 0);
        office.desk.switchInside(QStringLiteral("poison_message"), true);
        QVERIFY(office.idle());
        for (const char* name : {"poisoned", "poisoned too"}) {
            QVERIFY(
                waitFor(office.api.registerAccount(QLatin1String(name), QStringLiteral("secret123"), {})));
        }
        QTRY_COMPARE_WITH_TIMEOUT(office.desk.deadLetters()->count(), 2, 20'000);
        QCOMPARE(office.desk.olderLetters(), 0);
        const auto of = [&office](int row, int role) {
            return office.of(office.desk.deadLetters(), row, role);
        };
        QVERIFY(of(0, DeadLettersModel::ReasonRole).toString().contains(QStringLiteral("poison")));
        QVERIFY(!of(0, DeadLettersModel::UploadRole).toBool());
        QCOMPARE(of(0, DeadLettersModel::FailuresRole).toInt(), 5);
        QVERIFY(!of(0, DeadLettersModel::DeadRole).toString().isEmpty());
        // The newest first.
        QVERIFY(of(0, DeadLettersModel::LetterRole).toLongLong() >
                of(1, DeadLettersModel::LetterRole).toLongLong());
        office.desk.switchInside(QStringLiteral("poison_message"), false);
        QVERIFY(office.idle());
        QSignalSpy resent(&office.desk, &SimulatorDesk::lettersResent);
        const QString newest = of(0, DeadLettersModel::LetterRole).toString();
        office.desk.resendLetter(newest);
        QTRY_COMPARE(resent.count(), 1);
        QCOMPARE(resent.at(0).at(0).toInt(), 1);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 1);
        QVERIFY(of(0, DeadLettersModel::LetterRole).toString() != newest);
        office.desk.resendAllLetters();
        QTRY_COMPARE(resent.count(), 2);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 0);
        // One that is gone meanwhile.
        office.desk.resendLetter(newest);
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::NotFound);
        QVERIFY(!office.desk.problemWords().isEmpty());
        QCOMPARE(resent.count(), 2);
    }

    void onlyTheNewestDeadLettersAreShown() {
        Mute mute;
        QJsonArray letters;
        for (int i = 1; i <= 25; ++i) {
            letters.append(
                QJsonObject{{QStringLiteral("id"), i}, {QStringLiteral("topic"), QStringLiteral("upload")}});
        }
        mute.says = answerOf(200, QJsonDocument(QJsonObject{{QStringLiteral("version"), QStringLiteral("1")},
                                                            {QStringLiteral("dead_letters"), letters}})
                                      .toJson());
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 20);
        QCOMPARE(office.desk.olderLetters(), 5);
        QCOMPARE(office.of(office.desk.deadLetters(), 0, DeadLettersModel::LetterRole).toInt(), 25);
        QVERIFY(office.of(office.desk.deadLetters(), 0, DeadLettersModel::UploadRole).toBool());
    }

    void looksAtBothSides() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Checks);
        QTRY_VERIFY(office.desk.recording());
        QVERIFY(!office.desk.validating());
        office.desk.setValidating(true);
        QTRY_VERIFY(office.desk.validating());
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        QTRY_COMPARE(office.desk.checked(), QStringLiteral("1"));
        QCOMPARE(office.desk.findings()->count(), 0);
        // The client's mistake.
        office.feedStatus(QStringLiteral("soon"));
        QTRY_COMPARE(office.desk.findings()->count(), 1);
        QCOMPARE(office.desk.badRequests(), QStringLiteral("1"));
        QCOMPARE(office.desk.badAnswers(), QStringLiteral("0"));
        const auto of = [&office](int row, int role) { return office.of(office.desk.findings(), row, role); };
        QCOMPARE(of(0, FindingsModel::PathRole).toString(), QStringLiteral("/douyin/feed/"));
        QCOMPARE(of(0, FindingsModel::MethodRole).toString(), QStringLiteral("GET"));
        QVERIFY(of(0, FindingsModel::RequestRole)
                    .toStringList()
                    .join(QLatin1Char(' '))
                    .contains(QStringLiteral("latest_time")));
        QVERIFY(of(0, FindingsModel::AnswerRole).toStringList().isEmpty());
        // It is in the journal, which records since the page was opened.
        office.desk.openEntry(of(0, FindingsModel::EntryRole).toString());
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("latest_time=soon")));
        // Ours, on purpose; the newest first.
        office.desk.addPreset(QStringLiteral("broken-json"));
        QVERIFY(office.idle());
        office.feedStatus();
        QTRY_COMPARE(office.desk.findings()->count(), 2);
        QCOMPARE(of(0, FindingsModel::DeliberateRole).toString(), QStringLiteral("broken-json"));
        QVERIFY(!of(0, FindingsModel::AnswerRole).toStringList().isEmpty());
        QCOMPARE(office.desk.deliberate(), QStringLiteral("1"));
        QCOMPARE(office.desk.unchecked(), QStringLiteral("0"));
        office.desk.clearFindings();
        QTRY_COMPARE(office.desk.findings()->count(), 0);
        QCOMPARE(office.desk.checked(), QStringLiteral("0"));
        office.desk.setValidating(false);
        QTRY_VERIFY(!office.desk.validating());
    }

    void saysWhatWasNeverMet() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Checks);
        office.desk.setCovering(true);
        QTRY_VERIFY(office.desk.covering());
        QTRY_COMPARE(office.desk.coverage()->count(), 16);
        office.desk.clearCoverage();
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        int feed = -1;
        for (int row = 0; row < office.desk.coverage()->count(); ++row) {
            if (office.of(office.desk.coverage(), row, CoverageModel::RouteRole).toString() ==
                QStringLiteral("/douyin/feed/")) {
                feed = row;
            }
        }
        QVERIFY(feed >= 0);
        const auto of = [&office, feed](int role) { return office.of(office.desk.coverage(), feed, role); };
        QTRY_COMPARE(of(CoverageModel::RequestsRole).toString(), QStringLiteral("2"));
        const QVariantList met = of(CoverageModel::MetRole).toList();
        QCOMPARE(met.size(), 2);
        QCOMPARE(met.at(0).toMap().value(QStringLiteral("status")).toInt(), 200);
        QCOMPARE(met.at(0).toMap().value(QStringLiteral("code")).toInt(), 0);
        QCOMPARE(met.at(1).toMap().value(QStringLiteral("status")).toInt(), 500);
        QCOMPARE(met.at(1).toMap().value(QStringLiteral("faults")).toString(), QStringLiteral("status"));
        const QStringList faults = of(CoverageModel::UnmetFaultsRole).toStringList();
        QVERIFY(!faults.contains(QStringLiteral("status")));
        QVERIFY(faults.contains(QStringLiteral("latency")));
        QVERIFY(!of(CoverageModel::UnmetCodesRole).toStringList().isEmpty());
        office.desk.clearCoverage();
        QTRY_COMPARE(of(CoverageModel::RequestsRole).toString(), QStringLiteral("0"));
        office.desk.setCovering(false);
        QTRY_VERIFY(!office.desk.covering());
    }

    // --- replay

    void recordsAndLetsItHappenAgain() {
        using Replayed = SimulatorDesk::Replayed;
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Replay);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        // There is nothing.
        office.desk.checkReplay();
        QTRY_VERIFY(!office.desk.replaying());
        QCOMPARE(office.desk.problem(), ErrorKind::NotFound);
        QCOMPARE(office.desk.replayed(), Replayed::NotYet);
        office.desk.startReplay();
        QTRY_VERIFY(office.desk.replayOn());
        QVERIFY(office.idle());
        QVERIFY(office.desk.replayBytes() > 0);
        // Another one in its place would be a loss.
        office.desk.startReplay();
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::Refused);
        QVERIFY(office.desk.problemWords().contains(QStringLiteral("already")));
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        // Two requests, and the rule.
        QTRY_COMPARE(office.desk.replayEntries(), QStringLiteral("3"));
        office.desk.stopReplay();
        QTRY_VERIFY(!office.desk.replayOn());
        QCOMPARE(office.feedStatus(), 500);
        QCOMPARE(office.desk.replayEntries(), QStringLiteral("3"));

        office.desk.checkReplay();
        QVERIFY(office.desk.replaying());
        QTRY_COMPARE_WITH_TIMEOUT(office.desk.replayed(), Replayed::Same, 30'000);
        QCOMPARE(office.desk.replayCompared(), QStringLiteral("2"));
        QVERIFY(office.desk.replayDifference().isEmpty());

        SimulatorFiles& files = *office.desk.files();
        const QString path = office.directory.filePath(QStringLiteral("bug.replay"));
        files.saveRecording(QUrl::fromLocalFile(path));
        QTRY_COMPARE(files.outcome(), Outcome::Done);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readLine().contains("tikgok-replay"));
        // There are passwords in it.
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        office.desk.forgetReplay();
        QTRY_COMPARE(office.desk.replayEntries(), QStringLiteral("0"));
        QCOMPARE(office.desk.replayed(), Replayed::NotYet);
        // What is in no file is no world.
        files.importWorld(QUrl::fromLocalFile(path));
        QTRY_COMPARE(files.outcome(), Outcome::NotAWorld);
    }

    void saysWhatWasDifferentFirst() {
        Mute mute;
        mute.says = answerOf(200, R"({"version":"1","same":false,"compared":7,
            "difference":{"what":"status","request":"GET /ping","recorded":200,"replayed":500}})");
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        office.desk.checkReplay();
        QTRY_COMPARE(office.desk.replayed(), SimulatorDesk::Replayed::Different);
        QCOMPARE(office.desk.replayCompared(), QStringLiteral("7"));
        QVERIFY(office.desk.replayDifference().contains(QStringLiteral("GET /ping")));
        // Of another server nothing is known.
        office.watch.setServer(QStringLiteral("y"));
        QCOMPARE(office.desk.replayed(), SimulatorDesk::Replayed::NotYet);
    }

    void aVerdictIsAboutTheRecordingThatIsThere() {
        Held held;
        Office office(&held);
        office.desk.checkReplay();
        QTRY_COMPARE(held.asked.size(), 1);
        office.desk.startReplay();
        QTRY_COMPARE(held.asked.size(), 2);
        held.say(1, R"({"on":true,"entries":0,"bytes":100})");
        QTRY_VERIFY(office.desk.replayOn());
        QVERIFY(!office.desk.replaying());
        held.say(0, R"({"version":"1","same":true,"compared":7})");
        QCoreApplication::processEvents();
        QCOMPARE(office.desk.replayed(), SimulatorDesk::Replayed::NotYet);
    }

    // --- load

    void samplesTheLoad() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setSection(Section::Load);
        office.desk.setShown(true);
        office.desk.addPreset(QStringLiteral("feed-500"));
        const auto of = [&office](LoadModel::Series series, int role) {
            return office.of(office.desk.load(), static_cast<int>(series), role);
        };
        QTRY_VERIFY([&] {
            office.feedStatus();
            return of(LoadModel::Series::Failures, LoadModel::PeakRole).toDouble() > 0 &&
                   of(LoadModel::Series::Median, LoadModel::PeakRole).toDouble() > 0;
        }());
        QVERIFY(of(LoadModel::Series::Requests, LoadModel::PeakRole).toDouble() > 0);
        QVERIFY(of(LoadModel::Series::Connections, LoadModel::LatestRole).toDouble() >= 1);
        QTRY_VERIFY(of(LoadModel::Series::Requests, LoadModel::ValuesRole).value<QList<double>>().size() > 1);
        // Writes wait while the consumer stands.
        office.desk.switchInside(QStringLiteral("consumer_paused"), true);
        QVERIFY(office.idle());
        auto account =
            waitFor(office.api.registerAccount(QStringLiteral("writer"), QStringLiteral("secret123"), {}));
        QVERIFY(account);
        QTRY_VERIFY(of(LoadModel::Series::WritesWaiting, LoadModel::PeakRole).toDouble() > 0);
    }

    // Whatever status an answer had, a client that did not get all of it met a failure.
    void whatWasCutFailed() {
        const auto line = [](const char* status, const char* cut, const char* count) {
            return QByteArray("tikgok_http_requests_total{route=\"/ping\",method=\"GET\",status=\"") +
                   status + "\",code=\"none\",cut=\"" + cut + "\"} " + count + "\n";
        };
        const LoadSample sample = loadSampleFrom(line("200", "none", "5") + line("200", "close", "2") +
                                                 line("0", "reset", "3") + line("other", "other", "7"));
        QCOMPARE(sample.requests, 17.0);
        QCOMPARE(sample.failures, 5.0);
    }

    void readsPagesOfMetrics() {
        const auto page = [](int feed, int failed, int fast, int slow) {
            return QByteArray(
                       "# HELP x y\n"
                       "tikgok_http_requests_total{route=\"/douyin/feed/"
                       "\",method=\"GET\",status=\"200\",code=\"0\"} ") +
                   QByteArray::number(feed) +
                   "\ntikgok_http_requests_total{route=\"/douyin/feed/"
                   "\",method=\"GET\",status=\"500\",code=\"none\"} " +
                   QByteArray::number(failed) +
                   "\ntikgok_http_requests_total{route=\"/_sim/"
                   "*\",method=\"GET\",status=\"200\",code=\"none\"} 5000\n"
                   "tikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"0.001\"} " +
                   QByteArray::number(fast) +
                   "\ntikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"0.5\"} " +
                   QByteArray::number(fast + slow) +
                   "\ntikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"+Inf\"} " +
                   QByteArray::number(fast + slow) +
                   "\ntikgok_queue_depth 3\ntikgok_consumer_lag 4\nrubbish\n\n" +
                   "tikgok_upload_queue_depth nonsense\n";
        };
        LoadModel load(nullptr);
        QAbstractItemModelTester tester(&load, QAbstractItemModelTester::FailureReportingMode::QtTest);
        load.add(loadSampleFrom(page(100, 0, 100, 0)), 1'000);
        load.add(loadSampleFrom(page(190, 10, 196, 4)), 3'000);
        const auto latest = [&load](LoadModel::Series series) {
            return load.data(load.index(static_cast<int>(series)), LoadModel::LatestRole).toDouble();
        };
        QCOMPARE(latest(LoadModel::Series::Requests), 50.0);
        QCOMPARE(latest(LoadModel::Series::Failures), 5.0);
        QCOMPARE(latest(LoadModel::Series::Median), 1.0);
        QCOMPARE(latest(LoadModel::Series::P99), 500.0);
        QCOMPARE(latest(LoadModel::Series::WritesWaiting), 7.0);
        QCOMPARE(latest(LoadModel::Series::UploadsWaiting), 0.0);
        QCOMPARE(load.span(), 2);
        // Another start of the simulator counts from nothing.
        load.add(loadSampleFrom(page(1, 0, 1, 0)), 4'000);
        QCOMPARE(load.span(), 0);
        load.add(loadSampleFrom(page(3, 0, 3, 0)), 5'000);
        QCOMPARE(latest(LoadModel::Series::Requests), 2.0);
        for (int i = 0; i < 2 * LoadModel::kMostSamples; ++i) {
            load.add(loadSampleFrom(page(3 + i, 0, 3, 0)), 6'000 + i * 1'000);
        }
        QCOMPARE(load.data(load.index(0), LoadModel::ValuesRole).value<QList<double>>().size(),
                 LoadModel::kMostSamples);
        QCOMPARE(load.span(), static_cast<int>(LoadModel::kMostSamples));
    }

private:
    // With nothing in it yet.
    void openJournal(Office& office) {
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Journal);
        // By itself, from the first look on.
        QTRY_VERIFY(office.desk.recording());
        office.desk.clearJournal();
        QVERIFY(office.idle());
        QTRY_COMPARE(office.desk.journal()->count(), 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SimulatorFindingsTest)
#include "simulator_findings_test.moc"
