// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small file that is always whole: written to a new file, synced, then renamed.
#pragma once

#include <QByteArray>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <optional>

namespace tikgok {

// Writing happens on a thread of its own, in order, so that the caller never waits for the disk. What the
// disk did not take, as a full one does, is tried again until it does. Use from one thread, which has an
// event loop.
class AtomicFile {
public:
    explicit AtomicFile(QString path, std::chrono::milliseconds again = std::chrono::seconds(5));
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    // Waits until all is written; tries once more what could not be.
    ~AtomicFile();

    [[nodiscard]] QString path() const { return path_; }
    // Nothing when there is no such file, or it cannot be read: then it is put aside, so that it is still
    // there when its trouble is over.
    [[nodiscard]] std::optional<QByteArray> read();
    // Makes the folder where needed. Trouble goes to the log; the file on disk stays as it was.
    void write(QByteArray bytes);
    void waitForWritten();
    // Renames a file that nobody can make sense of; see freeAsideName(). When that is not possible, it stays,
    // and nothing is written any more.
    void putAside();

private:
    void start();
    void moveAside(const char* why);

    QString path_;
    // What is to be in the file.
    QByteArray newest_;
    // What is there is not to be lost.
    bool untouchable_ = false;
    std::atomic<bool> refused_ = false;
    QTimer again_;
    QThreadPool writer_;
};

}  // namespace tikgok
