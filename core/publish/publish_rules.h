// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be said about a video before it is sent, as pure functions.
#pragma once

#include <QList>
#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

// A namespace of its own, so that QML sees PublishProblem.FileGone and nothing else comes along.
namespace tikgok::PublishProblems {
Q_NAMESPACE

enum class Problem {
    None,
    // In the way of sending.
    FileGone,
    FileUnreadable,
    FileEmpty,
    FileChanged,  // since it was chosen, or since it was sent for the first time
    NotLocal,     // an address, not a file of this device
    WrongSuffix,  // the server takes it by its name's ending, and not this one
    Damaged,
    NoVideo,  // sound only
    TooLarge,
    TitleEmpty,
    TitleTooLong,
    // Worth knowing.
    NotPlayable,       // taken by the server, but this program cannot show it
    RarePlayable,      // other clients may not show this codec
    ProbablyTooLarge,  // the server refused a file that was not larger
    TitleManyBytes,    // a server that counts bytes would refuse it
};
Q_ENUM_NS(Problem)

}  // namespace tikgok::PublishProblems

namespace tikgok {

using PublishProblem = PublishProblems::Problem;

// What a server takes.
struct PublishLimits {
    // Of the whole request; 0: not known.
    std::int64_t maxBytes = 0;
    // The size of the smallest file that was refused for its size; 0: none was.
    std::int64_t refusedBytes = 0;
    bool titleInBytes = false;

    bool operator==(const PublishLimits&) const = default;
};

// What our server takes unless it is configured otherwise, and what the reference server does.
inline constexpr std::int64_t kOurUploadLimit = std::int64_t{200} * 1024 * 1024;
inline constexpr std::int64_t kReferenceUploadLimit = std::int64_t{4} * 1024 * 1024;
// What a form needs around the file, without the cover.
inline constexpr std::int64_t kFormOverhead = 2048;
// What a cover may add to the request; JPEG of that size is well below.
inline constexpr std::int64_t kCoverRoom = std::int64_t{600} * 1024;

[[nodiscard]] bool isSending(PublishProblem problem);  // false: in the way

// Length of a title as the server counts it.
[[nodiscard]] int titleLength(const QString& title, bool inBytes);
[[nodiscard]] int maxTitleLength();
[[nodiscard]] std::optional<PublishProblem> titleProblem(const QString& title, const PublishLimits& limits);
// The ending of a name, lower case; empty when it has none.
[[nodiscard]] QString suffixOf(const QString& fileName);
[[nodiscard]] bool suffixIsTaken(const QString& suffix);
[[nodiscard]] std::optional<PublishProblem> sizeProblem(std::int64_t fileBytes, std::int64_t coverBytes,
                                                        const PublishLimits& limits);
// At which size a recording has to end so that the server takes it; 0: whenever.
[[nodiscard]] std::int64_t largestRecording(const PublishLimits& limits);

// How fast bytes arrive, from what has been acknowledged lately.
class TransferRate {
public:
    // Times are milliseconds of any clock that only grows.
    void add(std::int64_t atMs, std::int64_t bytes);
    void clear() { samples_.clear(); }
    // Bytes per second; 0 while it cannot be told.
    [[nodiscard]] double bytesPerSecond() const;
    // For so many bytes more, rounded up; nothing while it cannot be told.
    [[nodiscard]] std::optional<int> secondsFor(std::int64_t bytes) const;

private:
    struct Sample {
        std::int64_t atMs = 0;
        std::int64_t bytes = 0;
    };
    QList<Sample> samples_;
};

}  // namespace tikgok
