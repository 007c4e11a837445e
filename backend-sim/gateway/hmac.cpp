// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/hmac.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tikgok::sim {

namespace {

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// libsodium has no SHA-384, which is SHA-512 with another beginning and a shorter end (FIPS 180-4, 5.3.4).
constexpr std::array<std::uint64_t, 8> kSha384Start{
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};
constexpr std::size_t kSha384Bytes = 48;
constexpr std::size_t kBlock = 128;

std::string sha384(std::string_view one, std::string_view other) {
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    std::copy(kSha384Start.begin(), kSha384Start.end(), std::begin(state.state));
    crypto_hash_sha512_update(&state, bytesOf(one), one.size());
    crypto_hash_sha512_update(&state, bytesOf(other), other.size());
    std::array<unsigned char, crypto_hash_sha512_BYTES> digest{};
    crypto_hash_sha512_final(&state, digest.data());
    sodium_memzero(&state, sizeof state);
    return {reinterpret_cast<const char*>(digest.data()), kSha384Bytes};
}

}  // namespace

std::string hmacSha256(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytesOf(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(text), text.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    sodium_memzero(&state, sizeof state);
    return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::string hmacSha384(std::string_view key, std::string_view text) {
    std::string block(key.size() > kBlock ? sha384(key, {}) : std::string(key));
    block.resize(kBlock);
    std::string inner(block);
    std::string outer(block);
    for (std::size_t i = 0; i < kBlock; ++i) {
        inner[i] = static_cast<char>(inner[i] ^ 0x36);
        outer[i] = static_cast<char>(outer[i] ^ 0x5c);
    }
    std::string mac = sha384(outer, sha384(inner, text));
    for (std::string* secret : {&block, &inner, &outer}) {
        sodium_memzero(secret->data(), secret->size());
    }
    return mac;
}

std::string hmacSha512(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha512_state state;
    crypto_auth_hmacsha512_init(&state, bytesOf(key), key.size());
    crypto_auth_hmacsha512_update(&state, bytesOf(text), text.size());
    std::array<unsigned char, crypto_auth_hmacsha512_BYTES> mac{};
    crypto_auth_hmacsha512_final(&state, mac.data());
    sodium_memzero(&state, sizeof state);
    return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

}  // namespace tikgok::sim
