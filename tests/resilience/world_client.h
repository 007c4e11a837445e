// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls that the kill test makes, with one question answered for each: was it answered?
#pragma once

#include "tests/conformance/http.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tikgok::resilience {

struct Account {
    std::int64_t id = 0;
    std::string name = {};
    std::string token = {};
};

struct Video {
    std::int64_t id = 0;
    std::string title = {};
    std::string playUrl = {};
    std::int64_t likes = 0;
    std::int64_t comments = 0;
};

struct Text {
    std::int64_t id = 0;
    std::string content = {};
};

struct Profile {
    std::string name;
    std::int64_t follows = 0;
    std::int64_t followers = 0;
    std::int64_t works = 0;
    std::int64_t favorites = 0;
};

// How a write ended.
enum class Fate : std::uint8_t {
    Done,
    // The server said no, which no write of this test deserves.
    Refused,
    // No answer came: it may have happened or not.
    Unknown,
};

// For one thread. Reads give nothing when there was no good answer.
class WorldClient {
public:
    explicit WorldClient(const std::string& url) : http_(url) {}

    // The last answer that was not a success, for messages.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

    Fate signUp(const std::string& name, Account& account);
    Fate like(const Account& who, std::int64_t video, bool on);
    Fate follow(const Account& who, std::int64_t whom, bool on);
    Fate comment(const Account& who, std::int64_t video, const std::string& words, std::int64_t& id);
    Fate removeComment(const Account& who, std::int64_t video, std::int64_t id);
    Fate say(const Account& from, std::int64_t to, const std::string& words);
    Fate publish(const Account& who, const std::string& title, const std::string& clip);

    std::optional<Profile> profile(const Account& caller, std::int64_t id);
    std::optional<std::vector<Video>> works(const Account& caller, std::int64_t of);
    std::optional<std::vector<std::int64_t>> favorites(const Account& of);
    std::optional<std::vector<std::int64_t>> followed(const Account& by);
    std::optional<std::vector<std::int64_t>> followers(const Account& caller, std::int64_t of);
    std::optional<std::vector<Text>> comments(std::int64_t video);
    std::optional<std::vector<Text>> chat(const Account& who, std::int64_t with);
    // The whole file.
    std::optional<std::string> media(const std::string& url);

private:
    struct Reply;
    Reply send(conformance::Request request, const std::string& token);
    Fate write(const std::string& path, conformance::Pairs query, const Account& who);

    conformance::HttpClient http_;
    std::string trouble_;
};

}  // namespace tikgok::resilience
