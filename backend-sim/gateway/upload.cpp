// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/upload.h"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tikgok::sim {

namespace {

// An upload that is under way while the disk fills up takes this much of the reserve at most.
constexpr std::uint64_t kLookEvery = std::uint64_t{1024} * 1024;

// Bytes. A large file is on its way to the medium while it still comes in, so that little is left to wait for
// at its end.
constexpr std::int64_t kWriteBackEvery = std::int64_t{8} * 1024 * 1024;

}  // namespace

std::optional<StagedFile> StagedFile::create(const std::filesystem::path& directory) {
    std::array<unsigned char, 16> random{};
    randombytes_buf(random.data(), random.size());
    std::array<char, random.size() * 2 + 1> name{};
    sodium_bin2hex(name.data(), name.size(), random.data(), random.size());
    std::filesystem::path path = directory / (std::string(name.data()) + ".part");
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return std::nullopt;
    }
    return StagedFile(std::move(path), descriptor);
}

StagedFile::~StagedFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
}

bool StagedFile::write(std::string_view piece) {
    while (!piece.empty()) {
        const ssize_t written = ::write(descriptor_, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        piece.remove_prefix(static_cast<std::size_t>(written));
        written_ += written;
    }
    if (written_ - onItsWay_ >= kWriteBackEvery) {
        // Does not wait, and promises nothing: the file is synced before it counts. A hint, so nobody minds
        // where it does not work.
        ::sync_file_range(descriptor_, onItsWay_, written_ - onItsWay_, SYNC_FILE_RANGE_WRITE);
        onItsWay_ = written_;
    }
    return true;
}

std::optional<std::filesystem::path> StagedFile::release() {
    // Some file systems report a full disk only now.
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        return std::nullopt;
    }
    return std::exchange(path_, {});
}

UploadSink::UploadSink(const UploadConfig& config, std::string_view boundary, std::string_view queryToken,
                       TokenCheck check)
    : config_(config), check_(std::move(check)), parser_(boundary, *this) {
    if (!queryToken.empty()) {
        learnToken(queryToken);
    }
}

http::BodySink::Verdict UploadSink::take(std::string_view piece) {
    if (body_ && body_->size() + piece.size() > mostBody_) {
        body_.reset();
    }
    if (body_) {
        body_->append(piece);
    }
    if (!malformed_ && !parser_.feed(piece)) {
        if (tooLarge_) {
            return Verdict::TooLarge;
        }
        // The rest is read all the same, so that the client gets its answer.
        malformed_ = true;
        dropFiles();
    }
    return Verdict::Continue;
}

void UploadSink::finish() {
    if (!parser_.complete()) {
        malformed_ = true;
        dropFiles();
    }
}

bool UploadSink::makeSpare(const StagedUpload& upload) {
    const auto twin = [](const std::filesystem::path& file) -> std::filesystem::path {
        std::filesystem::path other = file;
        other.replace_extension(".again.part");
        std::error_code error;
        // Nobody writes into it any more, so the name is enough; where there are no links, it is copied.
        std::filesystem::create_hard_link(file, other, error);
        if (error) {
            error.clear();
            std::filesystem::copy_file(file, other, error);
        }
        if (error) {
            // Half a copy helps nobody.
            std::error_code ignored;
            std::filesystem::remove(other, ignored);
            return std::filesystem::path();
        }
        return other;
    };
    spare_ = StagedUpload{twin(upload.file), upload.clientFileName, {}};
    if (!upload.cover.empty()) {
        spare_->cover = twin(upload.cover);
    }
    return !spare_->file.empty() && spare_->cover.empty() == upload.cover.empty();
}

void UploadSink::dropSpare() {
    if (!spare_) {
        return;
    }
    std::error_code ignored;
    for (const std::filesystem::path& file : {spare_->file, spare_->cover}) {
        if (!file.empty()) {
            std::filesystem::remove(file, ignored);
        }
    }
    spare_.reset();
}

std::optional<StagedUpload> UploadSink::release() {
    if (spare_) {
        return std::exchange(spare_, std::nullopt);
    }
    if (!file_) {
        return std::nullopt;
    }
    auto path = file_->release();
    file_.reset();
    if (!path) {
        diskFailed_ = true;
        return std::nullopt;
    }
    StagedUpload upload{std::move(*path), std::move(fileName_), {}};
    if (cover_) {
        auto cover = cover_->release();
        cover_.reset();
        if (!cover) {
            diskFailed_ = true;
            std::error_code ignored;
            std::filesystem::remove(upload.file, ignored);
            return std::nullopt;
        }
        upload.cover = std::move(*cover);
    }
    if (std::exchange(again_, false) && !makeSpare(upload)) {
        // The second time is told of the disk.
        dropSpare();
        diskFailed_ = true;
    }
    return upload;
}

// The first token counts, as everywhere.
void UploadSink::learnToken(std::string_view token) {
    if (tokenKnown_ || token.empty()) {
        return;
    }
    tokenKnown_ = true;
    stranger_ = !check_(token);
    if (stranger_) {
        dropFiles();
    }
}

bool UploadSink::partBegins(PartHead head) {
    target_ = Target::Nothing;
    const bool isFile = head.fileName.has_value() && !head.fileName->empty();
    if (!head.fileName) {
        target_ = Target::Field;
        fields_.emplace_back(std::move(head.name), std::string());
    } else if (isFile && head.name == "data" && !sawFile_) {
        sawFile_ = true;
        fileName_ = std::move(*head.fileName);
        if (!stranger_) {
            if (auto file = StagedFile::create(config_.directory)) {
                file_.emplace(std::move(*file));
            }
            diskFailed_ = diskFailed_ || !file_;
        }
        target_ = Target::File;
    } else if (isFile && head.name == "cover" && config_.maxCoverBytes > 0 && !sawCover_) {
        sawCover_ = true;
        if (!stranger_) {
            if (auto cover = StagedFile::create(config_.directory)) {
                cover_.emplace(std::move(*cover));
            } else {
                diskFailed_ = true;
            }
        }
        target_ = Target::Cover;
    }
    return true;
}

bool UploadSink::partData(std::string_view piece) {
    switch (target_) {
        case Target::Nothing:
            return true;
        case Target::Field:
            fieldBytes_ += piece.size();
            if (fieldBytes_ > config_.maxFieldBytes) {
                return false;
            }
            fields_.back().second.append(piece);
            return true;
        case Target::File:
            fileBytes_ += piece.size();
            if (fileBytes_ > config_.maxFileBytes) {
                tooLarge_ = true;
                return false;
            }
            if (file_) {
                keep(piece);
            }
            return true;
        case Target::Cover:
            coverBytes_ += piece.size();
            if (coverBytes_ > config_.maxCoverBytes) {
                tooLarge_ = true;
                return false;
            }
            if (cover_) {
                keepCover(piece);
            }
            return true;
    }
    return true;
}

void UploadSink::keep(std::string_view piece) {
    if (fileBytes_ > nextLook_) {
        nextLook_ = fileBytes_ + kLookEvery;
        if (!hasRoomFor(piece.size())) {
            // The rest is read all the same, so that the client gets its answer.
            noRoom_ = true;
            dropFiles();
            return;
        }
    }
    if (!file_->write(piece)) {
        diskFailed_ = true;
        dropFiles();
    }
}

void UploadSink::keepCover(std::string_view piece) {
    if (!cover_->write(piece)) {
        diskFailed_ = true;
        dropFiles();
    }
}

bool UploadSink::partEnds() {
    if (target_ == Target::Field && fields_.back().first == "token") {
        learnToken(fields_.back().second);
    }
    target_ = Target::Nothing;
    return true;
}

}  // namespace tikgok::sim
