// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of uploads share: answers, and a request around a body.
#pragma once

#include <string>

namespace tikgok::sim::gatewaytest {

inline constexpr const char* kTarget = "/douyin/publish/action/";
inline constexpr const char* kType = "multipart/form-data; boundary=bnd";
inline constexpr const char* kSuccess = R"({"status_code":0,"status_msg":"success"})";
inline constexpr const char* kParams = R"({"status_code":1,"status_msg":"params err"})";
inline constexpr const char* kService = R"({"status_code":2,"status_msg":"service err"})";

inline std::string request(const std::string& target, const std::string& type, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace tikgok::sim::gatewaytest
