// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of HTTP share: the smallest exchange, and bytes in tables of data.
#pragma once

#include <QByteArray>

#include <string>

namespace tikgok::sim::gatewaytest {

inline constexpr const char* kPing = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
inline constexpr const char* kPong = R"({"message":"pong"})";

inline QByteArray bytes(const std::string& text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string text(const QByteArray& value) {
    return value.toStdString();
}

}  // namespace tikgok::sim::gatewaytest
