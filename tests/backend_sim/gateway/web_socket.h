// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The least of a WebSocket client, which can also misbehave.
#pragma once

#include "tests/backend_sim/gateway/stage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim::gatewaytest {

class WebSocket {
public:
    enum Opcode : std::uint8_t { kText = 1, kClose = 8, kPing = 9, kPong = 10 };
    struct Frame {
        std::uint8_t opcode = 0;
        std::string payload;
        // Of a close frame; 0 when it has none.
        [[nodiscard]] std::uint16_t code() const {
            return payload.size() < 2
                       ? 0
                       : static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) * 256 +
                                                    static_cast<unsigned char>(payload[1]));
        }
    };

    static std::string handshake(std::string_view target, std::string_view headers = {}) {
        return "GET " + std::string(target) +
               " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
               std::string(headers) + "\r\n";
    }

    WebSocket(std::uint16_t port, std::string_view target) : wire_(port) {
        wire_.send(handshake(target));
        answer_ = wire_.read(true);
    }

    [[nodiscard]] const Reply& answer() const { return answer_; }
    [[nodiscard]] Wire& wire() { return wire_; }

    void send(std::uint8_t opcode, std::string_view payload) {
        std::string frame{static_cast<char>(0x80U | opcode)};
        if (payload.size() < 126) {
            frame += static_cast<char>(0x80U | payload.size());
        } else {
            frame += static_cast<char>(0x80U | 126U);
            frame += static_cast<char>(payload.size() >> 8U);
            frame += static_cast<char>(payload.size() & 0xffU);
        }
        // A mask of zeros is one.
        frame.append(4, '\0').append(payload);
        wire_.send(frame);
    }
    // Nothing when the server is gone, or silent for the patience of Wire.
    std::optional<Frame> read() {
        const std::string head = wire_.take(2);
        if (head.size() < 2) {
            return std::nullopt;
        }
        std::size_t length = static_cast<unsigned char>(head[1]) & 0x7fU;
        for (int extra = length == 126 ? 2 : length == 127 ? 8 : 0, first = 1; extra > 0; --extra) {
            length = (std::exchange(first, 0) != 0 ? 0 : length << 8U) |
                     static_cast<unsigned char>(wire_.take(1).at(0));
        }
        Frame frame{static_cast<std::uint8_t>(static_cast<unsigned char>(head[0]) & 0x0fU),
                    wire_.take(length)};
        return frame;
    }

private:
    Wire wire_;
    Reply answer_;
};

}  // namespace tikgok::sim::gatewaytest
