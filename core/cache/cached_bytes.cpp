// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/file_cache_state.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

using Failure = MediaBytes::Failure;

// How often a reader that waits looks whether it shall stop.
constexpr std::chrono::milliseconds kLook{50};

class CachedBytes final : public MediaBytes {
public:
    CachedBytes(std::shared_ptr<FileCacheState> state, std::shared_ptr<CachedFile> file)
        : state_(std::move(state)), file_(std::move(file)) {
        file_->readers.try_emplace(this);
    }

    ~CachedBytes() override {
        const std::lock_guard lock(state_->mutex);
        file_->readers.erase(this);
        if (state_->poke) {
            state_->poke();
        }
    }

    std::expected<qint64, Failure> read(qint64 at, std::span<char> into,
                                        const std::function<bool()>& stopped) override {
        if (into.empty() || at < 0) {
            return 0;
        }
        std::unique_lock lock(state_->mutex);
        if (auto begun = begin(lock, stopped); !begun) {
            return std::unexpected(begun.error());
        }
        bool asked = false;
        for (;;) {
            file_->readers[this] = {.at = at, .waiting = true, .begun = true};
            if (const auto failure = problem()) {
                return fail(*failure);
            }
            if (const qint64 there = file_->have.endFrom(at) - at; there > 0) {
                const qint64 most = std::min<qint64>(there, static_cast<qint64>(into.size()));
                lock.unlock();
                const qint64 count = readDisk(at, into.first(static_cast<std::size_t>(most)));
                lock.lock();
                if (version_ != file_->version) {
                    continue;
                }
                if (count > 0) {
                    file_->readers[this] = {.at = at + count, .waiting = false, .begun = true};
                    if (!file_->isWhole() && state_->poke) {
                        state_->poke();
                    }
                    return count;
                }
                // It said that they were there. Somebody cut the file, or the disk is broken: once more.
                disk_.close();
                state_->loseBytes(*file_);
                continue;
            }
            if (file_->size >= 0 && at >= file_->size) {
                file_->readers[this].waiting = false;
                return 0;
            }
            if (asked && file_->failure) {
                return fail(*file_->failure);
            }
            if (!asked) {
                file_->failure.reset();
                asked = true;
            }
            if (const auto waited = wait(lock, stopped); !waited) {
                return fail(waited.error());
            }
        }
    }

    std::expected<qint64, Failure> size(const std::function<bool()>& stopped) override {
        {
            const std::lock_guard lock(state_->mutex);
            if (began_ && version_ == file_->version && file_->size >= 0) {
                return file_->size;
            }
        }
        // The first byte brings the answer's head.
        char first = 0;
        if (auto got = read(0, std::span(&first, 1), stopped); !got) {
            return std::unexpected(got.error());
        }
        const std::lock_guard lock(state_->mutex);
        return file_->size;
    }

    void reportDamaged() override {
        const std::lock_guard lock(state_->mutex);
        if (began_ && version_ == file_->version) {
            file_->forget = true;
        }
    }

private:
    // Before the first byte: is what is there still what it was, and still what the server has?
    std::expected<void, Failure> begin(std::unique_lock<std::mutex>& lock,
                                       const std::function<bool()>& stopped) {
        if (began_) {
            return {};
        }
        if (file_->isWhole() && !file_->checked) {
            const int version = file_->version;
            const QByteArray known = file_->digest;
            if (!known.isEmpty()) {
                lock.unlock();
                const QByteArray now = digestOf(dataPath(state_->options.directory, file_->name), stopped);
                if (stopped()) {
                    return std::unexpected(Failure::Stopped);
                }
                lock.lock();
                if (version == file_->version && now != known) {
                    state_->forgetBytes(*file_);
                }
            }
            file_->checked = true;
        }
        if (file_->isWhole()) {
            const auto now = std::chrono::steady_clock::now();
            if (!file_->asked || now - *file_->asked > state_->options.askAgainAfter) {
                file_->askNow = true;
                const auto patience = now + state_->options.askPatience;
                while (file_->askNow || file_->asking) {
                    if (state_->closing || std::chrono::steady_clock::now() >= patience) {
                        break;
                    }
                    if (const auto waited = wait(lock, stopped); !waited) {
                        return waited;
                    }
                }
            }
        }
        version_ = file_->version;
        began_ = true;
        return {};
    }

    std::unexpected<Failure> fail(Failure failure) {
        file_->readers[this].waiting = false;
        return std::unexpected(failure);
    }

    [[nodiscard]] std::optional<Failure> problem() const {
        if (state_->closing || file_->refused) {
            return Failure::Unavailable;
        }
        // Other bytes than those that were read so far.
        return version_ == file_->version ? std::nullopt : std::optional(Failure::Network);
    }

    std::expected<void, Failure> wait(std::unique_lock<std::mutex>& lock,
                                      const std::function<bool()>& stopped) {
        state_->wanted.insert(file_);
        if (state_->poke) {
            state_->poke();
        }
        state_->changed.wait_for(lock, kLook);
        lock.unlock();
        const bool stop = stopped();
        lock.lock();
        if (stop) {
            return std::unexpected(Failure::Stopped);
        }
        return {};
    }

    qint64 readDisk(qint64 at, std::span<char> into) {
        if (!disk_.isOpen()) {
            disk_.setFileName(dataPath(state_->options.directory, file_->name));
            if (!disk_.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
                return -1;
            }
        }
        return disk_.seek(at) ? disk_.read(into.data(), static_cast<qint64>(into.size())) : -1;
    }

    const std::shared_ptr<FileCacheState> state_;
    const std::shared_ptr<CachedFile> file_;
    QFile disk_;
    int version_ = 0;
    bool began_ = false;
};

}  // namespace

std::unique_ptr<MediaBytes> openCachedBytes(std::shared_ptr<FileCacheState> state,
                                            std::shared_ptr<CachedFile> file) {
    return std::make_unique<CachedBytes>(std::move(state), std::move(file));
}

}  // namespace tikgok
