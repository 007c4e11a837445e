// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One window per person and data directory: a second start hands its words to the first and leaves.
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>

namespace tikgok {

class SingleInstance final : public QObject {
    Q_OBJECT

public:
    enum class Role {
        First,     // go on; raiseRequested() tells of later starts
        Second,    // another one runs and has taken the words: leave
        NoAnswer,  // another one runs and does not answer: leave and say so
        // Another one uses the data directory and cannot be called from here, since it has another `place`,
        // as in another session: leave and say so.
        DataInUse,
    };

    // `place` is a directory that belongs to this user alone, for calling the first. `dataDirectory` is what
    // only one may use at a time, by whatever path; there is a lock file in it.
    SingleInstance(const QString& place, const QString& dataDirectory, QObject* parent = nullptr);
    ~SingleInstance() override;

    // Finds out, once. Waits at most `patience` for another one to answer. When neither directory can be
    // used, nothing can be told and this one is the First.
    Role claim(const QStringList& words, std::chrono::milliseconds patience = std::chrono::seconds(5));

Q_SIGNALS:
    // Somebody started the program again. From the event loop of this object's thread.
    void raiseRequested(const QStringList& words);

private:
    void takeCaller();
    bool isLeftUnderThisNumber() const;
    Role callFirst(const QStringList& words, std::chrono::milliseconds patience) const;

    bool holdData();

    QString socketPath_;
    QLockFile lock_;
    // Held by the system as long as this process has the file open. -1: it is not.
    const QString dataLockPath_;
    int dataLock_ = -1;
    QLocalServer server_;
};

}  // namespace tikgok
