// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/uploads/upload.h"

#include <charconv>

namespace tikgok::sim {

namespace {

constexpr std::string_view kUploadFormat = "upload 1";
// Bits of the last number.
constexpr int kMustBeVideo = 1;
constexpr int kOwnCover = 2;

// Takes the next line off.
std::optional<std::string_view> lineOf(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::int64_t> numberOf(std::string_view& text) {
    const auto line = lineOf(text);
    std::int64_t value = 0;
    if (!line || line->empty()) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(line->data(), line->data() + line->size(), value);
    return error == std::errc() && end == line->data() + line->size() ? std::optional(value) : std::nullopt;
}

}  // namespace

// Lines; the title comes last and may be anything.
std::string encodeUpload(const Upload& upload) {
    std::string body(kUploadFormat);
    for (const std::int64_t number :
         {upload.id, upload.author, upload.visibleFrom,
          std::int64_t{(upload.mustBeVideo ? kMustBeVideo : 0) | (upload.ownCover ? kOwnCover : 0)}}) {
        body += '\n';
        body += std::to_string(number);
    }
    for (const std::string* text : {&upload.playKey, &upload.coverKey, &upload.title}) {
        body += '\n';
        body += *text;
    }
    return body;
}

std::optional<Upload> decodeUpload(std::string_view body) {
    if (lineOf(body) != kUploadFormat) {
        return std::nullopt;
    }
    const auto id = numberOf(body);
    const auto author = numberOf(body);
    const auto visibleFrom = numberOf(body);
    const auto flags = numberOf(body);
    const auto play = lineOf(body);
    const auto cover = lineOf(body);
    if (!id || *id <= 0 || !author || !visibleFrom || !flags || *flags < 0 ||
        *flags > (kMustBeVideo | kOwnCover) || !play || play->empty() || !cover || cover->empty()) {
        return std::nullopt;
    }
    return Upload{*id,
                  *author,
                  std::string(body),
                  std::string(*play),
                  std::string(*cover),
                  *visibleFrom,
                  (*flags & kMustBeVideo) != 0,
                  (*flags & kOwnCover) != 0};
}

}  // namespace tikgok::sim
