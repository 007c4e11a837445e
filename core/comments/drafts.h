// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts that were typed and not sent yet, per account and video. They survive restarts and crashes.
#pragma once

#include "core/settings/atomic_file.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace tikgok {

// Written to disk a second after the last change, at the latest five seconds after the first, and when the
// object is destroyed.
class Drafts final : public QObject {
    Q_OBJECT

public:
    // A file that cannot be read as drafts is put aside, never overwritten.
    explicit Drafts(const QString& filePath, QObject* parent = nullptr);
    ~Drafts() override;

    // `account` names server and user, `target` what the text is for (a video id).
    [[nodiscard]] QString draft(const QString& account, const QString& target) const;
    void setDraft(const QString& account, const QString& target, const QString& text);

    // Texts that were handed in for sending and are not known to have arrived, oldest first.
    [[nodiscard]] QStringList unsent(const QString& account, const QString& target) const;
    void addUnsent(const QString& account, const QString& target, const QString& text);
    // Takes out one equal text.
    void removeUnsent(const QString& account, const QString& target, const QString& text);

    // Writes now and waits for it.
    void flush();

private:
    struct Entry {
        QString draft;
        QStringList unsent;
    };
    [[nodiscard]] static QString keyOf(const QString& account, const QString& target);
    void load();
    void changed(const QString& key);
    void write();

    AtomicFile file_;
    QHash<QString, Entry> entries_;
    QTimer soon_;
    QTimer latest_;
};

}  // namespace tikgok
