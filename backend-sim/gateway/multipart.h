// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// multipart/form-data, read as it arrives: pieces may be cut anywhere, nothing but names and headers is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// The boundary of a multipart/form-data content type, or nothing.
std::optional<std::string> multipartBoundary(std::string_view contentType);
// Whether a Content-Type header names this media type, with whatever parameters.
bool isMediaType(std::string_view contentType, std::string_view type);

struct PartHead {
    std::string name;
    // Set for a file, as the client called it. Never a path of ours.
    std::optional<std::string> fileName;
};

// Told what the parser finds. False stops the parsing for good.
class MultipartReceiver {
public:
    virtual bool partBegins(PartHead head) = 0;
    virtual bool partData(std::string_view piece) = 0;
    virtual bool partEnds() = 0;

protected:
    ~MultipartReceiver() = default;
};

class MultipartParser {
public:
    MultipartParser(std::string_view boundary, MultipartReceiver& receiver);

    // False when the text is not multipart, a limit is crossed, or the receiver said stop.
    bool feed(std::string_view piece);
    // Whether the closing boundary has been seen.
    [[nodiscard]] bool complete() const { return state_ == State::Epilogue; }

    static constexpr std::size_t kMaxParts = 32;
    static constexpr std::size_t kMaxHeadBytes = std::size_t{8} * 1024;

private:
    enum class State : std::uint8_t { Preamble, Data, AfterDelimiter, Head, Epilogue, Failed };

    bool fail();
    bool deliver(std::string_view data);
    std::optional<std::size_t> scanData(std::string_view piece);
    bool afterDelimiter(char c);
    bool headByte(char c);

    MultipartReceiver& receiver_;
    // CR LF - - boundary
    std::string delimiter_;
    State state_ = State::Preamble;
    // How much of the delimiter the bytes so far end with.
    std::size_t matched_ = 2;
    // How many bytes at the start of that were not data: the line break in front of a part.
    std::size_t implied_ = 2;
    // What stands between a delimiter and the end of its line, or the head of a part.
    std::string line_;
    std::size_t parts_ = 0;
};

}  // namespace tikgok::sim
