// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Random numbers that are the same everywhere for the same seed: integers only, nothing of the standard
// library's distributions, which differ from one library to the next.
#pragma once

#include <cstdint>
#include <span>

namespace tikgok::sim {

// splitmix64 (Steele, Lea, Flood 2014).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    // One stream per purpose, so that a change in one part of a world moves nothing in the others.
    [[nodiscard]] Dice fork(std::uint64_t purpose) const { return Dice(mix(state_ ^ mix(purpose))); }

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        return mix(state_);
    }
    // Below `bound`, which is 1 to 2^32.
    std::uint64_t below(std::uint64_t bound) { return ((next() >> 32U) * bound) >> 32U; }
    bool chance(unsigned percent) { return below(100) < percent; }
    // Below `bound`, the smaller the likelier: a tenth of the numbers gets three fifths of the throws.
    std::uint64_t skewed(std::uint64_t bound) {
        std::uint64_t product = next() >> 32U;
        product = (product * (next() >> 32U)) >> 32U;
        product = (product * (next() >> 32U)) >> 32U;
        return (product * bound) >> 32U;
    }
    template <class T>
    const T& of(std::span<const T> choices) {
        return choices[below(choices.size())];
    }

    static std::uint64_t mix(std::uint64_t value) {
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
        return value ^ (value >> 31U);
    }

private:
    std::uint64_t state_;
};

// Puts the numbers below `size` into another order: who is the most popular one is not the first.
class Shuffle {
public:
    Shuffle(std::uint64_t size, Dice dice) : size_(size), offset_(dice.below(size)) {
        // Any step without a common divisor goes through all of them.
        for (step_ = size / 3 + dice.below(size / 3 + 1) + 1; greatestDivisor(step_, size) != 1;) {
            ++step_;
        }
    }
    std::uint64_t operator()(std::uint64_t index) const { return (index * step_ + offset_) % size_; }

private:
    static std::uint64_t greatestDivisor(std::uint64_t one, std::uint64_t other) {
        while (other != 0) {
            const std::uint64_t rest = one % other;
            one = other;
            other = rest;
        }
        return one;
    }

    std::uint64_t size_;
    std::uint64_t offset_;
    std::uint64_t step_ = 1;
};

}  // namespace tikgok::sim
