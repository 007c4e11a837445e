// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/multipart.h"

#include "backend-sim/gateway/params.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tikgok::sim {

namespace {

bool sameWord(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Takes `; name=value` pairs off a header's value. The value may be quoted.
struct HeaderParameters {
    std::string_view rest;

    bool next(std::string& name, std::string& value) {
        const std::size_t semicolon = rest.find(';');
        if (semicolon == std::string_view::npos) {
            return false;
        }
        rest.remove_prefix(semicolon + 1);
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) {
            return false;
        }
        name = trimmed(rest.substr(0, equals));
        rest = trimmed(rest.substr(equals + 1));
        value.clear();
        if (!rest.starts_with('"')) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            value = trimmed(rest.substr(0, end));
            rest.remove_prefix(end);
            return true;
        }
        std::size_t at = 1;
        for (; at < rest.size() && rest[at] != '"'; ++at) {
            // Browsers send a backslash of a Windows path as it is; only a quote and itself are escaped.
            if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\')) {
                ++at;
            }
            value += rest[at];
        }
        if (at >= rest.size()) {
            return false;  // no closing quote
        }
        rest.remove_prefix(at + 1);
        return true;
    }
};

// RFC 5987: UTF-8''%E5%90%8D.mp4
std::optional<std::string> extendedValue(std::string_view text) {
    const std::size_t first = text.find('\'');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\'', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    return percentDecode(text.substr(second + 1), false);
}

std::optional<PartHead> readPartHead(std::string_view text) {
    PartHead head;
    bool found = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos ||
            !sameWord(trimmed(line.substr(0, colon)), "content-disposition")) {
            continue;
        }
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (!sameWord(trimmed(value.substr(0, value.find(';'))), "form-data")) {
            return std::nullopt;
        }
        HeaderParameters parameters{value};
        std::string key;
        std::string content;
        bool extended = false;
        while (parameters.next(key, content)) {
            if (sameWord(key, "name")) {
                head.name = content;
                found = true;
            } else if (sameWord(key, "filename") && !extended) {
                head.fileName = content;
            } else if (sameWord(key, "filename*")) {
                if (auto decoded = extendedValue(content)) {
                    head.fileName = std::move(decoded);
                    extended = true;
                }
            }
        }
    }
    if (!found) {
        return std::nullopt;
    }
    return head;
}

}  // namespace

bool isMediaType(std::string_view contentType, std::string_view type) {
    return sameWord(trimmed(contentType.substr(0, contentType.find(';'))), type);
}

std::optional<std::string> multipartBoundary(std::string_view contentType) {
    if (!isMediaType(contentType, "multipart/form-data")) {
        return std::nullopt;
    }
    HeaderParameters parameters{contentType};
    std::string name;
    std::string value;
    while (parameters.next(name, value)) {
        if (sameWord(name, "boundary")) {
            constexpr std::size_t kMaxBoundary = 70;  // RFC 2046
            const bool plain = std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
            if (value.empty() || value.size() > kMaxBoundary || !plain) {
                return std::nullopt;
            }
            return value;
        }
    }
    return std::nullopt;
}

MultipartParser::MultipartParser(std::string_view boundary, MultipartReceiver& receiver)
    : receiver_(receiver), delimiter_("\r\n--" + std::string(boundary)) {}

bool MultipartParser::fail() {
    state_ = State::Failed;
    return false;
}

bool MultipartParser::deliver(std::string_view data) {
    return state_ == State::Preamble || data.empty() || receiver_.partData(data) || fail();
}

bool MultipartParser::feed(std::string_view piece) {
    while (!piece.empty()) {
        switch (state_) {
            case State::Preamble:
            case State::Data: {
                const auto used = scanData(piece);
                if (!used) {
                    return false;
                }
                piece.remove_prefix(*used);
                break;
            }
            case State::AfterDelimiter:
                if (!afterDelimiter(piece.front())) {
                    return false;
                }
                piece.remove_prefix(1);
                break;
            case State::Head:
                if (!headByte(piece.front())) {
                    return false;
                }
                piece.remove_prefix(1);
                break;
            case State::Epilogue:
                return true;
            case State::Failed:
                return false;
        }
    }
    return state_ != State::Failed;
}

// Delivers data up to the next delimiter; gives how many bytes were used, nothing when the receiver said
// stop. CR stands only at the start of a delimiter, so after a mismatch the only place where it can start
// again is the byte that did not match.
std::optional<std::size_t> MultipartParser::scanData(std::string_view piece) {
    std::size_t at = 0;
    while (matched_ > 0 && at < piece.size()) {
        if (piece[at] == delimiter_[matched_]) {
            ++at;
            if (++matched_ == delimiter_.size()) {
                matched_ = implied_ = 0;
                if (state_ == State::Data && !receiver_.partEnds()) {
                    fail();
                    return std::nullopt;
                }
                state_ = State::AfterDelimiter;
                line_.clear();
                return at;
            }
            continue;
        }
        // The held back start of a delimiter was data after all.
        const std::size_t held = std::exchange(matched_, 0);
        const std::size_t implied = std::exchange(implied_, 0);
        if (!deliver(std::string_view(delimiter_).substr(implied, held - implied))) {
            return std::nullopt;
        }
    }
    if (at == piece.size()) {
        return at;
    }
    const std::string_view rest = piece.substr(at);
    std::size_t from = 0;
    for (;;) {
        const std::size_t start = rest.find('\r', from);
        if (start == std::string_view::npos) {
            if (!deliver(rest)) {
                return std::nullopt;
            }
            return piece.size();
        }
        const std::size_t length = std::min(delimiter_.size(), rest.size() - start);
        if (std::memcmp(rest.data() + start, delimiter_.data(), length) == 0) {
            // Whole, or cut by the end of this piece: the loop above decides about it.
            if (!deliver(rest.substr(0, start))) {
                return std::nullopt;
            }
            matched_ = 1;
            return at + start + 1;
        }
        from = start + 1;
    }
}

// "--" ends everything; otherwise blanks and the end of the line.
bool MultipartParser::afterDelimiter(char c) {
    line_ += c;
    if (line_ == "--") {
        state_ = State::Epilogue;
        return true;
    }
    if (line_.ends_with("\r\n")) {
        if (!trimmed(std::string_view(line_).substr(0, line_.size() - 2)).empty() || ++parts_ > kMaxParts) {
            return fail();
        }
        line_.clear();
        state_ = State::Head;
        return true;
    }
    constexpr std::size_t kMaxPadding = 64;
    return line_.size() <= kMaxPadding || fail();
}

bool MultipartParser::headByte(char c) {
    line_ += c;
    if (line_ != "\r\n" && !line_.ends_with("\r\n\r\n")) {
        return line_.size() <= kMaxHeadBytes || fail();
    }
    auto head = readPartHead(line_);
    line_.clear();
    if (!head || !receiver_.partBegins(std::move(*head))) {
        return fail();
    }
    state_ = State::Data;
    // The empty line may be the start of the next delimiter already: a part without any data.
    matched_ = implied_ = 2;
    return true;
}

}  // namespace tikgok::sim
