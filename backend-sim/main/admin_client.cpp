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

#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace tikgok::sim {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct HostAndPort {
    std::string host;
    std::string port;
};

std::optional<HostAndPort> hostAndPortOf(std::string_view url) {
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme)) {
        return std::nullopt;
    }
    url.remove_prefix(kScheme.size());
    url = url.substr(0, url.find('/'));
    const std::size_t colon = url.rfind(':');
    const bool hasPort = colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos;
    HostAndPort parts{std::string(url.substr(0, hasPort ? colon : url.size())),
                      hasPort ? std::string(url.substr(colon + 1)) : "80"};
    if (parts.host.starts_with('[') && parts.host.ends_with(']')) {
        parts.host = parts.host.substr(1, parts.host.size() - 2);
    }
    return parts.host.empty() || parts.port.empty() ? std::nullopt : std::optional(parts);
}

}  // namespace

std::expected<AdminAnswer, std::string> AdminClient::call(std::string_view method, std::string_view path,
                                                          const std::string& body) const {
    const auto parts = hostAndPortOf(url_);
    if (!parts) {
        return std::unexpected("'" + url_ + "' is no address like http://127.0.0.1:8080.");
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

std::expected<void, std::string> installExport(const std::filesystem::path& file, std::string_view content) {
    constexpr std::string_view kMagic = "SQLite format 3";
    constexpr std::size_t kHeader = 100;
    const auto byte = [&](std::size_t at) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(content[at]));
    };
    // Its header says how long it is.
    bool whole = content.size() >= kHeader && content.starts_with(kMagic);
    if (whole) {
        const std::uint64_t page = byte(16) * 256 + byte(17);
        const std::uint64_t pages = ((byte(28) * 256 + byte(29)) * 256 + byte(30)) * 256 + byte(31);
        whole = (page == 1 ? 65536 : page) * pages == content.size();
    }
    if (!whole) {
        return std::unexpected("What came is no whole world; '" + file.string() + "' is left as it is.");
    }
    const std::filesystem::path next = file.string() + ".new";
    std::ofstream out(next, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    const int descriptor = out.fail() ? -1 : ::open(next.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    std::error_code error;
    if (synced) {
        std::filesystem::rename(next, file, error);
    }
    if (!synced || error) {
        std::error_code ignored;
        std::filesystem::remove(next, ignored);
        return std::unexpected("'" + file.string() + "' cannot be written; what was there is left as it is.");
    }
    return {};
}

std::string wordsOf(const AdminAnswer& refusal) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(refusal.body, error);
    const boost::json::value* const words = error ? nullptr : value.find_pointer("/error/message", error);
    return words != nullptr && words->is_string() ? std::string(words->get_string())
                                                  : "HTTP " + std::to_string(refusal.status);
}

}  // namespace tikgok::sim
