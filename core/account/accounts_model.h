// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The accounts of the present server, for the list in which one switches.
#pragma once

#include "core/account/session.h"

#include <QAbstractListModel>
#include <QList>

#include <functional>

namespace tikgok {

class AccountsModel final : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        // Digits.
        UserIdRole,
        // The last one seen; may be empty.
        AvatarRole,
        // Signed in, and the one in whose name things are done.
        PresentRole,
        // Asks for the password when it is chosen.
        SignedOutRole,
        // What waits to be sent, or failed, in its name.
        OpenWritesRole,
    };
    Q_ENUM(Role)

    // `session` must outlive the model.
    explicit AccountsModel(Session& session, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    // Tells what waits in an account's name, by Session::accountKey(); until then, nothing does.
    void setOpenWrites(std::function<int(const QString& account)> openWrites);
    void openWritesChanged();

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }

Q_SIGNALS:
    void countChanged();

private:
    void read();

    Session& session_;
    QList<KnownAccount> rows_;
    std::function<int(const QString&)> openWrites_;
};

}  // namespace tikgok
