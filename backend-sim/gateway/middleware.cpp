// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/middleware.h"

#include "backend-sim/gateway/dialects/later.h"
#include "core/contract/codec.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <zlib.h>

namespace tikgok::sim {

namespace {

// zlib's state is large and slow to make; it is used again and again.
class Deflater {
public:
    Deflater() {
        constexpr int kGzipWindow = 15 + 16;
        constexpr int kMemoryLevel = 8;
        ready_ = deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                              Z_DEFAULT_STRATEGY) == Z_OK;
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    // False when it did not work; the text then goes out as it is.
    bool pack(std::string_view text, std::string& out) {
        if (!ready_ || deflateReset(&stream_) != Z_OK) {
            return false;
        }
        out.resize(deflateBound(&stream_, text.size()));
        // zlib does not write through next_in, whatever its type says.
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) {
            return false;
        }
        out.resize(out.size() - stream_.avail_out);
        return true;
    }

private:
    z_stream stream_{};
    bool ready_ = false;
};

// Whether an answer is compressed for those who take that.
bool isPacked(const Call& call, const http::Response& response) {
    using Compression = TransportRules::Compression;
    constexpr std::size_t kLarge = 1024;
    constexpr std::size_t kMaxSize = std::size_t{256} * 1024 * 1024;
    // Files are .jpg, .mp4 and .png, which do not get smaller. Refusals in front of the chain are texts,
    // and stay as they are.
    const bool text = call.route.kind == Route::Kind::Metrics ||
                      (call.route.kind == Route::Kind::Endpoint && response.contentType == http::kJsonType);
    if (!text || response.file || response.body.size() > kMaxSize) {
        return false;
    }
    const Compression rule =
        call.route.kind == Route::Kind::Endpoint ? call.dialect->transport.compression : Compression::Large;
    return rule == Compression::Always || (rule == Compression::Large && response.body.size() > kLarge);
}

class Gzip final : public Middleware {
public:
    void onResponse(const http::Exchange& exchange, const Call& call, http::Response& response) override {
        if (!isPacked(call, response)) {
            return;
        }
        response.extraHeaders += "Vary: Accept-Encoding\r\n";
        if (!acceptsGzip(exchange.request.acceptEncoding)) {
            return;
        }
        std::unique_ptr<Deflater> deflater = take();
        std::string packed;
        if (deflater->pack(response.body, packed)) {
            response.body = std::move(packed);
            response.extraHeaders += "Content-Encoding: gzip\r\n";
        }
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(deflater));
    }

private:
    std::unique_ptr<Deflater> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto deflater = std::move(idle_.back());
                idle_.pop_back();
                return deflater;
            }
        }
        return std::make_unique<Deflater>();
    }

    std::mutex mutex_;
    // As many as were ever used at once: one per thread.
    std::vector<std::unique_ptr<Deflater>> idle_;
};

class Recovery final : public Middleware {
public:
    void onRequest(http::Exchange& exchange, Call& call, const Next& next) override {
        try {
            next(exchange, call);
        } catch (...) {
            exchange.answer(call.route.endpoint != nullptr
                                ? failureResponse(call, contract::kServiceErr)
                                : http::jsonResponse(contract::writeFailure(contract::kServiceErr)));
        }
    }
};

class Auth final : public Middleware {
public:
    void onRequest(http::Exchange& exchange, Call& call, const Next& next) override {
        if (call.route.kind != Route::Kind::Endpoint) {
            next(exchange, call);
            return;
        }
        const contract::Endpoint endpoint = call.route.endpoint->endpoint;
        const Dialect& dialect = *call.dialect;
        const std::string_view token = call.params.token();
        const contract::TokenNeed need = dialect.doorman.need(endpoint);
        if (need == contract::TokenNeed::None || (need == contract::TokenNeed::Optional && token.empty())) {
            next(exchange, call);
            return;
        }
        const auto caller = dialect.doorman.caller(token);
        if (!caller) {
            exchange.answer(http::jsonResponse(dialect.answers.tokenFailure(endpoint, caller.error())));
            return;
        }
        call.context.caller = *caller;
        next(exchange, call);
    }
};

}  // namespace

std::unique_ptr<Middleware> makeGzip() {
    return std::make_unique<Gzip>();
}

std::uint64_t bytesToSend(const http::Exchange& exchange, const Call& call, const http::Response& response) {
    if (exchange.request.verb == http::Verb::Head || response.status == 304) {
        return 0;
    }
    std::string packed;
    if (isPacked(call, response) && acceptsGzip(exchange.request.acceptEncoding) &&
        Deflater().pack(response.body, packed)) {
        return packed.size();
    }
    return response.file ? response.file->length() : response.body.size();
}

std::unique_ptr<Middleware> makeRecovery() {
    return std::make_unique<Recovery>();
}

std::unique_ptr<Middleware> makeAuth() {
    return std::make_unique<Auth>();
}

bool acceptsGzip(std::string_view header) {
    // What is said of all the others counts only when gzip is not named, wherever it stands.
    bool others = false;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view item = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        std::string name;
        for (const char c : item.substr(0, semicolon)) {
            if (c != ' ' && c != '\t') {
                name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            }
        }
        if (name != "gzip" && name != "x-gzip" && name != "*") {
            continue;
        }
        const std::string_view weight = item.substr(semicolon);
        const std::size_t quality = weight.find("q=");
        // Refused only by a weight of zero, however it is spelled.
        const bool wanted = quality == std::string_view::npos ||
                            weight.find_first_of("123456789", quality) != std::string_view::npos;
        if (name != "*") {
            return wanted;
        }
        others = wanted;
    }
    return others;
}

}  // namespace tikgok::sim
