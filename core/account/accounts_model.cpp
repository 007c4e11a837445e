// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accounts_model.h"

#include <algorithm>
#include <utility>

namespace tikgok {

AccountsModel::AccountsModel(Session& session, QObject* parent)
    : QAbstractListModel(parent), session_(session), rows_(session.accounts()) {
    connect(&session_, &Session::accountsChanged, this, &AccountsModel::read);
    connect(&session_, &Session::signedInChanged, this, &AccountsModel::read);
}

int AccountsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant AccountsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const KnownAccount& account = rows_.at(index.row());
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return account.userName;
        case UserIdRole:
            return QString::number(account.userId);
        case AvatarRole:
            return account.avatarUrl;
        case PresentRole:
            return session_.signedIn() && session_.userId() == account.userId;
        case SignedOutRole:
            return account.signedOut || (session_.expired() && session_.lastUserId() == account.userId);
        case OpenWritesRole:
            return openWrites_
                       ? openWrites_(accountPrefix(session_.server()) + QString::number(account.userId))
                       : 0;
        default:
            return {};
    }
}

QHash<int, QByteArray> AccountsModel::roleNames() const {
    return {
        {NameRole, QByteArrayLiteral("name")},           {UserIdRole, QByteArrayLiteral("userId")},
        {AvatarRole, QByteArrayLiteral("avatarUrl")},    {PresentRole, QByteArrayLiteral("present")},
        {SignedOutRole, QByteArrayLiteral("signedOut")}, {OpenWritesRole, QByteArrayLiteral("openWrites")}};
}

void AccountsModel::setOpenWrites(std::function<int(const QString&)> openWrites) {
    openWrites_ = std::move(openWrites);
    openWritesChanged();
}

void AccountsModel::openWritesChanged() {
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {OpenWritesRole});
    }
}

void AccountsModel::read() {
    const QList<KnownAccount> now = session_.accounts();
    const bool same = std::ranges::equal(now, rows_, {}, &KnownAccount::userId, &KnownAccount::userId);
    if (!same) {
        beginResetModel();
        rows_ = now;
        endResetModel();
        Q_EMIT countChanged();
        return;
    }
    rows_ = now;
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1));
    }
}

}  // namespace tikgok
