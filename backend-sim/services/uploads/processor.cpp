// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/uploads/processor.h"

#include <future>
#include <memory>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace {

using Kind = UploadVerdict::Kind;

UploadVerdict verdict(Kind kind, std::string reason,
                      const contract::Failure& failure = contract::kServiceErr) {
    return {kind, failure, std::move(reason)};
}

// A file that goes when this goes.
class Scratch {
public:
    explicit Scratch(std::filesystem::path path) : path_(std::move(path)) { remove(); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { remove(); }
    const std::filesystem::path& path() const { return path_; }

private:
    void remove() const {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    std::filesystem::path path_;
};

}  // namespace

UploadVerdict UploadProcessor::process(const Upload& upload, const MediaInspector::Cancelled& stopped) {
    const auto video = needs_.objects.find(upload.playKey);
    if (!video) {
        return verdict(Kind::Hopeless, "the uploaded file " + upload.playKey + " is gone");
    }
    if (upload.mustBeVideo) {
        if (UploadVerdict cover = makeCover(upload, *video, stopped); cover.kind != Kind::Published) {
            return cover;
        }
        return write(upload);
    }
    if (UploadVerdict written = write(upload); written.kind != Kind::Published) {
        return written;
    }
    UploadVerdict cover = makeCover(upload, *video, stopped);
    if (cover.kind == Kind::Refused) {
        // As with the reference server: it is there, and cannot be played.
        logTo(needs_.log, LogLevel::Info,
              "Video " + std::to_string(upload.id) + " gets no cover: " + cover.reason);
        return {};
    }
    return cover;
}

UploadVerdict UploadProcessor::makeCover(const Upload& upload, const std::filesystem::path& video,
                                         const MediaInspector::Cancelled& stopped) {
    // Objects come into being whole, so an earlier attempt got this far; but a cover that came along says
    // nothing of the video.
    const bool there = needs_.objects.find(upload.coverKey).has_value();
    if (there && !(upload.ownCover && upload.mustBeVideo)) {
        return {};
    }
    // The suffix says what kind of picture it becomes.
    const std::string suffix = std::filesystem::path(upload.coverKey).extension().string();
    const Scratch cover(needs_.scratch / (std::to_string(upload.id) + ".cover" + suffix));
    const auto facts = needs_.inspector.inspect(video, cover.path(), stopped);
    if (!facts) {
        switch (facts.error().kind) {
            case MediaError::Kind::Cancelled:
                return verdict(Kind::Stopped, facts.error().what);
            case MediaError::Kind::Io:
                return verdict(Kind::Retry, "the cover could not be made: " + facts.error().what);
            case MediaError::Kind::NotAVideo:
            case MediaError::Kind::TooLarge:
            // A file that takes this long does so again, and holds up the others each time.
            case MediaError::Kind::TimedOut:
                return verdict(Kind::Refused, facts.error().what);
        }
    }
    if (there) {
        return {};
    }
    if (const auto stored = needs_.objects.put(cover.path(), upload.coverKey); !stored) {
        return verdict(Kind::Retry, "the cover could not be stored: " + stored.error().what);
    }
    return {};
}

UploadVerdict UploadProcessor::write(const Upload& upload) {
    auto answered = std::make_shared<std::promise<Outcome<contract::Id>>>();
    auto answer = answered->get_future();
    needs_.writer.submit(
        PublishVideo{upload.id, upload.author, upload.title, upload.playKey, upload.coverKey},
        [answered = std::move(answered)](Outcome<contract::Id> outcome) {
            answered->set_value(std::move(outcome));
        });
    const Outcome<contract::Id> outcome = answer.get();
    if (outcome) {
        return {};
    }
    if (outcome.error().code == contract::kServiceErr.code) {
        return verdict(Kind::Retry, "the video could not be written", outcome.error());
    }
    return verdict(Kind::Refused, std::string(outcome.error().message), outcome.error());
}

void UploadProcessor::discard(const Upload& upload) {
    needs_.objects.remove(upload.playKey);
    needs_.objects.remove(upload.coverKey);
}

}  // namespace tikgok::sim
