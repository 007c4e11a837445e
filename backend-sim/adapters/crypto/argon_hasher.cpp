// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/crypto/argon_hasher.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace tikgok::sim {

namespace {

std::string randomPassword() {
    std::string bytes(32, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

ArgonHasher::ArgonHasher(unsigned long long passes, std::size_t memoryBytes, std::string dummy)
    : passes_(std::max<unsigned long long>(passes, crypto_pwhash_OPSLIMIT_MIN)),
      memoryBytes_(std::max<std::size_t>(memoryBytes, crypto_pwhash_MEMLIMIT_MIN)),
      dummy_(std::move(dummy)) {
    // May be called again and again, from any thread.
    const bool ready = sodium_init() >= 0;
    if (ready && dummy_.empty()) {
        dummy_ = hash(randomPassword()).value_or(std::string());
    }
}

std::optional<std::string> ArgonHasher::hash(std::string_view password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), passes_, memoryBytes_,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return std::nullopt;
    }
    return std::string(text.data());
}

bool ArgonHasher::verify(std::string_view hash, std::string_view password) {
    if (hash.size() >= crypto_pwhash_STRBYTES) {
        return false;
    }
    // Read as a buffer of fixed size.
    std::array<char, crypto_pwhash_STRBYTES> text{};
    std::copy(hash.begin(), hash.end(), text.begin());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

}  // namespace tikgok::sim
