// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One SQLite file with a thread of its own.
//
//     auto names = co_await database.run([id](SQLite::Database& db) { ...; return QStringList{...}; },
//     alive); if (alive.stop_requested()) {
//         co_return;
//     }
//
// A job runs on the database's thread, so it captures values and touches nothing else. Jobs run one after the
// other in the order of run(), each in a transaction of its own: all of it happens or nothing. What a job
// throws becomes an ErrorKind::Storage. A job that was handed in runs even when its caller is gone: `alive`
// ends the waiting, not the work.
//
// Whoever keeps something in the file brings a SchemaPart: a name and an ordered table of steps.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"

#include <QList>
#include <QObject>
#include <QString>
#include <qcoro/qcorotask.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace SQLite {
class Database;
}

namespace tikgok {

// Changes the schema of a part by one version. May throw; then nothing of the whole migration happened.
using MigrationStep = void (*)(SQLite::Database& database);

// The tables of one user of the file. Step i leads from version i to i + 1. Steps that were released are
// never edited, only followed by others. The span must outlive the database.
struct SchemaPart {
    QString name;
    std::span<const MigrationStep> steps;
};

enum class StorageClass {
    // What people made: every commit is synced, the whole file is checked at open, and a damaged file is put
    // aside.
    Precious,
    // What can be fetched again: synced now and then, checked lightly, and a damaged file is removed.
    Disposable,
};

// Use from one thread.
class Database final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Opening,
        Ready,
        TooNew,      // a newer version of this program wrote it; it is not touched, and every job fails
        Unwritable,  // it could not be opened: no space, no permission. Each job tries again
    };
    Q_ENUM(State)

    // Opening begins at once, on the other thread. Makes the folder where needed; the file can be read by its
    // owner only. An empty path keeps everything in memory.
    Database(const QString& path, QList<SchemaPart> parts, StorageClass storage = StorageClass::Precious,
             QObject* parent = nullptr);
    // Waits until every job that was handed in has run. Who still waits for one gets ErrorKind::Cancelled.
    ~Database() override;

    [[nodiscard]] QString path() const { return path_; }
    [[nodiscard]] State state() const { return state_; }
    // A damaged file was found at open and is now here, and a fresh one was begun. Empty: it was not so.
    [[nodiscard]] QString asidePath() const { return asidePath_; }
    // Whether a damaged file of an earlier start, or of this one, still lies beside `path`. Looks at the
    // disk, from any thread.
    [[nodiscard]] static bool hasDamagedAside(const QString& path);

    template <class Job>
    auto run(Job job, std::stop_token alive)
        -> QCoro::Task<Result<std::invoke_result_t<Job&, SQLite::Database&>>> {
        using R = std::invoke_result_t<Job&, SQLite::Database&>;
        const Once<Result<R>> done;
        // Filled on the other thread, read on this one after it.
        const auto value = std::make_shared<std::optional<Result<R>>>();
        post(
            [job = std::move(job), value](SQLite::Database& database) mutable {
                if constexpr (std::is_void_v<R>) {
                    job(database);
                    value->emplace();
                } else {
                    value->emplace(job(database));
                }
            },
            [value, done](std::optional<Error> error) {
                if (error) {
                    done.finish(std::unexpected(std::move(*error)));
                } else {
                    done.finish(std::move(**value));
                }
            });
        const auto stop = [done] { done.finish(std::unexpected(cancelledError())); };
        const std::stop_token mine = scope_.token();
        const std::stop_callback callerGone(alive, stop);
        const std::stop_callback databaseGone(mine, stop);
        auto result = co_await done;
        co_return std::move(result);
    }

    // Once it ends well, the files hold nothing any more of what the jobs removed that were handed in before.
    // (What is removed is written over; until this, or the last one who has the file open closes it, the log
    // may still hold it.)
    QCoro::Task<Result<void>> emptyLog(std::stop_token alive);

Q_SIGNALS:
    void stateChanged();
    // See asidePath(); empty when the file was Disposable and is gone.
    void damageFound(const QString& asidePath);

private:
    class Worker;
    using Work = std::move_only_function<void(SQLite::Database&)>;
    using Done = std::function<void(std::optional<Error>)>;

    enum class Frame { Transaction, None };
    void post(Work work, Done done, Frame frame = Frame::Transaction);
    void setState(State state);
    void foundDamage(const QString& asidePath, bool removed);

    QString path_;
    State state_ = State::Opening;
    QString asidePath_;
    std::unique_ptr<Worker> worker_;
    TaskScope scope_;
};

}  // namespace tikgok
