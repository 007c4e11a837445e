// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/database.h"

#include "core/storage/database_file.h"

#include <QLoggingCategory>

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(storageLog, "tikgok.storage")

Error storageError(const QString& detail) {
    return {.kind = ErrorKind::Storage,
            .serverWords = {},
            .retryable = true,
            .maybeDone = false,
            .retryAfter = {},
            .detail = detail};
}

}  // namespace

// Everything below happens on the worker's own thread, but for the constructor, the destructor and add().
class Database::Worker {
public:
    Worker(Database& owner, QString path, QList<SchemaPart> parts, StorageClass storage)
        : owner_(owner), path_(std::move(path)), parts_(std::move(parts)), storage_(storage), thread_([this] {
              loop();
          }) {}

    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

    void add(Work work, Done done, Frame frame) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push_back({std::move(work), std::move(done), frame});
        }
        wake_.notify_one();
    }

private:
    struct OneJob {
        Work work;
        Done done;
        Frame frame;
    };

    void loop() {
        open();
        while (true) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
            if (jobs_.empty()) {
                break;
            }
            OneJob job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            std::optional<Error> error = perform(job);
            QMetaObject::invokeMethod(
                &owner_, [done = std::move(job.done), error = std::move(error)] { done(error); },
                Qt::QueuedConnection);
        }
        database_.reset();
    }

    void open() {
        OpenedFile opened = openDatabaseFile(path_, parts_, storage_);
        if (!opened.detail.isEmpty() && opened.detail != said_) {
            said_ = opened.detail;  // each job tries again: once is enough
            qCWarning(storageLog) << path_ << opened.detail << opened.asidePath;
        }
        database_ = std::move(opened.database);
        mayTryAgain_ = opened.state == State::Unwritable;
        QMetaObject::invokeMethod(
            &owner_,
            [&owner = owner_, state = opened.state, aside = opened.asidePath, removed = opened.removed] {
                owner.foundDamage(aside, removed);
                owner.setState(state);
            },
            Qt::QueuedConnection);
    }

    std::optional<Error> perform(OneJob& job) {
        if (!database_ && mayTryAgain_) {
            open();
        }
        if (!database_) {
            return storageError(said_);
        }
        try {
            std::optional<SQLite::Transaction> transaction;
            if (job.frame == Frame::Transaction) {
                transaction.emplace(*database_);
            }
            job.work(*database_);
            if (transaction) {
                transaction->commit();
            }
            return std::nullopt;
        } catch (const std::exception& exception) {
            // SQLite's words name tables and conditions, never values.
            return storageError(QString::fromUtf8(exception.what()));
        }
    }

    Database& owner_;
    const QString path_;
    const QList<SchemaPart> parts_;
    const StorageClass storage_;
    std::unique_ptr<SQLite::Database> database_;
    QString said_;
    bool mayTryAgain_ = false;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<OneJob> jobs_;
    bool ending_ = false;
    // Last: it begins when all else is there.
    std::thread thread_;
};

Database::Database(const QString& path, QList<SchemaPart> parts, StorageClass storage, QObject* parent)
    : QObject(parent),
      path_(path),
      worker_(std::make_unique<Worker>(*this, path, std::move(parts), storage)) {}

Database::~Database() {
    worker_.reset();
}

bool Database::hasDamagedAside(const QString& path) {
    return !path.isEmpty() && hasAsideFiles(path);
}

void Database::post(Work work, Done done, Frame frame) {
    worker_->add(std::move(work), std::move(done), frame);
}

QCoro::Task<Result<void>> Database::emptyLog(std::stop_token alive) {
    const Once<Result<void>> done;
    post(
        [](SQLite::Database& database) {
            // The first column: somebody else reads, and needs it.
            if (database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0) {
                throw std::runtime_error("the log is in use");
            }
        },
        [done](std::optional<Error> error) {
            done.finish(error ? Result<void>(std::unexpected(std::move(*error))) : Result<void>());
        },
        Frame::None);
    const auto stop = [done] { done.finish(std::unexpected(cancelledError())); };
    const std::stop_token mine = scope_.token();
    const std::stop_callback callerGone(alive, stop);
    const std::stop_callback databaseGone(mine, stop);
    auto result = co_await done;
    co_return std::move(result);
}

void Database::setState(State state) {
    if (std::exchange(state_, state) != state) {
        Q_EMIT stateChanged();
    }
}

void Database::foundDamage(const QString& asidePath, bool removed) {
    if (!asidePath.isEmpty() || removed) {
        asidePath_ = asidePath;
        Q_EMIT damageFound(asidePath);
    }
}

}  // namespace tikgok
