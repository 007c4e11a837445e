// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What was prepared and not sent, of the present account, newest first. On disk a second after the last
// change, at the latest five seconds after the first, and when the object is destroyed.
#pragma once

#include "core/account/session.h"
#include "core/publish/file_desk.h"
#include "core/publish/publish_store.h"

#include <QAbstractListModel>
#include <QList>
#include <QSet>
#include <QTimer>

#include <optional>

namespace tikgok {

class PublishDrafts final : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // The disk refused the last change; it is tried again.
    Q_PROPERTY(bool unsaved READ unsaved NOTIFY unsavedChanged)

public:
    enum Role {
        DraftIdRole = Qt::UserRole + 1,  // decimal digits
        TitleRole,
        FileNameRole,  // without the path; empty without a file
        ThumbRole,     // a data URL, may be empty
        SizeRole,      // bytes
        GoneRole,      // its file is not there any more
        RecordedRole,  // here, with the camera: the file goes with the draft
    };
    Q_ENUM(Role)

    // All must outlive the model.
    PublishDrafts(Session& session, PublishStore& store, FileDesk& files, QObject* parent = nullptr);
    ~PublishDrafts() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] bool unsaved() const { return unsaved_; }
    [[nodiscard]] bool loaded() const { return loaded_; }
    // All that is on disk is here. Not so before loading is over, nor as long as the file cannot be read: it
    // is tried again with checkFiles(), and once the disk has taken a draft.
    [[nodiscard]] bool whole() const { return whole_; }
    [[nodiscard]] std::optional<PublishDraft> draft(std::int64_t id) const;
    // Of all accounts, and their files.
    [[nodiscard]] const QList<PublishDraft>& all() const { return all_; }
    [[nodiscard]] QStringList paths() const;
    // Whose drafts these are; a stranger's have a name, too.
    [[nodiscard]] QString account() const;

    // A new id, larger than any before.
    [[nodiscard]] std::int64_t nextId();
    // Adds or replaces it. One with nothing in it is removed.
    void put(PublishDraft draft);
    void remove(std::int64_t id);
    // Removes all of an account, also what is not loaded yet.
    void forget(const QString& account);
    // Removes all of a server's accounts (see accountPrefix()), with what was recorded for them, once the
    // disk has let go of them; otherwise all is as it was.
    QCoro::Task<Result<void>> forgetServer(QString server);
    [[nodiscard]] int countOf(const QString& server) const;
    // Writes now.
    void flush();
    // As remove(), and what was recorded for it is deleted.
    Q_INVOKABLE void discard(const QString& draft);
    // Looks whether the files are still there, and for drafts that could not be read.
    Q_INVOKABLE void checkFiles();

Q_SIGNALS:
    void countChanged();
    void unsavedChanged();
    void loadedChanged();
    // The present account's, after sign-in or out; ids stay valid for what was adopted.
    void accountChanged();

private:
    QCoro::Task<> load();
    void loadAgain();
    QCoro::Task<> write(PublishDraft draft);
    QCoro::Task<> erase(std::int64_t id);
    QCoro::Task<> look();
    [[nodiscard]] bool isForgotten(const QString& account) const;
    void accountMayHaveChanged();
    // Gives what was prepared before anybody was signed in to who is.
    void adoptStrangers();
    void rebuild();
    [[nodiscard]] int rowOf(std::int64_t id) const;
    void setUnsaved(bool unsaved);

    Session& session_;
    PublishStore& store_;
    FileDesk& files_;
    // Of all accounts.
    QList<PublishDraft> all_;
    // Those of the present one: ids, as shown.
    QList<std::int64_t> rows_;
    // Accounts that are to be gone once the file has been read.
    QSet<QString> forgotten_;
    QStringList forgottenServers_;
    // Since the file is being read.
    QSet<std::int64_t> removed_;
    QSet<std::int64_t> gone_;
    QSet<std::int64_t> dirty_;
    QString account_;
    QTimer soon_;
    QTimer latest_;
    bool loading_ = false;
    bool loaded_ = false;
    bool whole_ = false;
    bool unsaved_ = false;
    std::int64_t lastId_ = 0;
    TaskScope scope_;
};

}  // namespace tikgok
