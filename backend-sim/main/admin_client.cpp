// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/admin_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace tikgok::sim {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct HostAndPort {
    std::string host;
    std::string port;
};

// The error: what is wrong about it, as the end of a sentence.
std::expected<HostAndPort, std::string> hostAndPortOf(std::string_view url) {
    constexpr std::string_view kScheme = "http://";
    constexpr std::string_view kHostLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    constexpr std::string_view kAddressLetters = "abcdefABCDEF0123456789:.";
    if (!url.starts_with(kScheme)) {
        return std::unexpected("it does not begin with http://");
    }
    url.remove_prefix(kScheme.size());
    if (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    if (url.find_first_of("/?#") != std::string_view::npos) {
        return std::unexpected("nothing may stand behind host and port");
    }
    const bool inBrackets = url.starts_with('[');
    const std::size_t bracket = inBrackets ? url.find(']') : 0;
    if (bracket == std::string_view::npos) {
        return std::unexpected("a ']' is missing");
    }
    const std::size_t colon = std::min(url.find(':', bracket), url.size());
    std::string_view host = url.substr(0, colon);
    if (inBrackets) {
        host = host.ends_with(']') ? host.substr(1, host.size() - 2) : std::string_view();
    }
    if (host.empty() ||
        host.find_first_not_of(inBrackets ? kAddressLetters : kHostLetters) != std::string_view::npos) {
        return std::unexpected("there is no host in it");
    }
    if (colon == url.size()) {
        return HostAndPort{std::string(host), "80"};
    }
    const std::string_view port = url.substr(colon + 1);
    std::uint16_t number = 0;
    const char* const end = port.data() + port.size();
    const auto [stop, error] = std::from_chars(port.data(), end, number);
    if (error != std::errc() || stop != end || number == 0) {
        return std::unexpected("the port must be a number from 1 to 65535");
    }
    return HostAndPort{std::string(host), std::to_string(number)};
}

}  // namespace

std::expected<AdminAnswer, std::string> AdminClient::call(std::string_view method, std::string_view path,
                                                          const std::string& body) const {
    const auto parts = hostAndPortOf(url_);
    if (!parts) {
        return std::unexpected(problemOfUrl(url_).value_or(""));
    }
    // A huge world takes its time.
    constexpr std::chrono::minutes kPatience{10};
    constexpr std::uint64_t kMostAnswer = std::uint64_t{4} * 1024 * 1024 * 1024;
    try {
        asio::io_context context;
        asio::ip::tcp::resolver resolver(context);
        beast::tcp_stream stream(context);
        stream.expires_after(kPatience);
        stream.connect(resolver.resolve(parts->host, parts->port));
        beast::http::request<beast::http::string_body> request;
        request.method_string({method.data(), method.size()});
        request.target("/_sim/" + std::string(path));
        request.version(11);
        request.set(beast::http::field::host, parts->host.find(':') == std::string::npos
                                                  ? parts->host + ":" + parts->port
                                                  : "[" + parts->host + "]:" + parts->port);
        request.set(beast::http::field::authorization, "Bearer " + token_);
        if (method != "GET" && method != "DELETE") {
            request.set(beast::http::field::content_type, "application/json");
            request.body() = body.empty() ? "{}" : body;
        }
        request.prepare_payload();
        beast::http::write(stream, request);
        beast::flat_buffer buffer;
        beast::http::response_parser<beast::http::string_body> parser;
        parser.body_limit(kMostAnswer);
        beast::http::read(stream, buffer, parser);
        return AdminAnswer{static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
    } catch (const boost::system::system_error& error) {
        return std::unexpected("No simulator answers at " + url_ + ": " + error.code().message() + ".");
    } catch (const std::exception& error) {
        return std::unexpected("No simulator answers at " + url_ + ": " + error.what());
    }
}

std::optional<std::string> problemOfUrl(std::string_view url) {
    const auto parts = hostAndPortOf(url);
    return parts ? std::nullopt
                 : std::optional("'" + std::string(url) +
                                 "' is no address like http://127.0.0.1:8080: " + parts.error() + ".");
}

std::string escapedForPath(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += kDigits[static_cast<unsigned char>(c) >> 4U];
            out += kDigits[static_cast<unsigned char>(c) & 15U];
        }
    }
    return out;
}

std::string wordsOf(const AdminAnswer& refusal) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(refusal.body, error);
    const boost::json::value* const words = error ? nullptr : value.find_pointer("/error/message", error);
    return words != nullptr && words->is_string() ? std::string(words->get_string())
                                                  : "HTTP " + std::to_string(refusal.status);
}

}  // namespace tikgok::sim
