// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The log file: put aside by size and by age, compressed, bounded, and never a reason to stop.

#include "backend-sim/adapters/log/logger.h"
#include "tests/backend_sim/operations/fakes.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <vector>
#include <zlib.h>

using namespace std::chrono_literals;
using namespace tikgok::sim;
using tikgok::test::HandClock;

namespace {

QByteArray plain(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<missing>");
}

// As zlib reads it: checks the sum at the end, too.
QByteArray packed(const QString& name) {
    const gzFile file = ::gzopen(QFile::encodeName(name).constData(), "rb");
    if (file == nullptr) {
        return "<missing>";
    }
    QByteArray text;
    QByteArray piece(64 * 1024, '\0');
    int count = 0;
    while ((count = ::gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0) {
        text.append(piece.constData(), count);
    }
    const bool direct = ::gzdirect(file) != 0;
    const bool good = count == 0 && ::gzclose(file) == Z_OK;
    return good && !direct ? text : QByteArray("<damaged>");
}

}  // namespace

class LogTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> place_;
    HandClock clock_;

    QString name(const char* suffix = "") const {
        return place_->filePath(QStringLiteral("logs/sim.log") + QLatin1String(suffix));
    }
    QStringList files() const {
        return QDir(place_->filePath(QStringLiteral("logs")))
            .entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    std::unique_ptr<RotatingFile> open(std::uint64_t maxBytes, std::chrono::milliseconds maxAge = 0ms,
                                       std::size_t keep = 3, bool compress = true) {
        auto file = RotatingFile::open({name().toStdString(), maxBytes, maxAge, keep, compress}, clock_);
        return file ? std::move(*file) : nullptr;
    }

private Q_SLOTS:
    void init() { place_ = std::make_unique<QTemporaryDir>(); }

    void bySize() {
        const auto file = open(20);
        QVERIFY(file);
        file->write("0123456789");  // 11 bytes with its end
        file->write("01234567");    // 20: full to the brim
        QCOMPARE(files().size(), 1);
        file->write("next");
        file->settle();
        QCOMPARE(plain(name()), QByteArray("next\n"));
        QCOMPARE(packed(name(".1.gz")), QByteArray("0123456789\n01234567\n"));
        // A line that is longer than the limit has a file of its own.
        file->write(std::string(50, 'x'));
        file->write("after");
        file->settle();
        QCOMPARE(packed(name(".2.gz")), QByteArray("next\n"));
        QCOMPARE(packed(name(".1.gz")), QByteArray(50, 'x') + "\n");
        QCOMPARE(plain(name()), QByteArray("after\n"));
        QCOMPARE(file->lost(), 0U);
    }

    void byAge() {
        const auto file = open(0, 1h);
        clock_.advance(2h);
        file->write("first");  // an empty file has no age
        clock_.advance(59min);
        file->write("young");
        QCOMPARE(files().size(), 1);
        clock_.advance(3h);
        file->write("old");
        file->settle();
        QCOMPARE(plain(name()), QByteArray("old\n"));
        QCOMPARE(packed(name(".1.gz")), QByteArray("first\nyoung\n"));
    }

    void neverWithoutLimits() {
        const auto file = open(0);
        for (int i = 0; i < 1'000; ++i) {
            clock_.advance(24h);
            file->write(std::string(100, 'x'));
        }
        QCOMPARE(files(), QStringList{QStringLiteral("sim.log")});
    }

    void boundedNumber_data() {
        QTest::addColumn<int>("keep");
        QTest::addColumn<bool>("compress");
        QTest::addColumn<QStringList>("left");
        QTest::newRow("three") << 3 << true
                               << QStringList{QStringLiteral("sim.log"), QStringLiteral("sim.log.1.gz"),
                                              QStringLiteral("sim.log.2.gz"), QStringLiteral("sim.log.3.gz")};
        QTest::newRow("one, plain") << 1 << false
                                    << QStringList{QStringLiteral("sim.log"), QStringLiteral("sim.log.1")};
        QTest::newRow("none") << 0 << true << QStringList{QStringLiteral("sim.log")};
    }
    void boundedNumber() {
        QFETCH(int, keep);
        QFETCH(bool, compress);
        QFETCH(QStringList, left);
        const auto file = open(10, 0ms, static_cast<std::size_t>(keep), compress);
        for (int i = 0; i < 20; ++i) {
            file->write("line " + std::to_string(100 + i));
        }
        file->settle();
        QCOMPARE(files(), left);
        if (keep == 3) {
            QCOMPARE(packed(name(".1.gz")), QByteArray("line 118\n"));
            QCOMPARE(packed(name(".3.gz")), QByteArray("line 116\n"));
        }
        QCOMPARE(plain(name()), QByteArray("line 119\n"));
    }

    // Another start goes on with the file, tidies up what an end in the middle left, and obeys a smaller
    // bound.
    void goesOn() {
        {
            const auto file = open(10, 0ms, 5);
            for (int i = 0; i < 6; ++i) {
                file->write("line " + std::to_string(100 + i));
            }
        }
        QCOMPARE(files().size(), 6);
        QVERIFY(QFile::rename(name(".1.gz"), name(".gone")) && QFile::remove(name(".gone")));
        QFile left(name(".aside-1700000000000-00000001"));
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write("half way\n") > 0);
        left.close();
        {
            const auto file = open(10, 0ms, 2);
            file->settle();
            file->write("new");
            file->settle();
        }
        QCOMPARE(plain(name()), QByteArray("new\n"));
        QCOMPARE(packed(name(".1.gz")), QByteArray("line 105\n"));
        QCOMPARE(packed(name(".2.gz")), QByteArray("half way\n"));
        QCOMPARE(files().size(), 3);
    }

    void forTheOwnerAlone() {
        const auto file = open(10);
        file->write("0123456789");
        file->write("0123456789");
        file->settle();
        for (const QString& one : files()) {
            const auto rights = QFile::permissions(place_->filePath(QStringLiteral("logs/")) + one);
            QVERIFY(
                !(rights & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        }
    }

    void cannotBeOpened() {
        const auto refused = RotatingFile::open({"/proc/tikgok/sim.log", 0, 0ms, 1, true}, clock_);
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().find("/proc/tikgok/sim.log") != std::string::npos);
        const auto directory = RotatingFile::open({place_->path().toStdString(), 0, 0ms, 1, true}, clock_);
        QVERIFY(!directory.has_value());
    }

    // The device that is always full.
    void fullDisk() {
        const auto file = RotatingFile::open({"/dev/full", 10, 1ms, 3, true}, clock_);
        QVERIFY(file.has_value());
        for (int i = 0; i < 100; ++i) {
            clock_.advance(1s);
            (*file)->write("a line that finds no room");
        }
        QCOMPARE((*file)->lost(), 100U);
    }

    // A line that is cut by the end of the room; when there is room again it goes on with a new line.
    void roomComesBack() {
        const auto file = open(0);
        file->write("before");
        rlimit old{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &old) == 0);
        const auto before = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = old;
        small.rlim_cur = 12;
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        file->write("this one is cut");
        file->write("this one is lost");
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &old) == 0);
        std::signal(SIGXFSZ, before);
        file->write("after");
        QCOMPARE(plain(name()), QByteArray("before\nthis \nlevel=warning log lines lost=2\nafter\n"));
        QCOMPARE(file->lost(), 2U);
    }

    void removedUnderneath() {
        const auto file = open(20);
        file->write("0123456789");
        QVERIFY(QFile::remove(name()));
        file->write("0123456789");
        file->write("0123456789");
        file->write("0123456789");
        file->settle();  // nothing hangs, nothing is thrown
        QCOMPARE(file->lost(), 0U);
    }

    void threadsLoseNoLine() {
        constexpr int kThreads = 8;
        constexpr int kLines = 2'000;
        auto file = open(64 * 1024, 0ms, 1'000);
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&file, t] {
                for (int i = 0; i < kLines; ++i) {
                    file->write("thread=" + std::to_string(t) + " line=" + std::to_string(i) + " " +
                                std::string(40, 'x') + " end");
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        file->settle();
        file.reset();
        std::set<QByteArray> seen;
        const QRegularExpression shape(QStringLiteral("^thread=\\d line=\\d+ x{40} end$"));
        QVERIFY(files().size() > 10);
        for (const QString& one : files()) {
            const QString path = place_->filePath(QStringLiteral("logs/")) + one;
            const QByteArray text = one.endsWith(QStringLiteral(".gz")) ? packed(path) : plain(path);
            QVERIFY(text.size() <= 64 * 1024);
            for (const QByteArray& line : text.split('\n')) {
                if (!line.isEmpty()) {
                    QVERIFY2(shape.match(QString::fromLatin1(line)).hasMatch(), line.constData());
                    QVERIFY(seen.insert(line).second);
                }
            }
        }
        QCOMPARE(seen.size(), std::size_t{kThreads} * kLines);
    }

    void logger() {
        auto logger = Logger::open(RotatingFile::Config{name().toStdString(), 0, 0ms, 1, true}, clock_);
        QVERIFY(logger.has_value());
        const LogSink say = (*logger)->sink();
        say(LogLevel::Debug, "hidden");
        say(LogLevel::Info, "shown a=1 {} %s");
        (*logger)->setLevel("error");
        say(LogLevel::Warning, "hidden");
        say(LogLevel::Error, "bad");
        (*logger)->setLevel("debug");
        say(LogLevel::Debug, "fine");
        (*logger)->setLevel("off");
        say(LogLevel::Error, "hidden");
        const QList<QByteArray> lines = plain(name()).split('\n');
        QCOMPARE(lines.size(), 4);
        const QRegularExpression shape(QStringLiteral(
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d level=(\\w+) (.*)$"));
        QCOMPARE(shape.match(QString::fromUtf8(lines[0])).captured(1), QStringLiteral("info"));
        QCOMPARE(shape.match(QString::fromUtf8(lines[0])).captured(2), QStringLiteral("shown a=1 {} %s"));
        QCOMPARE(shape.match(QString::fromUtf8(lines[1])).captured(1), QStringLiteral("error"));
        QCOMPARE(shape.match(QString::fromUtf8(lines[2])).captured(1), QStringLiteral("debug"));
        QCOMPARE((*logger)->lost(), 0U);
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "log_test.moc"
