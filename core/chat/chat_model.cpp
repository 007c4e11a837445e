// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_model.h"

#include "core/chat/message_text.h"
#include "core/contract/endpoints.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Messages of one side that are further apart begin a new group.
constexpr qint64 kGroupSeconds = 300;

}  // namespace

ChatModel::ChatModel(ChatBook& book, Session& session, EntityStore& entities, Drafts& drafts,
                     ChatOptions options, QObject* parent)
    : QAbstractListModel(parent),
      book_(book),
      session_(session),
      entities_(entities),
      drafts_(drafts),
      options_(options),
      today_(QDate::currentDate()),
      rhythm_(options.active) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] { poll(); });
    connect(&book_, &ChatBook::accountChanged, this, &ChatModel::accountChanged);
    connect(&book_, &ChatBook::conversationChanged, this, &ChatModel::conversationChanged);
    connect(&book_, &ChatBook::loadedChanged, this, [this] {
        update();
        pollSoon();
    });
    connect(&book_, &ChatBook::awakeChanged, this, &ChatModel::pollSoon);
    connect(&session_, &Session::signedInChanged, this, &ChatModel::pollSoon);
    connect(&book_, &ChatBook::lengthUnitChanged, this, [this] {
        rhythm_.setPace(pace());
        Q_EMIT countsBytesChanged();
        Q_EMIT draftChanged();
    });
}

ChatModel::~ChatModel() = default;

// --- what is shown

int ChatModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ChatModel::roleNames() const {
    return {
        {OwnRole, QByteArrayLiteral("own")},
        {ContentRole, QByteArrayLiteral("content")},
        {TimeTextRole, QByteArrayLiteral("timeText")},
        {DayTextRole, QByteArrayLiteral("dayText")},
        {DaysAgoRole, QByteArrayLiteral("daysAgo")},
        {GroupStartRole, QByteArrayLiteral("groupStart")},
        {GroupEndRole, QByteArrayLiteral("groupEnd")},
        {StatusRole, QByteArrayLiteral("status")},
        {FailedKindRole, QByteArrayLiteral("failedKind")},
        {FailedWordsRole, QByteArrayLiteral("failedWords")},
    };
}

QVariant ChatModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const int at = index.row();
    const Row& row = rows_.at(at);
    switch (role) {
        case OwnRole:
            return row.own;
        case Qt::DisplayRole:
        case ContentRole:
            return row.content;
        case TimeTextRole:
            return row.timeText;
        case DayTextRole:
            return startsDay(at) ? dayText(row.moment.date(), today_, locale_) : QString();
        case DaysAgoRole:
            return startsDay(at) ? daysAgo(row.moment.date()) : -1;
        case GroupStartRole:
            return !joins(at, at + 1);
        case GroupEndRole:
            return at == 0 || !joins(at - 1, at);
        case StatusRole:
            return QVariant::fromValue(row.status);
        case FailedKindRole:
            return QVariant::fromValue(row.failedKind);
        case FailedWordsRole:
            return row.failedWords;
        default:
            return {};
    }
}

int ChatModel::daysAgo(const QDate& day) const {
    return static_cast<int>(std::clamp<qint64>(day.daysTo(today_), 0, 100'000));
}

bool ChatModel::startsDay(int row) const {
    const QDateTime& moment = rows_.at(row).moment;
    return moment.isValid() && (row + 1 >= count() || rows_.at(row + 1).moment.date() != moment.date());
}

// The row belongs to the group of the older one before it.
bool ChatModel::joins(int row, int older) const {
    if (older >= count() || startsDay(row)) {
        return false;
    }
    const Row& a = rows_.at(older);
    const Row& b = rows_.at(row);
    return a.own == b.own &&
           (!a.moment.isValid() || !b.moment.isValid() || qAbs(a.moment.secsTo(b.moment)) <= kGroupSeconds);
}

ChatModel::Row ChatModel::rowFor(const ChatMessage& message, const Outgoing* sent) const {
    const QDateTime moment = momentOf(message);
    return {
        .intent = sent == nullptr ? 0 : sent->id,
        .message = message.id(),
        .own = message.own,
        .content = isolatedText(message.content),
        .moment = moment,
        .timeText = moment.isValid()             ? clockText(moment, locale_)
                    : message.timeText.isEmpty() ? QString()
                                                 : previewText(message.timeText),
        .failedWords = {},
    };
}

ChatModel::Row ChatModel::rowFor(const Outgoing& outgoing) const {
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(outgoing.createdAt);
    const bool failed = outgoing.state == IntentState::Failed;
    return {
        .intent = outgoing.id,
        .own = true,
        .content = isolatedText(outgoing.text),
        .moment = moment,
        .timeText = clockText(moment, locale_),
        .status = failed              ? Status::Failed
                  : outgoing.isSent() ? Status::Sent
                                      : Status::Pending,
        .failedKind = outgoing.message == 0 ? outgoing.errorKind : ErrorKind::None,
        .failedWords = failed ? outgoing.errorWords : QString(),
    };
}

void ChatModel::update() {
    if (conversation_.isNull() && peer_ > 0 && !book_.account().isEmpty()) {
        conversation_ = book_.find(peer_);
        revision_ = -1;
        if (conversation_) {
            disconnect(arrivals_);
            arrivals_ = connect(conversation_, &Conversation::arrived, this, [this](const auto& messages) {
                if (shown_) {
                    for (const ChatMessage& message : messages) {
                        Q_EMIT heard(previewText(message.content));
                    }
                }
            });
            Q_EMIT peerChanged();
        }
    }
    const int revision = conversation_ ? conversation_->revision() : -1;
    if (conversation_ && revision == revision_) {
        updateState();
        return;
    }
    revision_ = revision;
    QList<Row> target;
    if (conversation_) {
        const QList<Outgoing>& outgoing = conversation_->outgoing();
        QHash<contract::Id, const Outgoing*> arrived;
        for (auto one = outgoing.crbegin(); one != outgoing.crend(); ++one) {
            if (one->message == 0 && !one->hidden) {
                target.append(rowFor(*one));
            } else if (one->message != 0) {
                arrived.insert(one->message, &*one);
            }
        }
        const QList<ChatMessage>& messages = conversation_->history().messages();
        target.reserve(target.size() + messages.size());
        for (auto message = messages.crbegin(); message != messages.crend(); ++message) {
            target.append(rowFor(*message, arrived.value(message->id())));
        }
    }
    setRows(std::move(target));
    updateState();
}

// Almost always something came or went at the newest end, and sometimes older ones at the other: the rows
// between stay, and so does the place that somebody has scrolled to.
void ChatModel::setRows(QList<Row> target) {
    const int before = count();
    qsizetype same = 0;  // at the oldest end
    while (same < rows_.size() && same < target.size() &&
           rows_.at(rows_.size() - 1 - same).isSame(target.at(target.size() - 1 - same))) {
        ++same;
    }
    qsizetype ahead = 0;  // at the newest end
    while (ahead < rows_.size() - same && ahead < target.size() - same &&
           rows_.at(ahead).isSame(target.at(ahead))) {
        ++ahead;
    }
    // What is left in between: rows that go, and rows that come.
    const auto isIn = [](const QList<Row>& rows, const Row& wanted, qsizetype from, qsizetype end) {
        return std::any_of(rows.cbegin() + from, rows.cbegin() + end,
                           [&wanted](const Row& one) { return one.isSame(wanted); });
    };
    const qsizetype wanted = target.size() - same;
    qsizetype last = rows_.size() - same;
    const bool fresh = ahead == wanted || last == ahead;
    for (qsizetype i = last - 1; i >= ahead; --i) {
        if (!fresh && isIn(target, rows_.at(i), ahead, wanted)) {
            continue;
        }
        qsizetype first = i;
        while (first > ahead && (fresh || !isIn(target, rows_.at(first - 1), ahead, wanted))) {
            --first;
        }
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(i));
        rows_.remove(first, i - first + 1);
        endRemoveRows();
        last -= i - first + 1;
        i = first;
    }
    for (qsizetype i = ahead; i < wanted;) {
        qsizetype at = i;
        while (at < last && !rows_.at(at).isSame(target.at(i))) {
            ++at;
        }
        if (at < last) {
            if (at != i) {
                beginMoveRows({}, static_cast<int>(at), static_cast<int>(at), {}, static_cast<int>(i));
                rows_.move(at, i);
                endMoveRows();
            }
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        while (end < wanted && !isIn(rows_, target.at(end), i, last)) {
            ++end;
        }
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(end - 1));
        for (qsizetype row = i; row < end; ++row) {
            rows_.insert(row, target.at(row));
        }
        endInsertRows();
        last += end - i;
        i = end;
    }
    // Neighbours may look different now.
    int firstOther = -1;
    int lastOther = -1;
    for (qsizetype i = 0; i < rows_.size(); ++i) {
        const bool atTheSeam = i + 1 >= ahead && i <= wanted;
        if (rows_.at(i) != target.at(i) || atTheSeam) {
            firstOther = firstOther < 0 ? static_cast<int>(i) : firstOther;
            lastOther = static_cast<int>(i);
        }
    }
    rows_ = std::move(target);
    if (firstOther >= 0) {
        Q_EMIT dataChanged(index(firstOther), index(lastOther));
    }
    if (before != count()) {
        Q_EMIT countChanged();
    }
}

void ChatModel::conversationChanged(const Conversation* conversation) {
    if (conversation->peer() == peer_) {
        update();
    }
}

void ChatModel::accountChanged() {
    pollScope_.restart();
    polling_ = false;
    timer_.stop();
    conversation_.clear();
    // Another server may have somebody else by that number.
    close();
}

void ChatModel::updateState() {
    State state = State::Idle;
    ErrorKind kind = ErrorKind::None;
    QString words;
    QString since;
    if (peer_ > 0) {
        const bool read = conversation_ && conversation_->wholeRead();
        const auto& problem = conversation_ ? conversation_->problem() : std::nullopt;
        if (problem) {
            kind = problem->kind;
            words = problem->serverWords;
        }
        state = read || !rows_.isEmpty() ? State::Ready : problem ? State::Failed : State::Loading;
        if (state == State::Ready && conversation_ && conversation_->person().readAt > 0 &&
            (problem || !read)) {
            since = shortMoment(QDateTime::fromMSecsSinceEpoch(conversation_->person().readAt),
                                QDateTime::currentDateTime(), locale_);
        }
    }
    const bool other = state != state_ || kind != errorKind_ || words != errorWords_ || since != keptSince_;
    state_ = state;
    errorKind_ = kind;
    errorWords_ = words;
    keptSince_ = since;
    if (other) {
        Q_EMIT stateChanged();
    }
    const int unseen = conversation_ ? conversation_->unread() : 0;
    if (std::exchange(unseen_, unseen) != unseen) {
        Q_EMIT unseenChanged();
    }
}

QString ChatModel::peerName() const {
    if (const UserEntity* known = peer()) {
        return known->name();
    }
    return conversation_ ? conversation_->person().name.left(200) : QString();
}

QUrl ChatModel::peerAvatar() const {
    const UserEntity* known = peer();
    if (known != nullptr && known->avatarUrl().isValid()) {
        return known->avatarUrl();
    }
    return conversation_ ? webUrl(conversation_->person().avatar.toStdString()) : QUrl();
}

void ChatModel::setLocale(const QLocale& locale) {
    locale_ = locale;
    revision_ = -1;
    update();
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1));
    }
}

// --- which conversation

void ChatModel::open(const QString& peerId, const QString& name, const QUrl& avatar) {
    const contract::Id peer = peerId.toLongLong();
    if (peer <= 0 || book_.account().isEmpty()) {
        return;
    }
    if (peer != peer_) {
        close();
        peer_ = peer;
    }
    book_.setName(peer, name, avatar.toString());
    book_.restore(peer);
    update();
    Q_EMIT peerChanged();
    Q_EMIT draftChanged();
    rhythm_.heard();
    pollSoon();
}

void ChatModel::close() {
    if (peer_ == 0) {
        return;
    }
    pollScope_.restart();
    polling_ = false;
    timer_.stop();
    disconnect(arrivals_);
    conversation_.clear();
    peer_ = 0;
    update();
    Q_EMIT peerChanged();
    Q_EMIT draftChanged();
}

// --- writing

QString ChatModel::draft() const {
    return peer_ > 0 ? drafts_.draft(book_.account(), chatDraftTarget(peer_)) : QString();
}

void ChatModel::setDraft(const QString& text) {
    if (peer_ == 0 || text == draft()) {
        return;
    }
    drafts_.setDraft(book_.account(), chatDraftTarget(peer_), text);
    // Who writes waits for an answer.
    rhythm_.heard();
    if (timer_.isActive() && timer_.remainingTimeAsDuration() > rhythm_.wait()) {
        plan();
    }
    Q_EMIT draftChanged();
}

int ChatModel::draftLength() const {
    return lengthOf(draft(), book_.lengthUnit());
}

int ChatModel::maxLength() const {
    return static_cast<int>(contract::kMaxMessageLength);
}

bool ChatModel::countsBytes() const {
    return book_.lengthUnit() == LengthUnit::Bytes;
}

bool ChatModel::send(const QString& text) {
    const int length = lengthOf(text, book_.lengthUnit());
    if (peer_ == 0 || text.trimmed().isEmpty() || length > maxLength()) {
        Q_EMIT refused(peer_ == 0             ? Problem::NoPeer
                       : length > maxLength() ? Problem::TooLong
                                              : Problem::Empty,
                       length);
        return false;
    }
    book_.send(peer_, text);
    setDraft({});
    book_.markSeen(peer_);
    return true;
}

void ChatModel::retry(int row) {
    if (row >= 0 && row < count() && rows_.at(row).status == Status::Failed) {
        book_.retry(rows_.at(row).intent);
    }
}

void ChatModel::discard(int row) {
    if (row >= 0 && row < count() && rows_.at(row).status == Status::Failed) {
        book_.discard(rows_.at(row).intent);
    }
}

void ChatModel::markSeen() {
    if (peer_ > 0) {
        book_.markSeen(peer_);
    }
}

// --- asking again

bool ChatModel::mayPoll() const {
    return peer_ > 0 && shown_ && book_.awake() && book_.canRead();
}

Pace ChatModel::pace() const {
    if (pushed_) {
        return options_.pushed;
    }
    Pace pace = active_ ? options_.active : options_.beside;
    if (book_.protocol().mode() == ChatProtocol::Mode::Before) {
        pace.fast *= options_.beforeFactor;
        pace.slow *= options_.beforeFactor;
    }
    return pace;
}

void ChatModel::setShown(bool shown) {
    if (std::exchange(shown_, shown) != shown) {
        Q_EMIT shownChanged();
        pollSoon();
    }
}

void ChatModel::setActive(bool active) {
    if (std::exchange(active_, active) != active) {
        Q_EMIT shownChanged();
        rhythm_.setPace(pace());
        if (active) {
            rhythm_.heard();
            pollSoon();
        } else {
            drafts_.save();
        }
    }
}

void ChatModel::setPushed(bool pushed) {
    if (std::exchange(pushed_, pushed) != pushed) {
        rhythm_.setPace(pace());
        rhythm_.heard();
        pollSoon();
    }
}

void ChatModel::refresh() {
    rhythm_.heard();
    pollSoon();
}

void ChatModel::pollSoon() {
    if (!mayPoll()) {
        timer_.stop();
    } else if (!polling_) {
        timer_.start(0);
    }
}

void ChatModel::plan() {
    if (!mayPoll()) {
        timer_.stop();
        return;
    }
    // A few per cent at random, so that many clients do not ask at the same moment.
    constexpr double kSpread = 0.1;
    const double factor = 1.0 + kSpread * QRandomGenerator::global()->generateDouble();
    timer_.start(static_cast<int>(static_cast<double>(rhythm_.wait().count()) * factor));
}

QCoro::Task<> ChatModel::poll() {
    if (polling_ || !mayPoll()) {
        co_return;
    }
    const std::stop_token alive = pollScope_.token();
    polling_ = true;
    const auto read = co_await book_.read(peer_, false, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    polling_ = false;
    rhythm_.setPace(pace());
    if (!read && read.error().kind != ErrorKind::Cancelled) {
        rhythm_.failed(read.error());
    } else if (read && *read > 0) {
        rhythm_.heard();
    } else {
        rhythm_.quiet();
    }
    if (std::exchange(today_, QDate::currentDate()) != today_ && !rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {DayTextRole, DaysAgoRole});
    }
    updateState();
    plan();
}

}  // namespace tikgok
