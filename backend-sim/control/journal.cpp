// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal.h"

#include "backend-sim/control/redact.h"
#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialect.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::size_t kLongestLine = 2048;
constexpr std::size_t kLongestHeaders = 4096;
constexpr std::size_t kLongestNotes = std::size_t{16} * 1024;

// Collects the texts of one entry, one behind the other in one string.
class EntryTexts {
public:
    EntryTexts(std::string_view token, std::string_view password) : token_(token), password_(password) {
        constexpr std::size_t kUsual = 4096;
        text_.reserve(kUsual);
    }

    // `append` appends to the string.
    template <class Append>
    void add(JournalText which, std::size_t longest, Append append) {
        const std::size_t begin = text_.size();
        append(text_);
        removeSecret(text_, begin, token_);
        removeSecret(text_, begin, password_);
        text_.resize(std::min(text_.size(), begin + longest));
        marks_[which] = {begin, text_.size() - begin};
    }
    [[nodiscard]] JournalTexts<std::string_view> texts() const {
        JournalTexts<std::string_view> views;
        for (std::size_t i = 0; i < kJournalTexts; ++i) {
            views.at(i) = std::string_view(text_).substr(marks_.at(i).first, marks_.at(i).second);
        }
        return views;
    }

private:
    std::string_view token_;
    std::string_view password_;
    std::string text_;
    JournalTexts<std::pair<std::size_t, std::size_t>> marks_{};
};

void appendRequestHeaders(std::string& out, const http::Request& request) {
    const auto known = [&out](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            appendRedactedHeader(out, name, value);
        }
    };
    known("Host", request.host);
    known("Accept-Encoding", request.acceptEncoding);
    known("Range", request.range);
    known("If-Range", request.ifRange);
    known("If-None-Match", request.ifNoneMatch);
    known("If-Modified-Since", request.ifModifiedSince);
    known("traceparent", request.traceParent);
    known("X-TikGok-Pairing", request.pairing);
    for (const auto& [name, value] : request.otherHeaders) {
        appendRedactedHeader(out, name, value);
    }
}

void appendAnswerHeaders(std::string& out, std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find("\r\n"), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const std::size_t colon = std::min(line.find(": "), line.size());
        appendRedactedHeader(out, line.substr(0, colon), line.substr(std::min(colon + 2, line.size())));
    }
}

void appendAnswerBody(std::string& out, const http::Response& response, std::size_t most) {
    if (response.file || response.body.empty()) {
        return;
    }
    if (response.contentType.starts_with("application/json") ||
        response.contentType.starts_with("text/plain")) {
        appendRedactedJson(out, std::string_view(response.body).substr(0, most));
    } else {
        // A page that leads elsewhere repeats the query.
        out += '(';
        out += response.contentType;
        out += ')';
    }
}

}  // namespace

void Journal::configure(const JournalSettings& settings) {
    const std::lock_guard lock(mutex_);
    settings_ = settings;
    requestBody_.store(settings.requestBody, std::memory_order_relaxed);
    answerBody_.store(settings.answerBody, std::memory_order_relaxed);
    // Switched off, it still shows what it has.
    if (settings.on && ring_.bounds() != settings.bounds) {
        ring_.open(settings.bounds);
    }
    on_.store(settings.on, std::memory_order_relaxed);
}

JournalSettings Journal::settings() const {
    const std::lock_guard lock(mutex_);
    return settings_;
}

std::uint64_t Journal::record(const http::Exchange& exchange, const Call& call,
                              const http::Response& response) {
    const http::Request& request = exchange.request;
    const std::size_t mostRequest = requestBody_.load(std::memory_order_relaxed);
    const std::size_t mostAnswer = answerBody_.load(std::memory_order_relaxed);
    const auto password = call.params.text("password");
    EntryTexts texts(call.params.token(), password ? password->value_or("") : std::string_view());
    texts.add(JournalText::Path, kLongestLine,
              [&](std::string& out) { appendRedactedPath(out, request.path.substr(0, kLongestLine)); });
    texts.add(JournalText::Query, kLongestLine,
              [&](std::string& out) { appendRedactedPairs(out, request.query); });
    texts.add(JournalText::RequestHeaders, kLongestHeaders,
              [&](std::string& out) { appendRequestHeaders(out, request); });
    texts.add(JournalText::RequestType, 128, [&](std::string& out) { out += request.contentType; });
    texts.add(JournalText::RequestBody, mostRequest,
              [&](std::string& out) { appendRedactedBody(out, request.contentType, request.body); });
    texts.add(JournalText::AnswerHeaders, kLongestHeaders,
              [&](std::string& out) { appendAnswerHeaders(out, response.extraHeaders); });
    texts.add(JournalText::AnswerType, 128, [&](std::string& out) { out += response.contentType; });
    texts.add(JournalText::AnswerBody, mostAnswer,
              [&](std::string& out) { appendAnswerBody(out, response, mostAnswer); });
    if (call.strike) {
        texts.add(JournalText::Rules, kLongestNotes, [&](std::string& out) { out += call.strike->rules(); });
        texts.add(JournalText::Kinds, kLongestNotes, [&](std::string& out) { out += call.strike->kinds(); });
        if (call.strike->explanation().size() <= kLongestNotes) {
            texts.add(JournalText::Explanation, kLongestNotes,
                      [&](std::string& out) { out += call.strike->explanation(); });
        }
    }
    JournalFacts facts;
    facts.timeMs = clock_.nowMs();
    facts.spentUs =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - call.started)
            .count();
    facts.account = call.context.caller;
    facts.bytesIn = request.bodyBytes;
    facts.bytesOut = call.answerBytes;
    if (depths_) {
        const Depths depths = depths_();
        facts.writesWaiting = depths.writes;
        facts.connections = depths.connections;
    }
    facts.trace = call.context.trace;
    facts.status = call.unanswered ? 0 : response.status;
    facts.cut = call.cut;
    facts.code = call.code;
    facts.verb = request.verb;
    facts.dialect = call.dialect->name;
    facts.requestClipped = request.body.size() > mostRequest;
    facts.answerClipped = !response.file && response.body.size() > mostAnswer;
    return ring_.append(facts, texts.texts());
}

}  // namespace tikgok::sim
