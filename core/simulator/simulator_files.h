// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that go between a simulator and this computer: a world as a file, out and in again, and a recording.
// One at a time; it can be stopped.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/simulator/admin_client.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QUrl>

#include <functional>
#include <optional>

namespace tikgok {

class SimulatorFiles final : public QObject {
    Q_OBJECT
    // What is under way.
    Q_PROPERTY(Work work READ work NOTIFY changed)
    // It can still be stopped. The last step cannot: it is done in a moment, or the simulator does it all the
    // same.
    Q_PROPERTY(bool stoppable READ stoppable NOTIFY changed)
    // 0 to 1; -1 while nobody knows.
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    // How the last one ended, and which it was; until the next one begins.
    Q_PROPERTY(Work last READ last NOTIFY changed)
    Q_PROPERTY(Outcome outcome READ outcome NOTIFY changed)
    // Done: the file, or the name of the snapshot. FileTrouble: the system's words.
    Q_PROPERTY(QString place READ place NOTIFY changed)
    // Refused and NotAWorld: why, and the simulator's words, in English; they may be empty.
    Q_PROPERTY(tikgok::ErrorKinds::Kind problem READ problem NOTIFY changed)
    Q_PROPERTY(QString words READ words NOTIFY changed)

public:
    enum class Work { None, ExportWorld, ImportWorld, SaveRecording };
    Q_ENUM(Work)
    enum class Outcome {
        None,
        Done,
        Stopped,
        NotHere,      // not a file of this computer
        FileTrouble,  // it cannot be read or written
        NotAWorld,    // whatever it is, no world was ever exported like that
        TooLarge,     // for this page
        Refused,      // the simulator did not do it
    };
    Q_ENUM(Outcome)

    // Must outlive this.
    explicit SimulatorFiles(AdminClient& client, QObject* parent = nullptr);
    ~SimulatorFiles() override;

    [[nodiscard]] Work work() const { return work_; }
    [[nodiscard]] bool stoppable() const { return work_ != Work::None && !committing_; }
    [[nodiscard]] double progress() const { return progress_; }
    [[nodiscard]] Work last() const { return last_; }
    [[nodiscard]] Outcome outcome() const { return outcome_; }
    [[nodiscard]] QString place() const { return place_; }
    [[nodiscard]] ErrorKind problem() const { return problem_; }
    [[nodiscard]] QString words() const { return words_; }

    // The world as it is, as one file that only its owner reads. An old file stays until the new one is
    // whole.
    Q_INVOKABLE void exportWorld(const QUrl& file);
    // Makes a snapshot of an exported world, named after the file; the world that is there stays.
    Q_INVOKABLE void importWorld(const QUrl& file);
    // What was recorded so far, as a file that only its owner reads.
    Q_INVOKABLE void saveRecording(const QUrl& file);
    // What is on its way, and what the simulator has of it already. Does nothing when it is not stoppable.
    Q_INVOKABLE void stop();

    // Another server: nothing of the former one.
    void forget();

    // A snapshot's name from a file's, other than those that are `taken`.
    static QString snapshotName(const QString& path, const QStringList& taken);

Q_SIGNALS:
    void changed();
    // `place` as the property has it.
    void done(Work work, const QString& place);

private:
    struct Piece {
        QByteArray bytes;
        qint64 fileSize = 0;
        // The system's words.
        QString trouble;
    };

    // Whether it may; then it has begun.
    bool begin(Work work, const QUrl& file);
    void end(Outcome outcome, const QString& place = {});
    void endWith(const Error& error);
    QCoro::Task<> fetch(AdminCall call, QString path);
    QCoro::Task<> upload(QString path);
    // Takes back what the simulator has of a file.
    QCoro::Task<> takeBack(QString import);
    static Piece readPiece(const QString& path, qint64 at, qint64 most);
    // Nothing: nobody waits any more.
    template <class T>
    QCoro::Task<std::optional<T>> onDisk(std::function<T()> work, std::stop_token alive);

    AdminClient& client_;
    Work work_ = Work::None;
    double progress_ = -1;
    bool committing_ = false;
    // What the simulator has of a file that is on its way to it; empty: nothing.
    QString import_;
    Work last_ = Work::None;
    Outcome outcome_ = Outcome::None;
    QString place_;
    ErrorKind problem_ = ErrorKind::None;
    QString words_;
    QThreadPool disk_;
    QObject context_;
    TaskScope scope_;
    TaskScope takingBack_;
};

}  // namespace tikgok
