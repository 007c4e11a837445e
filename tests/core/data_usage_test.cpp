// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/data_usage.h"

#include "core/api/network_transport.h"
#include "core/settings/data_policy.h"
#include "core/settings/settings.h"
#include "tests/core/support/raw_server.h"
#include "tests/core/support/wait.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

namespace tikgok {

using test::RawServer;
using test::waitUntil;

class DataUsageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> dir_;
    QString month_ = QStringLiteral("2026-11");
    DataUsage::Month month() {
        return [this] { return month_; };
    }
    QString path() const { return dir_->filePath(QStringLiteral("settings.json")); }

private Q_SLOTS:
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        month_ = QStringLiteral("2026-11");
    }

    void countsFromManyThreads() {
        Settings settings(path());
        DataUsage usage(settings, month());
        QSignalSpy changed(&usage, &DataUsage::changed);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&usage] {
                    for (int i = 0; i < 10'000; ++i) {
                        usage.add(Traffic::Videos, 3);
                    }
                });
            }
        }
        usage.add(Traffic::Calls, 10);
        usage.add(Traffic::Pictures, 5);
        usage.add(Traffic::Pictures, 0);
        usage.add(Traffic::Pictures, -7);
        QVERIFY(waitUntil([&] { return usage.sinceStart() == 240'015; }));
        QCOMPARE(usage.month(), 240'015.0);
        QCOMPARE(usage.videos(), 240'000.0);
        QCOMPARE(usage.pictures(), 5.0);
        QCOMPARE(usage.calls(), 10.0);
        QVERIFY2(changed.count() < 20, "one signal per portion is too many");
    }

    void theMonthOutlivesTheRun() {
        {
            Settings settings(path());
            DataUsage usage(settings, month());
            usage.add(Traffic::Calls, 700);
        }
        Settings settings(path());
        {
            DataUsage usage(settings, month());
            QCOMPARE(usage.month(), 700.0);
            QCOMPARE(usage.sinceStart(), 0.0);
            usage.add(Traffic::Calls, 1);
        }
        month_ = QStringLiteral("2026-12");
        DataUsage usage(settings, month());
        QCOMPARE(usage.month(), 0.0);
        usage.add(Traffic::Videos, 4);
        QVERIFY(waitUntil([&] { return usage.month() == 4; }));
        // At midnight, while it runs.
        month_ = QStringLiteral("2027-01");
        usage.add(Traffic::Videos, 6);
        QVERIFY(waitUntil([&] { return usage.month() == 6; }));
        QCOMPARE(usage.sinceStart(), 10.0);
        // What has come but was not shown yet goes from the month, too, and stays in what is true since the
        // start.
        usage.add(Traffic::Videos, 5);
        usage.reset();
        QCOMPARE(usage.month(), 0.0);
        QCOMPARE(usage.sinceStart(), 15.0);
        QCOMPARE(settings.usage().month, month_);
    }

    void transportCountsBothWays() {
        RawServer server;
        server.thenJson(QByteArray(5000, 'x'));
        qint64 moved = 0;
        NetworkTransport line(server.url(), {.moved = [&](qint64 bytes) { moved += bytes; }});
        HttpRequest ask;
        ask.path = QStringLiteral("/a/");
        QVERIFY(test::waitFor(line.send(ask, {})));
        QCOMPARE(moved, 5000);
        // An upload: what went out counts, too.
        QFile file(dir_->filePath(QStringLiteral("clip.mp4")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(100'000, 'v'));
        file.close();
        HttpRequest upload;
        upload.method = contract::Method::Post;
        upload.path = QStringLiteral("/b/");
        upload.body = MultipartBody{.fields = {},
                                    .fileField = QStringLiteral("data"),
                                    .filePath = file.fileName(),
                                    .fileName = QStringLiteral("clip.mp4")};
        moved = 0;
        QVERIFY(test::waitFor(line.send(upload, {})));
        QVERIFY2(moved >= 100'000 && moved < 107'000, qPrintable(QString::number(moved)));
    }

    void policy_data() {
        QTest::addColumn<bool>("saver");
        QTest::addColumn<int>("ahead");
        QTest::addColumn<int>("videos");
        QTest::addColumn<bool>("pictures");
        using V = DataPolicy::Videos;
        const auto row = [](const char* name, bool saver, Settings::Ahead ahead, V videos, bool pictures) {
            QTest::newRow(name) << saver << static_cast<int>(ahead) << static_cast<int>(videos) << pictures;
        };
        row("next", false, Settings::Ahead::Next, V::Next, true);
        row("nothing", false, Settings::Ahead::Nothing, V::OnlyPresent, true);
        row("neighbours", false, Settings::Ahead::Neighbours, V::Neighbours, true);
        row("saver, next", true, Settings::Ahead::Next, V::OnlyPresent, false);
        row("saver, nothing", true, Settings::Ahead::Nothing, V::OnlyPresent, false);
        row("saver, neighbours", true, Settings::Ahead::Neighbours, V::OnlyPresent, false);
    }
    void policy() {
        QFETCH(bool, saver);
        QFETCH(int, ahead);
        QFETCH(int, videos);
        QFETCH(bool, pictures);
        Settings settings(path());
        settings.setDataSaver(saver);
        settings.setPrefetch(static_cast<Settings::Ahead>(ahead));
        QCOMPARE(static_cast<int>(settings.dataPolicy().videos), videos);
        QCOMPARE(settings.picturesAhead(), pictures);
        settings.flush();
        const Settings again(path());
        QVERIFY(again.dataPolicy() == settings.dataPolicy());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::DataUsageTest)
#include "data_usage_test.moc"
