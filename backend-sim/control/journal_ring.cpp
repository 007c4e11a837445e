// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal_ring.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace tikgok::sim {

namespace {

// The begin of an entry in the ring; the texts follow.
struct JournalHead {
    JournalFacts facts;
    std::array<std::uint32_t, kJournalTexts> lengths{};
};
static_assert(std::is_trivially_copyable_v<JournalHead>);

}  // namespace

void JournalRing::open(const Bounds& bounds) {
    const std::lock_guard lock(mutex_);
    bounds_ = bounds;
    bytes_ = std::vector<char>(bounds.bytes);
    slots_ = std::vector<Slot>(bounds.entries);
    gone_ += count_;
    oldest_ = count_ = end_ = used_ = 0;
}

void JournalRing::close() {
    open({0, 0});
}

std::uint64_t JournalRing::append(JournalFacts facts, const JournalTexts<std::string_view>& texts) {
    JournalHead head;
    std::size_t size = sizeof head;
    for (std::size_t i = 0; i < kJournalTexts; ++i) {
        head.lengths.at(i) = static_cast<std::uint32_t>(texts.at(i).size());
        size += texts.at(i).size();
    }
    const std::lock_guard lock(mutex_);
    facts.number = ++last_;
    if (size > bytes_.size() || slots_.empty()) {
        ++gone_;
        return 0;
    }
    if (count_ == slots_.size()) {
        dropOldest();
    }
    // Entries lie one behind the other, the oldest right behind the newest: what is in the way is the oldest.
    if (end_ + size > bytes_.size()) {
        while (count_ > 0 && slots_[oldest_].offset >= end_) {
            dropOldest();
        }
        end_ = 0;
    }
    while (count_ > 0 && slots_[oldest_].offset >= end_ && slots_[oldest_].offset < end_ + size) {
        dropOldest();
    }
    if (count_ == 0) {
        end_ = 0;
    }
    head.facts = facts;
    char* to = bytes_.data() + end_;
    std::memcpy(to, &head, sizeof head);
    to += sizeof head;
    for (const std::string_view text : texts) {
        to = std::copy(text.begin(), text.end(), to);
    }
    slots_[(oldest_ + count_) % slots_.size()] = {end_, size};
    ++count_;
    used_ += size;
    end_ += size;
    return facts.number;
}

void JournalRing::visit(std::uint64_t after, const std::function<bool(const JournalView&)>& visit) const {
    const std::lock_guard lock(mutex_);
    // Numbers go up by one, except for those that were too long.
    for (std::size_t i = 0; i < count_; ++i) {
        const JournalView view = read(slots_[(oldest_ + i) % slots_.size()]);
        if (view.facts.number > after && !visit(view)) {
            return;
        }
    }
}

void JournalRing::clear() {
    const std::lock_guard lock(mutex_);
    gone_ += count_;
    oldest_ = count_ = end_ = used_ = 0;
}

JournalRing::Counters JournalRing::counters() const {
    const std::lock_guard lock(mutex_);
    return {last_, gone_, count_, used_};
}

JournalRing::Bounds JournalRing::bounds() const {
    const std::lock_guard lock(mutex_);
    return bounds_;
}

void JournalRing::dropOldest() {
    used_ -= slots_[oldest_].size;
    oldest_ = (oldest_ + 1) % slots_.size();
    --count_;
    ++gone_;
}

JournalView JournalRing::read(const Slot& slot) const {
    JournalHead head;
    std::memcpy(&head, bytes_.data() + slot.offset, sizeof head);
    JournalView view{.facts = head.facts, .texts = {}};
    const char* from = bytes_.data() + slot.offset + sizeof head;
    for (std::size_t i = 0; i < kJournalTexts; ++i) {
        view.texts.at(i) = std::string_view(from, head.lengths.at(i));
        from += head.lengths.at(i);
    }
    return view;
}

}  // namespace tikgok::sim
