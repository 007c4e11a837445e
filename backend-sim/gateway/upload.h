// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Uploads on their way from the socket to a file, without staying in memory.
#pragma once

#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/multipart.h"
#include "backend-sim/services/services.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tikgok::sim {

// A new file with a name of our own. Removed by the destructor unless it was released.
class StagedFile {
public:
    // Nothing when it cannot be made.
    static std::optional<StagedFile> create(const std::filesystem::path& directory);

    StagedFile(StagedFile&& other) noexcept
        : path_(std::exchange(other.path_, {})),
          descriptor_(std::exchange(other.descriptor_, -1)),
          written_(other.written_),
          onItsWay_(other.onItsWay_) {}
    StagedFile& operator=(StagedFile&&) = delete;
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;
    ~StagedFile();

    // False when the disk did not take it.
    bool write(std::string_view piece);
    // Closes the file and hands it over; the caller removes it. Nothing when closing failed.
    std::optional<std::filesystem::path> release();

private:
    StagedFile(std::filesystem::path path, int descriptor)
        : path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path path_;
    int descriptor_;
    // Bytes, and those of them that the system was told to bring to the medium.
    std::int64_t written_ = 0;
    std::int64_t onItsWay_ = 0;
};

struct UploadConfig {
    // Exists, and holds nothing but staged files.
    std::filesystem::path directory;
    std::uint64_t maxFileBytes = std::uint64_t{200} * 1024 * 1024;
    std::size_t maxFieldBytes = std::size_t{64} * 1024;
    // Of the picture called `cover`. 0: it is dropped.
    std::uint64_t maxCoverBytes = 0;
    // Whether the disk takes so many more bytes and keeps its reserve. Any thread; quick, as it is asked for
    // every upload and about every megabyte of it. Empty: it does.
    std::function<bool(std::uint64_t bytes)> roomFor;
};

// Takes a multipart body: the first file called `data` goes to disk, and the first called `cover` where it is
// asked for; fields are kept, the rest is dropped.
class UploadSink final : public http::BodySink, private MultipartReceiver {
public:
    // Says whether a token opens the door, so that nothing is kept of strangers.
    using TokenCheck = std::function<bool(std::string_view)>;

    UploadSink(const UploadConfig& config, std::string_view boundary, std::string_view queryToken,
               TokenCheck check);
    ~UploadSink() override { dropSpare(); }
    UploadSink(const UploadSink&) = delete;
    UploadSink& operator=(const UploadSink&) = delete;

    // To be asked before the first piece, with the length of the body (0 when it was not announced). False:
    // the disk has no room for it. Nothing is kept of strangers, so they need none.
    [[nodiscard]] bool hasRoomFor(std::uint64_t bytes) const {
        return stranger_ || !config_.roomFor || config_.roomFor(bytes);
    }

    Verdict take(std::string_view piece) override;
    void finish() override;

    // Before the first piece: keeps a copy of the body, unless it is longer than this.
    void keepBody(std::size_t most) {
        body_.emplace();
        mostBody_ = most;
    }
    // Null when nobody wanted it, or it was too long.
    [[nodiscard]] const std::string* body() const { return body_ ? &*body_ : nullptr; }

    // After finish().
    [[nodiscard]] bool malformed() const { return malformed_; }
    [[nodiscard]] bool diskFailed() const { return diskFailed_; }
    // The disk came down to its reserve on the way; the file is gone.
    [[nodiscard]] bool noRoom() const { return noRoom_; }
    std::vector<std::pair<std::string, std::string>>& fields() { return fields_; }
    // What is released first is there for a second time.
    void keepForAgain() { again_ = true; }
    // Gives the file away. Nothing when there was none, or nobody may have it.
    std::optional<StagedUpload> release();
    [[nodiscard]] bool hasFile() const { return file_.has_value() || spare_.has_value(); }

private:
    enum class Target : std::uint8_t { Nothing, Field, File, Cover };

    bool partBegins(PartHead head) override;
    bool partData(std::string_view piece) override;
    bool partEnds() override;
    void learnToken(std::string_view token);
    void keep(std::string_view piece);
    void keepCover(std::string_view piece);
    // False when the disk did not take it.
    bool makeSpare(const StagedUpload& upload);
    void dropSpare();
    // Nothing of it stays on the disk.
    void dropFiles() {
        file_.reset();
        cover_.reset();
    }

    const UploadConfig config_;
    TokenCheck check_;
    MultipartParser parser_;
    Target target_ = Target::Nothing;
    std::vector<std::pair<std::string, std::string>> fields_;
    std::size_t fieldBytes_ = 0;
    std::optional<StagedFile> file_;
    std::string fileName_;
    std::uint64_t fileBytes_ = 0;
    std::optional<std::string> body_;
    std::size_t mostBody_ = 0;
    std::optional<StagedFile> cover_;
    std::uint64_t coverBytes_ = 0;
    bool sawCover_ = false;
    bool again_ = false;
    // For the second time.
    std::optional<StagedUpload> spare_;
    // From here on the disk is asked again.
    std::uint64_t nextLook_ = 0;
    bool sawFile_ = false;
    bool tokenKnown_ = false;
    bool stranger_ = false;
    bool malformed_ = false;
    bool diskFailed_ = false;
    bool noRoom_ = false;
    bool tooLarge_ = false;
};

}  // namespace tikgok::sim
