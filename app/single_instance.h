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
    };

    // `place` is a directory that belongs to this user alone; `key` tells apart what may run side by side,
    // for example by data directory. Any text; only a hash of it becomes part of a file name.
    SingleInstance(const QString& place, const QString& key, QObject* parent = nullptr);
    ~SingleInstance() override;

    // Finds out, once. Waits at most `patience` for another one to answer. When the directory cannot be used,
    // nothing can be told and this one is the First.
    Role claim(const QStringList& words, std::chrono::milliseconds patience = std::chrono::seconds(5));

Q_SIGNALS:
    // Somebody started the program again. From the event loop of this object's thread.
    void raiseRequested(const QStringList& words);

private:
    void takeCaller();
    bool isLeftUnderThisNumber() const;
    Role callFirst(const QStringList& words, std::chrono::milliseconds patience) const;

    QString socketPath_;
    QLockFile lock_;
    QLocalServer server_;
};

}  // namespace tikgok
