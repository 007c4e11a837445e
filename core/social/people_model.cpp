// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/social/people_model.h"

#include <utility>

namespace tikgok {

namespace {

// The reference server drops pictures, words and counters of friends; zeroes that stand for "not told" must
// not overwrite what is known.
contract::User completed(contract::User told, const UserEntity* known) {
    const bool stripped = told.avatar.empty() && told.backgroundImage.empty() && told.signature.empty() &&
                          told.totalFavorited == 0 && told.workCount == 0 && told.favoriteCount == 0;
    if (!stripped || known == nullptr) {
        return told;
    }
    const contract::User before = known->told();
    told.totalFavorited = before.totalFavorited;
    told.workCount = before.workCount;
    told.favoriteCount = before.favoriteCount;
    if (told.followCount == 0 && told.followerCount == 0) {
        told.followCount = before.followCount;
        told.followerCount = before.followerCount;
    }
    return told;
}

}  // namespace

PeopleModel::PeopleModel(Kind kind, contract::Id userId, Api& api, Session& session, EntityStore& store,
                         PeopleDetails& details, QObject* parent)
    : QAbstractListModel(parent),
      kind_(kind),
      userId_(userId),
      api_(api),
      session_(session),
      store_(store),
      details_(details) {
    connect(&session_, &Session::serverChanged, this, &PeopleModel::clear);
    connect(&session_, &Session::signedInChanged, this, &PeopleModel::accountMayHaveChanged);
}

PeopleModel::~PeopleModel() {
    releaseAll();
}

void PeopleModel::releaseAll() {
    for (const Row& row : std::as_const(rows_)) {
        row.user->use().release();
    }
}

int PeopleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = rows_.at(index.row());
    switch (role) {
        case UserRole:
            return QVariant::fromValue(row.user);
        case MessageRole:
            return row.message;
        case MessageSentRole:
            return row.sent;
        case Qt::DisplayRole:
            return row.user->name();
        default:
            return {};
    }
}

QHash<int, QByteArray> PeopleModel::roleNames() const {
    return {{UserRole, QByteArrayLiteral("user")},
            {MessageRole, QByteArrayLiteral("message")},
            {MessageSentRole, QByteArrayLiteral("messageSent")}};
}

UserEntity* PeopleModel::userAt(int row) const {
    return row < 0 || row >= count() ? nullptr : rows_.at(row).user;
}

void PeopleModel::refresh() {
    if (state_ != State::Loading && !refreshing_) {
        load();
    }
}

void PeopleModel::clear() {
    scope_.restart();
    readAs_ = 0;
    beginResetModel();
    releaseAll();
    rows_.clear();
    endResetModel();
    setRefreshing(false);
    setSavedAt(std::nullopt);
    setState(State::Empty);
    Q_EMIT countChanged();
}

void PeopleModel::accountMayHaveChanged() {
    if (session_.expired() || state_ == State::Empty) {
        return;
    }
    if (readAs_ == session_.userId() && state_ != State::Loading && !refreshing_) {
        return;
    }
    if (userId_ == 0) {
        clear();  // other people altogether
    } else {
        scope_.restart();
        setRefreshing(false);
    }
    load();
}

QCoro::Task<> PeopleModel::load() {
    const std::stop_token alive = scope_.token();
    const contract::Id reader = session_.userId();
    const contract::Id id = userId_ == 0 ? reader : userId_;
    const bool first = count() == 0;
    if (id == 0) {
        Error error;
        error.kind = ErrorKind::SignedOut;
        setState(State::Failed, &error);
        co_return;
    }
    if (first) {
        setState(State::Loading);
    } else {
        setRefreshing(true);
    }
    const QString token = session_.token();
    auto rows = co_await read(id, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    setRefreshing(false);
    if (!rows) {
        if (first) {
            setState(State::Failed, &rows.error());
        } else {
            Q_EMIT refreshFailed(rows.error().kind, rows.error().serverWords);
        }
        if (rows.error().kind == ErrorKind::SignedOut) {
            session_.reportSignedOut(token);
        }
        co_return;
    }
    // An older answer is worth nothing when a newer one is shown.
    if (rows.savedAt && !first && !savedAt_.isValid()) {
        setSavedAt(rows.savedAt);
        co_return;
    }
    readAs_ = reader;
    setSavedAt(rows.savedAt);
    adopt(*rows);
    setState(State::Ready);
}

// Not inside read(): gcc 12 runs both branches of a choice between two calls that are awaited.
Api::Call<std::vector<contract::User>> PeopleModel::ask(contract::Id id, const QString& token,
                                                        std::stop_token alive) {
    return kind_ == Kind::Following ? api_.following(id, token, std::move(alive))
                                    : api_.followers(id, token, std::move(alive));
}

QCoro::Task<Answered<QList<PeopleModel::Row>>> PeopleModel::read(contract::Id id, QString token,
                                                                 std::stop_token alive) {
    Answered<QList<Row>> rows;
    QSet<contract::Id> seen;
    ReadMark mark = store_.beginReading();
    const auto take = [&](const contract::User& person, const std::string& message, bool sent) {
        if (seen.contains(person.id)) {
            return;
        }
        seen.insert(person.id);
        if (UserEntity* user = store_.user(completed(person, store_.findUser(person.id)), mark)) {
            rows->append({.user = user, .message = shownText(message), .sent = sent});
        }
    };
    if (kind_ == Kind::Friends) {
        const auto friends = co_await api_.friends(id, token, alive);
        if (alive.stop_requested() || !friends) {
            co_return std::unexpected(friends ? cancelledError() : friends.error());
        }
        rows.savedAt = friends.savedAt;
        mark = friends.savedAt ? kOldReading : mark;
        for (const contract::FriendUser& each : *friends) {
            take(each.user, each.message, each.direction == contract::MessageDirection::Sent);
            if (each.user.avatar.empty()) {
                details_.want(each.user.id);
            }
        }
        co_return std::move(rows);
    }
    const auto people = co_await ask(id, token, alive);
    if (alive.stop_requested() || !people) {
        co_return std::unexpected(people ? cancelledError() : people.error());
    }
    rows.savedAt = people.savedAt;
    mark = people.savedAt ? kOldReading : mark;
    for (const contract::User& each : *people) {
        take(each, {}, false);
    }
    co_return std::move(rows);
}

void PeopleModel::adopt(const QList<Row>& rows) {
    QSet<const UserEntity*> wanted;
    for (const Row& row : rows) {
        wanted.insert(row.user);
    }
    QSet<const UserEntity*> here;
    for (int i = count() - 1; i >= 0; --i) {
        if (wanted.contains(rows_.at(i).user)) {
            here.insert(rows_.at(i).user);
            continue;
        }
        beginRemoveRows({}, i, i);
        rows_.at(i).user->use().release();
        rows_.removeAt(i);
        endRemoveRows();
    }
    for (int i = 0; i < rows.size(); ++i) {
        const Row& row = rows.at(i);
        if (i >= count() || rows_.at(i).user != row.user) {
            if (!here.contains(row.user)) {
                int last = i;
                while (last + 1 < rows.size() && !here.contains(rows.at(last + 1).user)) {
                    ++last;
                }
                beginInsertRows({}, i, last);
                for (int k = i; k <= last; ++k) {
                    rows_.insert(k, rows.at(k));
                    rows.at(k).user->use().hold();
                }
                endInsertRows();
                i = last;
                continue;
            }
            int from = i + 1;
            while (rows_.at(from).user != row.user) {
                ++from;
            }
            beginMoveRows({}, from, from, {}, i);
            rows_.move(from, i);
            endMoveRows();
        }
        if (rows_.at(i) != row) {
            rows_[i] = row;
            Q_EMIT dataChanged(index(i), index(i), {MessageRole, MessageSentRole});
        }
    }
    Q_EMIT countChanged();
}

void PeopleModel::setState(State state, const Error* error) {
    const ErrorKind kind = error == nullptr ? ErrorKind::None : error->kind;
    const QString words = error == nullptr ? QString() : error->serverWords;
    if (state == state_ && kind == errorKind_ && words == errorWords_) {
        return;
    }
    state_ = state;
    errorKind_ = kind;
    errorWords_ = words;
    Q_EMIT stateChanged();
}

void PeopleModel::setSavedAt(std::optional<qint64> savedAt) {
    const QDateTime time = savedAt ? QDateTime::fromMSecsSinceEpoch(*savedAt) : QDateTime();
    if (std::exchange(savedAt_, time) != time) {
        Q_EMIT savedAtChanged();
    }
}

void PeopleModel::serverIsBack() {
    if (savedAt_.isValid() || (state_ == State::Failed && isAway(errorKind_))) {
        refresh();
    }
}

void PeopleModel::setRefreshing(bool refreshing) {
    if (std::exchange(refreshing_, refreshing) != refreshing) {
        Q_EMIT refreshingChanged();
    }
}

}  // namespace tikgok
