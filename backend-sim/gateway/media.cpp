// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/media.h"

#include "backend-sim/gateway/http_date.h"
#include "backend-sim/gateway/params.h"
#include "core/contract/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace tikgok::sim {

namespace {

http::Response noSuchMedia() {
    return http::textResponse(404, contract::kNotFoundText);
}

// A relative path of plain names. Everything else that a URL can say is no key.
bool isMediaKey(std::string_view key) {
    constexpr std::size_t kMaxKey = 1024;
    if (key.empty() || key.size() > kMaxKey || key.find('\0') != std::string_view::npos ||
        key.find('\\') != std::string_view::npos) {
        return false;
    }
    for (std::size_t at = 0; at <= key.size();) {
        const std::size_t end = std::min(key.find('/', at), key.size());
        const std::string_view part = key.substr(at, end - at);
        if (part.empty() || part.front() == '.') {
            return false;
        }
        at = end + 1;
    }
    return true;
}

// Weak comparison, as If-None-Match asks for.
bool namesTag(std::string_view list, std::string_view tag) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        std::string_view item = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        item = item.substr(0, item.find_last_not_of(" \t") + 1);
        if (item.starts_with("W/")) {
            item.remove_prefix(2);
        }
        if (item == tag || item == "*") {
            return true;
        }
    }
    return false;
}

std::optional<std::uint64_t> rangeNumber(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    // A number that is too large means the same as the largest.
    return error == std::errc() ? value : UINT64_MAX;
}

bool notModified(const http::Request& request, std::string_view tag, std::int64_t modified) {
    if (!request.ifNoneMatch.empty()) {
        return namesTag(request.ifNoneMatch, tag);
    }
    const auto since = http::parseHttpDate(request.ifModifiedSince);
    return since && modified <= *since;
}

// Whether the part that the client has belongs to the file as it is now.
bool rangeStillValid(const http::Request& request, std::string_view tag, std::int64_t modified) {
    if (request.ifRange.empty()) {
        return true;
    }
    if (request.ifRange.front() == '"') {
        return request.ifRange == tag;
    }
    const auto since = http::parseHttpDate(request.ifRange);
    return since && *since == modified;
}

// 2026-01-01
constexpr std::int64_t kNoTime = 1'767'225'600;

// Of the begin and the end of a file (FNV-1a): more would take too long for every answer.
unsigned long long markOf(int descriptor, std::uint64_t size) {
    constexpr std::size_t kLook = 65'536;
    std::vector<unsigned char> bytes(kLook);
    unsigned long long mark = 0xcbf29ce484222325ULL;
    for (const std::uint64_t from : {std::uint64_t{0}, size > kLook ? size - kLook : 0}) {
        const ssize_t got = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(from));
        for (ssize_t i = 0; i < got; ++i) {
            mark = (mark ^ bytes[static_cast<std::size_t>(i)]) * 0x100000001b3ULL;
        }
    }
    return mark;
}

}  // namespace

RangeVerdict readRange(std::string_view header, std::uint64_t size, ByteRange& range) {
    constexpr std::string_view kUnit = "bytes=";
    if (!header.starts_with(kUnit) || header.find(',') != std::string_view::npos) {
        return RangeVerdict::Whole;
    }
    header.remove_prefix(kUnit.size());
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos) {
        return RangeVerdict::Whole;
    }
    const std::string_view firstText = header.substr(0, dash);
    const std::string_view lastText = header.substr(dash + 1);
    const auto first = rangeNumber(firstText);
    const auto last = rangeNumber(lastText);
    if (firstText.empty()) {
        if (!last) {
            return RangeVerdict::Whole;
        }
        if (*last == 0 || size == 0) {
            return RangeVerdict::Unsatisfiable;
        }
        range.length = std::min(*last, size);
        range.first = size - range.length;
        return RangeVerdict::Part;
    }
    if (!first || (!lastText.empty() && !last) || (last && *last < *first)) {
        return RangeVerdict::Whole;
    }
    if (*first >= size) {
        return RangeVerdict::Unsatisfiable;
    }
    range.first = *first;
    range.length = std::min(last.value_or(UINT64_MAX), size - 1) - *first + 1;
    return RangeVerdict::Part;
}

http::Response serveMedia(const MediaSource& source, const http::Request& request,
                          std::string_view encodedKey, FileFacts facts) {
    const auto key = percentDecode(encodedKey, false);
    if (!key || !isMediaKey(*key)) {
        return noSuchMedia();
    }
    const auto found = source.mediaFile(*key);
    if (!found) {
        return noSuchMedia();
    }
    const int descriptor = ::open(found->file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return noSuchMedia();
    }
    http::FileBody file(descriptor, 0, 0);
    struct stat info{};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        return noSuchMedia();
    }
    const auto size = static_cast<std::uint64_t>(info.st_size);
    const bool ofDisk = facts == FileFacts::OfDisk;
    const std::int64_t modified = ofDisk ? info.st_mtim.tv_sec : kNoTime;
    std::array<char, 64> tagText{};
    const int tagLength =
        std::snprintf(tagText.data(), tagText.size(), "\"%llx-%llx\"", static_cast<unsigned long long>(size),
                      ofDisk ? static_cast<unsigned long long>(modified) * 1'000'000'000ULL +
                                   static_cast<unsigned long long>(info.st_mtim.tv_nsec)
                             : markOf(descriptor, size));
    const std::string_view tag(tagText.data(), static_cast<std::size_t>(tagLength));

    http::Response response;
    response.contentType = found->contentType;
    response.extraHeaders =
        "Accept-Ranges: bytes\r\nX-Content-Type-Options: nosniff\r\n"
        "Cache-Control: public, max-age=3600\r\nETag: ";
    response.extraHeaders += tag;
    response.extraHeaders += "\r\nLast-Modified: " + http::httpDate(modified) + "\r\n";
    if (notModified(request, tag, modified)) {
        response.status = 304;
        response.contentType = {};
        return response;
    }
    ByteRange range{0, size};
    const bool ranged =
        !request.range.empty() && request.verb == http::Verb::Get && rangeStillValid(request, tag, modified);
    switch (ranged ? readRange(request.range, size, range) : RangeVerdict::Whole) {
        case RangeVerdict::Whole:
            break;
        case RangeVerdict::Part:
            response.status = 206;
            response.extraHeaders += "Content-Range: bytes " + std::to_string(range.first) + "-" +
                                     std::to_string(range.first + range.length - 1) + "/" +
                                     std::to_string(size) + "\r\n";
            break;
        case RangeVerdict::Unsatisfiable:
            response.status = 416;
            response.contentType = http::kTextType;
            response.extraHeaders += "Content-Range: bytes */" + std::to_string(size) + "\r\n";
            return response;
    }
    file.select(range.first, range.length);
    response.file = std::move(file);
    return response;
}

}  // namespace tikgok::sim
