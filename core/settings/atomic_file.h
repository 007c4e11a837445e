// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small file that is always whole: written to a new file, synced, then renamed.
#pragma once

#include <QByteArray>
#include <QString>
#include <QThreadPool>

#include <optional>

namespace tikgok {

// Writing happens on a thread of its own, in order, so that the caller never waits for the disk. Use from one
// thread.
class AtomicFile {
public:
    explicit AtomicFile(QString path);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    // Waits until all is written.
    ~AtomicFile();

    [[nodiscard]] QString path() const { return path_; }
    // Nothing when there is no such file or it cannot be read.
    [[nodiscard]] std::optional<QByteArray> read() const;
    // Makes the folder where needed. Trouble goes to the log; the file on disk stays as it was.
    void write(QByteArray bytes);
    void waitForWritten();
    // Renames a file that nobody can make sense of to "<path>.bad", replacing an older one.
    void putAside() const;

private:
    QString path_;
    QThreadPool writer_;
};

}  // namespace tikgok
