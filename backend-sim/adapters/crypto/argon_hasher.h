// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Passwords through libsodium's argon2id.
#pragma once

#include "backend-sim/ports/password_hasher.h"

#include <cstddef>

namespace tikgok::sim {

class ArgonHasher final : public PasswordHasher {
public:
    // Takes as long as one hash, for the dummy, unless `dummy` is given: a hash that hash() made earlier.
    // Costs below libsodium's minimum are raised to it.
    ArgonHasher(unsigned long long passes, std::size_t memoryBytes, std::string dummy = {});

    std::optional<std::string> hash(std::string_view password) override;
    PasswordCheck verify(std::string_view hash, std::string_view password) override;
    std::string_view dummy() override { return dummy_; }

private:
    const unsigned long long passes_;
    const std::size_t memoryBytes_;
    std::string dummy_;
};

}  // namespace tikgok::sim
