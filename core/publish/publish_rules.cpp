// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_rules.h"

#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <algorithm>
#include <cmath>

namespace tikgok {

namespace {

// Speed is told from the last so many milliseconds, once there are this many at least.
constexpr std::int64_t kRateWindowMs = 5'000;
constexpr std::int64_t kRateAtLeastMs = 700;

}  // namespace

bool isSending(PublishProblem problem) {
    switch (problem) {
        case PublishProblem::None:
        case PublishProblem::NotPlayable:
        case PublishProblem::RarePlayable:
        case PublishProblem::ProbablyTooLarge:
        case PublishProblem::TitleManyBytes:
            return true;
        case PublishProblem::FileGone:
        case PublishProblem::FileUnreadable:
        case PublishProblem::FileEmpty:
        case PublishProblem::FileChanged:
        case PublishProblem::NotLocal:
        case PublishProblem::WrongSuffix:
        case PublishProblem::Damaged:
        case PublishProblem::NoVideo:
        case PublishProblem::TooLarge:
        case PublishProblem::TitleEmpty:
        case PublishProblem::TitleTooLong:
            return false;
    }
    return false;
}

int titleLength(const QString& title, bool inBytes) {
    const QByteArray utf8 = title.toUtf8();
    if (inBytes) {
        return static_cast<int>(utf8.size());
    }
    return static_cast<int>(
        contract::characterCount({utf8.constData(), static_cast<std::size_t>(utf8.size())})
            .value_or(static_cast<std::size_t>(utf8.size())));
}

int maxTitleLength() {
    return static_cast<int>(contract::kMaxTitleLength);
}

std::optional<PublishProblem> titleProblem(const QString& title, const PublishLimits& limits) {
    if (title.trimmed().isEmpty()) {
        return PublishProblem::TitleEmpty;
    }
    if (titleLength(title.trimmed(), limits.titleInBytes) > maxTitleLength()) {
        return PublishProblem::TitleTooLong;
    }
    if (titleLength(title.trimmed(), true) > maxTitleLength()) {
        return PublishProblem::TitleManyBytes;
    }
    return std::nullopt;
}

QString suffixOf(const QString& fileName) {
    const auto dot = fileName.lastIndexOf(QLatin1Char('.'));
    return dot < 0 ? QString() : fileName.mid(dot + 1).toLower();
}

bool suffixIsTaken(const QString& suffix) {
    const QByteArray latin = suffix.toUtf8();
    return std::ranges::any_of(contract::kVideoSuffixes, [&](std::string_view one) {
        return one == std::string_view(latin.constData(), static_cast<std::size_t>(latin.size()));
    });
}

std::optional<PublishProblem> sizeProblem(std::int64_t fileBytes, std::int64_t coverBytes,
                                          const PublishLimits& limits) {
    if (limits.maxBytes > 0 && fileBytes + coverBytes + kFormOverhead > limits.maxBytes) {
        return PublishProblem::TooLarge;
    }
    if (limits.refusedBytes > 0 && fileBytes >= limits.refusedBytes) {
        return PublishProblem::ProbablyTooLarge;
    }
    return std::nullopt;
}

std::int64_t largestRecording(const PublishLimits& limits) {
    std::int64_t largest =
        limits.maxBytes > 0 ? std::max<std::int64_t>(limits.maxBytes - kCoverRoom - kFormOverhead, 1) : 0;
    if (limits.refusedBytes > 0 && (largest == 0 || limits.refusedBytes < largest)) {
        largest = limits.refusedBytes;
    }
    // What is still written between reaching it and the end.
    constexpr std::int64_t kTail = std::int64_t{256} * 1024;
    constexpr std::int64_t kTwentieth = 20;
    return largest > 0 ? std::max<std::int64_t>(largest - largest / kTwentieth - kTail, 1) : 0;
}

void TransferRate::add(std::int64_t atMs, std::int64_t bytes) {
    samples_.append({atMs, bytes});
    while (samples_.size() > 2 && atMs - samples_.at(1).atMs >= kRateWindowMs) {
        samples_.removeFirst();
    }
}

double TransferRate::bytesPerSecond() const {
    if (samples_.size() < 2) {
        return 0;
    }
    const std::int64_t took = samples_.last().atMs - samples_.first().atMs;
    if (took < kRateAtLeastMs) {
        return 0;
    }
    return static_cast<double>(samples_.last().bytes - samples_.first().bytes) * 1000.0 /
           static_cast<double>(took);
}

std::optional<int> TransferRate::secondsFor(std::int64_t bytes) const {
    const double rate = bytesPerSecond();
    if (rate < 1) {
        return std::nullopt;
    }
    return static_cast<int>(std::min(std::ceil(static_cast<double>(bytes) / rate), 1e6));
}

}  // namespace tikgok
