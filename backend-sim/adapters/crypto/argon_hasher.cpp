// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/crypto/argon_hasher.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace tikgok::sim {

namespace {

std::string randomPassword() {
    std::string bytes(32, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

constexpr std::size_t kHashBytes = 32;

// What hash() made, taken apart.
struct ReadHash {
    unsigned long long passes = 0;
    std::size_t memoryBytes = 0;
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::array<unsigned char, kHashBytes> hash{};
};

bool takeWords(std::string_view& text, std::string_view words) {
    const bool there = text.starts_with(words);
    text.remove_prefix(there ? words.size() : 0);
    return there;
}

bool takeNumber(std::string_view& text, std::uint32_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

template <std::size_t kSize>
bool readBase64(std::string_view text, std::array<unsigned char, kSize>& bytes) {
    std::size_t length = 0;
    return sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                             sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
           length == bytes.size();
}

// $argon2id$v=19$m=KIBIBYTES,t=PASSES,p=1$SALT$HASH, as libsodium writes it.
std::optional<ReadHash> readHash(std::string_view text) {
    std::uint32_t kibibytes = 0;
    std::uint32_t passes = 0;
    if (!takeWords(text, "$argon2id$v=19$m=") || !takeNumber(text, kibibytes) || !takeWords(text, ",t=") ||
        !takeNumber(text, passes) || !takeWords(text, ",p=1$")) {
        return std::nullopt;
    }
    const std::size_t dollar = std::min(text.find('$'), text.size());
    ReadHash read;
    read.passes = passes;
    read.memoryBytes = std::size_t{kibibytes} * 1024;
    if (!readBase64(text.substr(0, dollar), read.salt) ||
        !readBase64(text.substr(std::min(dollar + 1, text.size())), read.hash)) {
        return std::nullopt;
    }
    return read;
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

// Not with crypto_pwhash_str_verify(): it says the same of a wrong password and of a hash that it got no
// memory for.
PasswordCheck ArgonHasher::verify(std::string_view hash, std::string_view password) {
    const auto known = readHash(hash);
    if (!known) {
        return PasswordCheck::Wrong;
    }
    std::array<unsigned char, kHashBytes> made{};
    errno = 0;
    if (crypto_pwhash(made.data(), made.size(), password.data(), password.size(), known->salt.data(),
                      known->passes, known->memoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        // A cost, or a password, that there cannot be; otherwise it was the memory.
        return errno == EINVAL || errno == EFBIG ? PasswordCheck::Wrong : PasswordCheck::NotChecked;
    }
    const bool same = sodium_memcmp(made.data(), known->hash.data(), made.size()) == 0;
    sodium_memzero(made.data(), made.size());
    return same ? PasswordCheck::Right : PasswordCheck::Wrong;
}

}  // namespace tikgok::sim
