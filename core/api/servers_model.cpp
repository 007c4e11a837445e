// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/servers_model.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Nobody answered. All else was said by somebody, and stays true until it is asked again.
bool isSilence(ServerVerdict verdict) {
    switch (verdict) {
        case ServerVerdict::NoSuchHost:
        case ServerVerdict::NobodyThere:
        case ServerVerdict::NoAnswer:
        case ServerVerdict::Cut:
        case ServerVerdict::Offline:
            return true;
        default:
            return false;
    }
}

}  // namespace

const QString ServersModel::kBuiltIn = QStringLiteral("builtin");

ServersModel::ServersModel(SavedServers& saved, ServerCheck::TransportFactory factory, QObject* parent)
    : QAbstractListModel(parent),
      saved_(saved),
      factory_(std::move(factory)),
      formCheck_(new ServerCheck(factory_, this)) {
    rows_.append(makeRow({}, false));
    for (const SavedServer& server : saved_.savedServers()) {
        rows_.append(makeRow(server, false));
    }
}

ServersModel::~ServersModel() = default;

ServersModel::Row ServersModel::makeRow(const SavedServer& server, bool passing) {
    auto* check = new ServerCheck(factory_, this);
    connect(check, &ServerCheck::done, this,
            [this, check](const ServerReport& report) { found(check, report); });
    return {.name = server.name, .url = server.url, .passing = passing, .check = check, .leaving = false};
}

int ServersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant ServersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = rows_.at(index.row());
    const bool builtIn = row.url.isEmpty();
    switch (role) {
        case NameRole:
            return row.name;
        case AddressRole:
            return (builtIn ? builtInUrl_ : row.url).toDisplayString();
        case BuiltInRole:
            return builtIn;
        case PresentRole:
            return keyOf(row) == present_;
        case PassingRole:
            return row.passing;
        case DialectRole:
            return QVariant::fromValue(saved_.rememberedTraits(keyOf(row)).dialect);
        case CheckRole:
            return QVariant::fromValue(row.check);
        case LeavingRole:
            return row.leaving;
        case Qt::DisplayRole:
            return row.name.isEmpty() ? keyOf(row) : row.name;
        default:
            return {};
    }
}

QHash<int, QByteArray> ServersModel::roleNames() const {
    return {{NameRole, QByteArrayLiteral("name")},       {AddressRole, QByteArrayLiteral("address")},
            {BuiltInRole, QByteArrayLiteral("builtIn")}, {PresentRole, QByteArrayLiteral("present")},
            {PassingRole, QByteArrayLiteral("passing")}, {DialectRole, QByteArrayLiteral("dialect")},
            {CheckRole, QByteArrayLiteral("check")},     {LeavingRole, QByteArrayLiteral("leaving")}};
}

QString ServersModel::keyOf(const Row& row) const {
    return row.url.isEmpty() ? kBuiltIn : row.url.toString();
}

int ServersModel::rowOf(const QString& key) const {
    const auto found = std::ranges::find_if(rows_, [&](const Row& row) { return keyOf(row) == key; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int ServersModel::presentRow() const {
    return rowOf(present_);
}

QString ServersModel::presentName() const {
    const int row = presentRow();
    if (row < 0 || rows_.at(row).url.isEmpty()) {
        return {};
    }
    return rows_.at(row).name.isEmpty() ? rows_.at(row).url.toDisplayString() : rows_.at(row).name;
}

ServerTraits ServersModel::traits() const {
    return saved_.rememberedTraits(present_);
}

void ServersModel::changedRow(int row) {
    if (row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void ServersModel::dropPassing() {
    for (int row = count() - 1; row > 0; --row) {
        if (!rows_.at(row).passing || keyOf(rows_.at(row)) == present_) {
            continue;
        }
        if (thingsOf(row) != ServerThings()) {
            // What is kept for it would be out of reach.
            rows_[row].passing = false;
            changedRow(row);
            save();
        } else {
            beginRemoveRows({}, row, row);
            rows_.takeAt(row).check->deleteLater();
            endRemoveRows();
            Q_EMIT countChanged();
        }
    }
}

void ServersModel::setPresent(const QString& key, const QUrl& url, bool forThisRun) {
    const QString before = std::exchange(present_, key);
    forThisRun_ = forThisRun;
    if (key == kBuiltIn) {
        builtInUrl_ = url;
    } else if (rowOf(key) < 0) {
        beginInsertRows({}, count(), count());
        rows_.append(makeRow({.name = {}, .url = QUrl(key)}, true));
        endInsertRows();
        Q_EMIT countChanged();
    }
    dropPassing();
    changedRow(rowOf(before));
    changedRow(presentRow());
    Q_EMIT presentChanged();
    Q_EMIT traitsChanged();
    if (!url.isEmpty()) {
        test(presentRow());
    }
    if (!former_.isEmpty() && former_ != present_ && !present_.isEmpty()) {
        // Later: others have not left it yet.
        QMetaObject::invokeMethod(this, &ServersModel::takeAwayFormer, Qt::QueuedConnection);
    }
}

void ServersModel::takeAwayFormer() {
    if (!former_.isEmpty() && former_ != present_) {
        takeAway(std::exchange(former_, {}));
    }
}

void ServersModel::setBelongings(ServerBelongings* belongings) {
    belongings_ = belongings;
    if (belongings_ == nullptr) {
        scope_.restart();
    }
}

QString ServersModel::completed(const QString& address) const {
    const auto url = parseServerAddress(address);
    return url ? url->toDisplayString() : QString();
}

AddressProblem ServersModel::problemWith(const QString& address, int row) const {
    const auto url = parseServerAddress(address);
    if (!url) {
        return url.error();
    }
    const int there = rowOf(url->toString());
    return there >= 0 && there != row && !rows_.at(there).passing ? AddressProblem::AlreadyHere
                                                                  : AddressProblem::None;
}

AddressProblem ServersModel::add(const QString& name, const QString& address) {
    if (const AddressProblem problem = problemWith(address); problem != AddressProblem::None) {
        return problem;
    }
    const QUrl url = *parseServerAddress(address);
    if (const int passing = rowOf(url.toString()); passing >= 0) {
        rows_[passing].name = name.trimmed();
        rows_[passing].passing = false;
        changedRow(passing);
        save();
        Q_EMIT presentChanged();
        return AddressProblem::None;
    }
    beginInsertRows({}, count(), count());
    rows_.append(makeRow({.name = name.trimmed(), .url = url}, false));
    endInsertRows();
    save();
    Q_EMIT countChanged();
    return AddressProblem::None;
}

AddressProblem ServersModel::edit(int row, const QString& name, const QString& address) {
    if (row <= 0 || row >= count() || rows_.at(row).leaving) {
        return AddressProblem::Empty;
    }
    if (const AddressProblem problem = problemWith(address, row); problem != AddressProblem::None) {
        return problem;
    }
    const QUrl url = *parseServerAddress(address);
    const QString before = keyOf(rows_.at(row));
    const bool wasPresent = before == present_;
    const bool moved = url != rows_.at(row).url;
    if (moved && belongings_ != nullptr) {
        // The former one stays until nothing is kept for it any more. From the command line the other may be
        // there already.
        if (const int there = rowOf(url.toString()); there >= 0) {
            rows_[there].name = name.trimmed();
            rows_[there].passing = false;
            changedRow(there);
            save();
        } else {
            beginInsertRows({}, row + 1, row + 1);
            rows_.insert(row + 1, makeRow({.name = name.trimmed(), .url = url}, false));
            endInsertRows();
            save();
            Q_EMIT countChanged();
        }
        if (wasPresent) {
            former_ = before;
            Q_EMIT chosen(url);
        } else {
            takeAway(before);
        }
        return AddressProblem::None;
    }
    Row& one = rows_[row];
    one.name = name.trimmed();
    one.url = url;
    one.passing = false;
    if (moved) {
        one.check->stop();
    }
    changedRow(row);
    save();
    if (wasPresent && moved) {
        Q_EMIT chosen(url);
    } else if (wasPresent) {
        Q_EMIT presentChanged();
    }
    return AddressProblem::None;
}

bool ServersModel::remove(int row) {
    if (row <= 0 || row >= count() || keyOf(rows_.at(row)) == present_ || rows_.at(row).leaving) {
        return false;
    }
    takeAway(keyOf(rows_.at(row)));
    return true;
}

QCoro::Task<> ServersModel::takeAway(QString key) {
    const std::stop_token alive = scope_.token();
    int row = rowOf(key);
    if (row <= 0 || rows_.at(row).leaving) {
        co_return;
    }
    rows_[row].leaving = true;
    changedRow(row);
    bool gone = true;
    if (belongings_ != nullptr) {
        gone = co_await belongings_->removeAll(key, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        row = rowOf(key);
        if (row <= 0) {
            co_return;
        }
    }
    // Who has moved may have the name from now on.
    QString name = data(index(row), Qt::DisplayRole).toString();
    if (std::ranges::count(rows_, rows_.at(row).name, &Row::name) > 1) {
        name = rows_.at(row).url.toDisplayString();
    }
    if (!gone || key == present_) {
        rows_[row].leaving = false;
        changedRow(row);
        Q_EMIT removalFailed(name);
        co_return;
    }
    beginRemoveRows({}, row, row);
    rows_.takeAt(row).check->deleteLater();
    endRemoveRows();
    saved_.rememberTraits(key, {});
    save();
    Q_EMIT countChanged();
    Q_EMIT removed(name);
}

ServerThings ServersModel::thingsOf(int row) const {
    return belongings_ == nullptr || row <= 0 || row >= count() ? ServerThings()
                                                                : belongings_->of(keyOf(rows_.at(row)));
}

int ServersModel::rowWithAddress(const QString& address) const {
    for (int row = 0; row < count(); ++row) {
        if (data(index(row), AddressRole).toString() == address) {
            return row;
        }
    }
    return -1;
}

int ServersModel::accountsOf(int row) const {
    return thingsOf(row).accounts;
}

int ServersModel::writesOf(int row) const {
    return thingsOf(row).writes;
}

int ServersModel::draftsOf(int row) const {
    return thingsOf(row).drafts;
}

int ServersModel::recordingsOf(int row) const {
    return thingsOf(row).recordings;
}

void ServersModel::choose(int row) {
    if (row >= 0 && row < count() && !rows_.at(row).leaving) {
        Q_EMIT chosen(rows_.at(row).url);
    }
}

void ServersModel::test(int row) {
    if (row < 0 || row >= count()) {
        return;
    }
    const Row& one = rows_.at(row);
    const QUrl url = one.url.isEmpty() ? builtInUrl_ : one.url;
    if (!url.isEmpty()) {
        one.check->run(url);
    }
}

void ServersModel::testAddress(const QString& address) {
    if (const auto url = parseServerAddress(address)) {
        formCheck_->run(*url);
    } else {
        formCheck_->stop();
    }
}

void ServersModel::serverIsBack() {
    const int row = presentRow();
    if (row < 0) {
        return;
    }
    const ServerCheck& check = *rows_.at(row).check;
    // One that is under way may have begun before.
    if (check.running() || isSilence(check.verdict()) || dialect() == Dialect::Unknown) {
        test(row);
    }
}

void ServersModel::found(const ServerCheck* check, const ServerReport& report) {
    // Only what is certain: a server that is not there now keeps what it was found to be.
    if (report.verdict != ServerVerdict::Good) {
        return;
    }
    const auto row = std::ranges::find(rows_, check, [](const Row& one) { return one.check; });
    if (row == rows_.end()) {
        return;
    }
    const QString key = keyOf(*row);
    ServerTraits before = saved_.rememberedTraits(key);
    saved_.rememberTraits(key, report.traits);
    changedRow(static_cast<int>(row - rows_.begin()));
    before.checkedAt = report.traits.checkedAt;
    if (key == present_ && before != report.traits) {
        Q_EMIT traitsChanged();
    }
}

void ServersModel::save() {
    QList<SavedServer> servers;
    for (const Row& row : std::as_const(rows_)) {
        if (!row.url.isEmpty() && !row.passing) {
            servers.append({.name = row.name, .url = row.url});
        }
    }
    saved_.setSavedServers(servers);
}

}  // namespace tikgok
