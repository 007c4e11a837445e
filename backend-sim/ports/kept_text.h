// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts that whoever writes answers makes of a row once and keeps with it. What is in them is no business of
// the model: it only holds them as long as the row, and drops them when it is told to.
//
// Any thread, while the model is held for reading (TextPlace) or alone (dropAll, forget).
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tikgok::sim {

// A text in pieces, between which something else is written each time.
struct KeptText {
    static constexpr std::size_t kMaxPieces = 7;

    std::string text;
    // Where each piece ends.
    std::array<std::uint32_t, kMaxPieces> ends{};

    [[nodiscard]] std::string_view piece(std::size_t index) const {
        const std::size_t from = index == 0 ? 0 : ends[index - 1];
        return std::string_view(text).substr(from, ends[index] - from);
    }
};

// Where one row keeps its text.
class TextSlot {
public:
    TextSlot() = default;
    ~TextSlot() { delete text_.load(std::memory_order_relaxed); }
    TextSlot(const TextSlot&) = delete;
    TextSlot& operator=(const TextSlot&) = delete;

private:
    friend class TextShelf;
    friend class TextPlace;
    mutable std::atomic<const KeptText*> text_{nullptr};
};

// Knows the slots that are in use. One per model.
class TextShelf {
public:
    // About as many as the newest pages of a feed have rows; some 500 bytes each.
    static constexpr std::size_t kLimit = 16384;

    // Whether so many are kept that dropAll() is due.
    [[nodiscard]] bool full() const { return count_.load(std::memory_order_relaxed) >= kLimit; }

    // Only while nobody reads.
    void dropAll() {
        const std::lock_guard lock(mutex_);
        for (const TextSlot* slot : used_) {
            delete slot->text_.exchange(nullptr);
        }
        used_.clear();
        count_.store(0, std::memory_order_relaxed);
    }

    // Before a slot goes, only while nobody reads.
    void forget(const TextSlot& slot) {
        if (slot.text_.load() != nullptr) {
            const std::lock_guard lock(mutex_);
            std::erase(used_, &slot);
            count_.store(used_.size(), std::memory_order_relaxed);
        }
    }

private:
    friend class TextPlace;
    void note(const TextSlot* slot) {
        const std::lock_guard lock(mutex_);
        used_.push_back(slot);
        count_.store(used_.size(), std::memory_order_relaxed);
    }

    std::mutex mutex_;
    std::vector<const TextSlot*> used_;
    std::atomic<std::size_t> count_ = 0;
};

// A slot as a reader gets it. Without one, nothing is kept.
class TextPlace {
public:
    TextPlace() = default;
    TextPlace(const TextSlot& slot, TextShelf& shelf) : slot_(&slot), shelf_(&shelf) {}

    // Null when there is none yet. Lives as long as the model is held for reading.
    [[nodiscard]] const KeptText* get() const {
        return slot_ == nullptr ? nullptr : slot_->text_.load(std::memory_order_acquire);
    }
    // Keeps the text, or, when another thread was faster, the other one. Null when there is no place for it;
    // `text` is untouched then.
    const KeptText* keep(std::unique_ptr<const KeptText>& text) const {
        if (slot_ == nullptr) {
            return nullptr;
        }
        const KeptText* there = nullptr;
        if (!slot_->text_.compare_exchange_strong(there, text.get(), std::memory_order_acq_rel)) {
            return there;
        }
        // The slot's from now on, also when there is no memory to note that.
        const KeptText* const kept = text.release();
        shelf_->note(slot_);
        return kept;
    }

private:
    const TextSlot* slot_ = nullptr;
    TextShelf* shelf_ = nullptr;
};

}  // namespace tikgok::sim
