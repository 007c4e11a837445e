// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts that were typed and not handed in yet, per account and video. They survive restarts and crashes.
#pragma once

#include "core/settings/atomic_file.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>

namespace tikgok {

// Handed in with an earlier version of this program, which kept them here.
struct UnsentText {
    QString account;
    QString target;
    QString text;
    // It may have arrived after all: the program ended, or the line was cut, before the answer.
    bool uncertain = true;

    bool operator==(const UnsentText&) const = default;
};

struct DraftsOptions {
    // A change is written when so long nobody has typed on, but so long after it at the latest.
    std::chrono::milliseconds afterLastChange{250};
    std::chrono::milliseconds afterFirstChange{1'000};
};

// Written to disk soon after a change (see above), when save() is called, and when the object is destroyed.
class Drafts final : public QObject {
    Q_OBJECT

public:
    // A file that cannot be read as drafts is put aside, never overwritten.
    explicit Drafts(const QString& filePath, DraftsOptions options = {}, QObject* parent = nullptr);
    ~Drafts() override;

    [[nodiscard]] QString filePath() const { return file_.path(); }

    // `account` names server and user, `target` what the text is for (a video id).
    [[nodiscard]] QString draft(const QString& account, const QString& target) const;
    void setDraft(const QString& account, const QString& target, const QString& text);

    // Of all accounts and targets; see unsent_texts.h.
    [[nodiscard]] QList<UnsentText> unsent() const;
    // One that is the same but for `uncertain`. Written at once.
    void removeUnsent(const UnsentText& unsent);

    // What a stranger typed belongs to who signs in. A draft of the account's own is not overwritten.
    void adopt(const QString& strangerAccount, const QString& account);

    // All of an account that was removed from this device.
    void forget(const QString& account);
    // The same of all accounts whose names begin so.
    void forgetAll(const QString& accountPrefix);
    [[nodiscard]] int countOfAll(const QString& accountPrefix) const;

    // Writes now what waits, without waiting for the disk: somebody looks elsewhere.
    void save();
    // The same, and waits for it.
    void flush();

Q_SIGNALS:
    // `target` is empty when it may be any of the account's.
    void draftChanged(const QString& account, const QString& target);

private:
    struct Entry {
        QString draft;
        QList<UnsentText> unsent;

        [[nodiscard]] bool isEmpty() const { return draft.isEmpty() && unsent.isEmpty(); }
    };
    void load();
    Entry& entry(const QString& account, const QString& target);
    void dropEmpty(const QString& account, const QString& target);
    void changed();
    void write();

    AtomicFile file_;
    // By account, then by target.
    QHash<QString, QHash<QString, Entry>> entries_;
    QTimer soon_;
    QTimer latest_;
};

}  // namespace tikgok
