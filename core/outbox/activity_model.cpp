// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/activity_model.h"

#include "core/account/session.h"
#include "core/storage/database.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

ActivityModel::Kind activityKind(const Intent& intent) {
    using Kind = ActivityModel::Kind;
    switch (intent.kind) {
        case IntentKind::Like:
            return intent.on ? Kind::Like : Kind::Unlike;
        case IntentKind::Follow:
            return intent.on ? Kind::Follow : Kind::Unfollow;
        case IntentKind::Comment:
            return Kind::Comment;
        case IntentKind::DeleteComment:
            return Kind::DeleteComment;
        case IntentKind::Message:
            return Kind::Message;
        case IntentKind::Publish:
            return Kind::Publish;
    }
    return Kind::Like;
}

ActivityModel::Status activityStatus(const Intent& intent) {
    using Status = ActivityModel::Status;
    switch (intent.state) {
        case IntentState::Waiting:
            return Status::Waiting;
        case IntentState::Paused:
            return Status::Paused;
        case IntentState::Sending:
            return Status::Sending;
        case IntentState::Checking:
            return Status::Checking;
        case IntentState::Sent:
            return Status::Sent;
        case IntentState::Failed:
            return Status::Failed;
    }
    return Status::Waiting;
}

// What needs a person first.
int groupOf(const Intent& intent) {
    return intent.state == IntentState::Failed ? 0 : intent.state == IntentState::Sent ? 2 : 1;
}

}  // namespace

ActivityModel::ActivityModel(Outbox& outbox, Session& session, Database& database, QObject* parent)
    : QAbstractListModel(parent),
      outbox_(outbox),
      session_(session),
      database_(database),
      countdown_(*this, outbox, [this](int row) -> const Intent& { return rows_.at(row); },
                 {SecondsLeftRole}) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &ActivityModel::update);
    for (const auto signal : {&Outbox::changed, &Outbox::sent, &Outbox::failed, &Outbox::discarded}) {
        connect(&outbox_, signal, this, &ActivityModel::updateSoon);
    }
    connect(&outbox_, &Outbox::loadedChanged, this, &ActivityModel::updateSoon);
    connect(&outbox_, &Outbox::countsChanged, this, &ActivityModel::countsChanged);
    connect(&session_, &Session::signedInChanged, this, &ActivityModel::updateSoon);
    connect(&session_, &Session::serverChanged, this, &ActivityModel::updateSoon);
    connect(&database_, &Database::stateChanged, this, &ActivityModel::storageChanged);
    connect(&database_, &Database::damageFound, this, &ActivityModel::storageChanged);
}

ActivityModel::~ActivityModel() = default;

int ActivityModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ActivityModel::roleNames() const {
    return {
        {IntentIdRole, QByteArrayLiteral("intentId")},
        {KindRole, QByteArrayLiteral("kind")},
        {StatusRole, QByteArrayLiteral("status")},
        {GroupRole, QByteArrayLiteral("group")},
        {CaptionRole, QByteArrayLiteral("caption")},
        {ContentRole, QByteArrayLiteral("content")},
        {FailedKindRole, QByteArrayLiteral("failedKind")},
        {FailedWordsRole, QByteArrayLiteral("failedWords")},
        {SecondsLeftRole, QByteArrayLiteral("secondsLeft")},
        {KeptRole, QByteArrayLiteral("kept")},
        {PreciousRole, QByteArrayLiteral("precious")},
        {UnkeptRole, QByteArrayLiteral("unkept")},
    };
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Intent& intent = rows_.at(index.row());
    switch (role) {
        case IntentIdRole:
            return QString::number(intent.id);
        case KindRole:
            return QVariant::fromValue(activityKind(intent));
        case StatusRole:
            return QVariant::fromValue(activityStatus(intent));
        case GroupRole: {
            const int group = groupOf(intent);
            return group == 0   ? QStringLiteral("failed")
                   : group == 1 ? QStringLiteral("waiting")
                                : QStringLiteral("sent");
        }
        case CaptionRole:
        case Qt::DisplayRole:
            return intent.caption;
        case ContentRole:
            return intent.text;
        case FailedKindRole:
            return QVariant::fromValue(intent.errorKind);
        case FailedWordsRole:
            return intent.errorWords;
        case SecondsLeftRole:
            return countdown_.secondsLeft(intent);
        case KeptRole:
            return intent.kept;
        case PreciousRole:
            return intent.kind == IntentKind::Comment || intent.kind == IntentKind::Message ||
                   intent.kind == IntentKind::Publish;
        case UnkeptRole:
            // The official demo's list of comments is always the same (contract.md 4.9).
            return intent.kind == IntentKind::Comment && intent.state == IntentState::Sent &&
                   session_.traits().dialect == Dialect::Demo;
        default:
            return {};
    }
}

void ActivityModel::setActive(bool active) {
    if (active == active_) {
        return;
    }
    active_ = active;
    countdown_.setSeen(active);
    if (active) {
        update();
    } else {
        soon_.start();  // the view may be in the middle of its end
    }
    Q_EMIT activeChanged();
}

void ActivityModel::updateSoon() {
    if (active_ && !soon_.isActive()) {
        soon_.start();
    }
}

// Goes from the rows that are there to those that should be, without disturbing what stays.
void ActivityModel::update() {
    QList<Intent> target;
    const QString account = session_.accountKey();
    if (active_ && !account.isEmpty()) {
        target = outbox_.all(account);
        std::ranges::stable_sort(target, {}, groupOf);
    }
    const int before = count();
    const auto isIn = [](const QList<Intent>& list, IntentId id) {
        return std::ranges::find(list, id, &Intent::id) != list.end();
    };
    for (int i = count() - 1; i >= 0; --i) {
        if (!isIn(target, rows_.at(i).id)) {
            beginRemoveRows({}, i, i);
            rows_.removeAt(i);
            endRemoveRows();
        }
    }
    for (int i = 0; i < target.size(); ++i) {
        const Intent& wanted = target.at(i);
        int at = i;
        while (at < count() && rows_.at(at).id != wanted.id) {
            ++at;
        }
        if (at == count()) {
            beginInsertRows({}, i, i);
            rows_.insert(i, wanted);
            endInsertRows();
            continue;
        }
        if (at != i) {
            beginMoveRows({}, at, at, {}, i);
            rows_.move(at, i);
            endMoveRows();
        }
        if (rows_.at(i) != wanted) {
            rows_[i] = wanted;
            Q_EMIT dataChanged(index(i), index(i));
        }
    }
    if (before != count()) {
        Q_EMIT countChanged();
    }
    countdown_.update();
}

ActivityModel::Storage ActivityModel::storage() const {
    switch (database_.state()) {
        case Database::State::TooNew:
            return Storage::TooNew;
        case Database::State::Unwritable:
            return Storage::Unwritable;
        case Database::State::Opening:
        case Database::State::Ready:
            return asidePath().isEmpty() ? Storage::Fine : Storage::PutAside;
    }
    return Storage::Fine;
}

QString ActivityModel::asidePath() const {
    return database_.asidePath();
}

void ActivityModel::retry(const QString& intentId) {
    outbox_.retry(intentId.toLongLong());
}

void ActivityModel::retryAll() {
    const QList<Intent> all = outbox_.all(session_.accountKey());
    for (const Intent& intent : all) {
        if (intent.state == IntentState::Failed || intent.state == IntentState::Waiting) {
            outbox_.retry(intent.id);
        }
    }
}

void ActivityModel::discard(const QString& intentId) {
    outbox_.discard(intentId.toLongLong());
}

void ActivityModel::pause(const QString& intentId) {
    outbox_.pause(intentId.toLongLong());
}

void ActivityModel::resume(const QString& intentId) {
    outbox_.resume(intentId.toLongLong());
}

}  // namespace tikgok
