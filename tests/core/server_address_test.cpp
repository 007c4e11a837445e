// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_address.h"

#include <QTest>

namespace tikgok {

class ServerAddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understands_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        const auto row = [](const char* typed, const char* url) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(url);
        };
        row("http://192.168.1.20:8080", "http://192.168.1.20:8080");
        row("http://192.168.1.20:8080/", "http://192.168.1.20:8080");
        row("  https://videos.example.org///  ", "https://videos.example.org");
        row("HTTPS://Videos.Example.ORG", "https://videos.example.org");
        row("https://videos.example.org:443/", "https://videos.example.org");
        row("http://videos.example.org:80", "http://videos.example.org");
        row("https://example.org/prefix/", "https://example.org/prefix");
        row("https://example.org/prefix/douyin/feed/?latest_time=3", "https://example.org/prefix");
        row("https://example.org/douyin/", "https://example.org");
        row("https://example.org/douyinish", "https://example.org/douyinish");
        row("http://example.org/?a=b#c", "http://example.org");
        // Without a scheme.
        row("videos.example.org", "https://videos.example.org");
        row("videos.example.org:443", "https://videos.example.org");
        row("videos.example.org:8080", "http://videos.example.org:8080");
        row("192.168.1.20", "http://192.168.1.20");
        row("localhost:8080", "http://localhost:8080");
        row("localhost", "http://localhost");
        row("nas", "http://nas");
        row("nas.local", "http://nas.local");
        row("[::1]:8080", "http://[::1]:8080");
        row("http://[2001:db8::1]/", "http://[2001:db8::1]");
        row("http://example.org:/", "http://example.org");
    }
    void understands() {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        const auto parsed = parseServerAddress(typed);
        QVERIFY(parsed);
        QCOMPARE(parsed->toString(), url);
        // What it makes is what it takes.
        const auto again = parseServerAddress(parsed->toString());
        QVERIFY(again);
        QCOMPARE(again->toString(), url);
    }

    void refuses_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("problem");
        const auto row = [](const char* typed, AddressProblem problem) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << static_cast<int>(problem);
        };
        row("", AddressProblem::Empty);
        row("   ", AddressProblem::Empty);
        row("ftp://example.org", AddressProblem::Scheme);
        row("file:///etc/passwd", AddressProblem::Scheme);
        row("javascript://example.org", AddressProblem::Scheme);
        row("://example.org", AddressProblem::Scheme);
        row("http://", AddressProblem::Host);
        row("http:///douyin/", AddressProblem::Host);
        row("http://:8080", AddressProblem::Host);
        row("http://exa mple.org", AddressProblem::Host);
        row("http://[::1", AddressProblem::Host);
        row("http://example.org:0", AddressProblem::Port);
        row("http://example.org:65536", AddressProblem::Port);
        row("http://example.org:999999999999", AddressProblem::Port);
        row("http://example.org:-1", AddressProblem::Port);
        row("http://example.org:80a", AddressProblem::Port);
        row("localhost:http", AddressProblem::Port);
        row("http://mei:secret@example.org", AddressProblem::UserInfo);
        row("mei@example.org", AddressProblem::UserInfo);
        row("https://@example.org", AddressProblem::UserInfo);
    }
    void refuses() {
        QFETCH(QString, typed);
        QFETCH(int, problem);
        const auto parsed = parseServerAddress(typed);
        QVERIFY2(!parsed, parsed ? qPrintable(parsed->toString()) : "");
        QCOMPARE(static_cast<int>(parsed.error()), problem);
    }
};

}  // namespace tikgok

QTEST_APPLESS_MAIN(tikgok::ServerAddressTest)
#include "server_address_test.moc"
