// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/token_forge.h"

#include <sodium.h>

namespace tikgok::conformance {

std::string base64Url(std::string_view bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), kVariant);
    out.resize(out.find('\0'));
    return out;
}

std::string fromBase64Url(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return {};
    }
    out.resize(size);
    return out;
}

std::string signedToken(std::string_view header, std::string_view payload, std::string_view key,
                        bool sha512) {
    std::string input = base64Url(header) + '.' + base64Url(payload);
    const auto* text = reinterpret_cast<const unsigned char*>(input.data());
    const auto* secret = reinterpret_cast<const unsigned char*>(key.data());
    std::string signature;
    if (sha512) {
        crypto_auth_hmacsha512_state state;
        crypto_auth_hmacsha512_init(&state, secret, key.size());
        crypto_auth_hmacsha512_update(&state, text, input.size());
        signature.resize(crypto_auth_hmacsha512_BYTES);
        crypto_auth_hmacsha512_final(&state, reinterpret_cast<unsigned char*>(signature.data()));
    } else {
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, secret, key.size());
        crypto_auth_hmacsha256_update(&state, text, input.size());
        signature.resize(crypto_auth_hmacsha256_BYTES);
        crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(signature.data()));
    }
    return input + '.' + base64Url(signature);
}

}  // namespace tikgok::conformance
