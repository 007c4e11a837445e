// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/http.h"

#include <algorithm>
#include <cctype>
#include <curl/curl.h>
#include <utility>

namespace tikgok::conformance {

namespace {

constexpr long kConnectTimeoutMs = 5'000;
constexpr long kTotalTimeoutMs = 30'000;

struct CurlInit {
    CurlInit() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~CurlInit() { curl_global_cleanup(); }
    CurlInit(const CurlInit&) = delete;
    CurlInit& operator=(const CurlInit&) = delete;
};

void initialiseCurl() {
    // libcurl itself is a process-wide thing; its documentation asks for exactly this.
    static const CurlInit once;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return text;
}

std::size_t takeBody(const char* data, std::size_t size, std::size_t count, void* to) {
    static_cast<std::string*>(to)->append(data, size * count);
    return size * count;
}

std::size_t takeHeader(const char* data, std::size_t size, std::size_t count, void* to) {
    const std::string_view line(data, size * count);
    auto& headers = *static_cast<Pairs*>(to);
    if (line.starts_with("HTTP/")) {
        headers.clear();  // a 100 Continue came first
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        headers.push_back({lowered(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
    }
    return size * count;
}

bool isSecret(std::string_view name) {
    return name == "token" || name == "password";
}

std::string shortened(std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : text.substr(0, most)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            constexpr std::string_view kHex = "0123456789abcdef";
            out += "\\x";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
    if (text.size() > most) {
        out += "... (" + std::to_string(text.size()) + " bytes)";
    }
    return out;
}

}  // namespace

std::string Answer::header(std::string_view lowerCaseName) const {
    for (const Pair& pair : headers) {
        if (pair.name == lowerCaseName) {
            return pair.value;
        }
    }
    return {};
}

std::string Answer::mediaType() const {
    const std::string whole = header("content-type");
    return lowered(trimmed(std::string_view(whole).substr(0, whole.find(';'))));
}

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~')) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

std::string encodePairs(const Pairs& pairs) {
    std::string out;
    for (const Pair& pair : pairs) {
        if (!out.empty()) {
            out += '&';
        }
        out += percentEncode(pair.name) + '=' + percentEncode(pair.value);
    }
    return out;
}

std::string fullTarget(const Request& request) {
    if (request.query.empty()) {
        return request.target;
    }
    return request.target + (request.target.contains('?') ? '&' : '?') + encodePairs(request.query);
}

std::string describe(const Request& request) {
    constexpr std::size_t kMostOfValue = 120;
    const auto list = [](const Pairs& pairs) {
        std::string out;
        for (const Pair& pair : pairs) {
            out += (out.empty() ? "" : ", ") + pair.name + "=" +
                   (isSecret(pair.name) && !pair.value.empty() ? "(hidden)"
                                                               : shortened(pair.value, kMostOfValue));
        }
        return out;
    };
    std::string out = request.method + " " + shortened(request.target, 300);
    if (!request.query.empty()) {
        out += "\n    query:  " + list(request.query);
    }
    if (!request.form.empty()) {
        out += "\n    form:   " + list(request.form);
    }
    for (const Part& part : request.parts) {
        out += "\n    part:   " + part.name;
        if (part.fileName) {
            out += " file \"" + shortened(*part.fileName, kMostOfValue) + "\", " +
                   std::to_string(part.data.size()) + " bytes";
        } else {
            out += "=" + (isSecret(part.name) ? std::string("(hidden)") : shortened(part.data, kMostOfValue));
        }
    }
    if (request.body) {
        out += "\n    body:   " + request.bodyType + " " + shortened(hideSecrets(*request.body), 300);
    }
    if (!request.headers.empty()) {
        out += "\n    header: " + list(request.headers);
    }
    return out;
}

std::string hideSecrets(std::string_view jsonText) {
    std::string out(jsonText);
    for (const std::string_view name : {"\"token\"", "\"password\""}) {
        for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + name.size())) {
            const auto open = out.find_first_not_of(" :", at + name.size());
            if (open == std::string::npos || out[open] != '"') {
                continue;
            }
            const auto close = out.find('"', open + 1);
            if (close != std::string::npos && close > open + 1) {
                out.replace(open + 1, close - open - 1, "(hidden)");
            }
        }
    }
    return out;
}

struct HttpClient::State {
    std::string baseUrl;
    CURL* curl = nullptr;

    ~State() { curl_easy_cleanup(curl); }
};

HttpClient::HttpClient(std::string baseUrl) : state_(std::make_unique<State>()) {
    initialiseCurl();
    while (baseUrl.ends_with('/')) {
        baseUrl.pop_back();
    }
    state_->baseUrl = std::move(baseUrl);
    state_->curl = curl_easy_init();
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

const std::string& HttpClient::baseUrl() const {
    return state_->baseUrl;
}

Answer HttpClient::send(const Request& request) {
    Answer answer;
    CURL* curl = state_->curl;
    curl_easy_reset(curl);  // keeps the connection

    std::string url = fullTarget(request);
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        url.insert(0, state_->baseUrl);
    }
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, kTotalTimeoutMs);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &takeBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &takeHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.headers);

    curl_slist* headers = nullptr;
    bool expectGiven = false;
    for (const Pair& header : request.headers) {
        headers = curl_slist_append(headers, (header.name + ": " + header.value).c_str());
        expectGiven = expectGiven || header.name == "Expect";
    }
    if (!expectGiven) {
        headers = curl_slist_append(headers, "Expect:");
    }

    curl_mime* mime = nullptr;
    std::string body;
    if (!request.parts.empty()) {
        mime = curl_mime_init(curl);
        for (const Part& part : request.parts) {
            curl_mimepart* piece = curl_mime_addpart(mime);
            curl_mime_name(piece, part.name.c_str());
            curl_mime_data(piece, part.data.data(), part.data.size());
            if (part.fileName) {
                curl_mime_filename(piece, part.fileName->c_str());
            }
            if (!part.contentType.empty()) {
                curl_mime_type(piece, part.contentType.c_str());
            }
        }
        curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    } else if (request.body || !request.form.empty() || request.method == "POST") {
        body = request.body ? *request.body : encodePairs(request.form);
        std::string type = request.body ? request.bodyType : "";
        if (!request.body && !request.form.empty()) {
            type = "application/x-www-form-urlencoded";
        }
        // Without a type libcurl would say urlencoded; an empty value removes the header.
        headers = curl_slist_append(headers, ("Content-Type:" + (type.empty() ? "" : " " + type)).c_str());
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    }
    if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else {
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

    const CURLcode result = curl_easy_perform(curl);
    if (result == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
    } else {
        answer.problem = curl_easy_strerror(result);
    }
    curl_mime_free(mime);
    curl_slist_free_all(headers);
    return answer;
}

}  // namespace tikgok::conformance
