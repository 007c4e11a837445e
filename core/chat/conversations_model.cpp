// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/conversations_model.h"

#include "core/chat/message_text.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <tuple>
#include <utility>

namespace tikgok {

namespace {

// Newest first; friends with whom nothing was said yet in the server's order, last.
auto listPlace(const Conversation* one) {
    const QDateTime moment = one->lastMoment();
    return std::tuple(!one->hasWords(), -(moment.isValid() ? moment.toMSecsSinceEpoch() : 0), one->place(),
                      one->peer());
}

// A friend, or a conversation. Whoever's chat was merely opened is not in the list.
bool belongsHere(const Conversation* one) {
    return one->person().isFriend || one->hasWords();
}

}  // namespace

ConversationsModel::ConversationsModel(ChatBook& book, Session& session, const Drafts& drafts,
                                       ConversationsOptions options, QObject* parent)
    : QAbstractListModel(parent),
      book_(book),
      session_(session),
      drafts_(drafts),
      options_(options),
      rhythm_(options.elsewhere) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] { poll(); });
    connect(&book_, &ChatBook::accountChanged, this, &ConversationsModel::accountChanged);
    connect(&book_, &ChatBook::listChanged, this, &ConversationsModel::update);
    connect(&book_, &ChatBook::conversationChanged, this, &ConversationsModel::conversationChanged);
    connect(&drafts_, &Drafts::draftChanged, this, &ConversationsModel::draftChanged);
    connect(&book_, &ChatBook::unreadChanged, this, &ConversationsModel::unreadChanged);
    connect(&book_, &ChatBook::loadedChanged, this, [this] {
        update();
        pollSoon();
    });
    connect(&book_, &ChatBook::awakeChanged, this, [this] {
        Q_EMIT awakeChanged();
        pollSoon();
    });
    connect(&session_, &Session::signedInChanged, this, [this] {
        updateState();
        pollSoon();
    });
    connect(&session_, &Session::restoringChanged, this, &ConversationsModel::updateState);
}

ConversationsModel::~ConversationsModel() = default;

int ConversationsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ConversationsModel::roleNames() const {
    return {
        {PeerIdRole, QByteArrayLiteral("peerId")},     {NameRole, QByteArrayLiteral("name")},
        {AvatarRole, QByteArrayLiteral("avatar")},     {LastTextRole, QByteArrayLiteral("lastText")},
        {LastOwnRole, QByteArrayLiteral("lastOwn")},   {LastStateRole, QByteArrayLiteral("lastState")},
        {TimeTextRole, QByteArrayLiteral("timeText")}, {UnreadRole, QByteArrayLiteral("unread")},
        {IsFriendRole, QByteArrayLiteral("isFriend")}, {DraftRole, QByteArrayLiteral("draft")},
    };
}

QVariant ConversationsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Conversation& one = *rows_.at(index.row());
    switch (role) {
        case PeerIdRole:
            return QString::number(one.peer());
        case Qt::DisplayRole:
        case NameRole:
            return one.person().name.left(200);
        case AvatarRole:
            return webUrl(one.person().avatar.toStdString());
        case LastTextRole: {
            const QString text = one.lastWords().text;
            return text.isEmpty() ? QString() : previewText(text);
        }
        case LastOwnRole:
            return one.lastWords().own;
        case LastStateRole: {
            const Outgoing* sent = one.lastOutgoing();
            return QVariant::fromValue(sent == nullptr || sent->isSent()    ? Last::Arrived
                                       : sent->state == IntentState::Failed ? Last::Failed
                                                                            : Last::Pending);
        }
        case TimeTextRole: {
            const QDateTime moment = one.lastMoment();
            if (!moment.isValid() && !one.history().isEmpty()) {
                const QString words = one.history().messages().constLast().timeText;
                return words.isEmpty() ? QString() : previewText(words);
            }
            return shortMoment(moment, QDateTime::currentDateTime(), locale_);
        }
        case UnreadRole:
            return one.unread();
        case IsFriendRole:
            return one.person().isFriend;
        case DraftRole: {
            const QString text = drafts_.draft(book_.account(), chatDraftTarget(one.peer()));
            return text.trimmed().isEmpty() ? QString() : previewText(text);
        }
        default:
            return {};
    }
}

void ConversationsModel::update() {
    QList<Conversation*> target;
    for (Conversation* one : book_.all()) {
        if (belongsHere(one)) {
            target.append(one);
        }
    }
    std::ranges::sort(target, {}, listPlace);
    const int before = count();
    const QSet<Conversation*> wanted(target.begin(), target.end());
    for (int i = count() - 1; i >= 0; --i) {
        if (!wanted.contains(rows_.at(i))) {
            beginRemoveRows({}, i, i);
            rows_.removeAt(i);
            endRemoveRows();
        }
    }
    const QSet<Conversation*> there(rows_.begin(), rows_.end());
    const auto size = static_cast<int>(target.size());
    for (int i = 0; i < size; ++i) {
        if (!there.contains(target.at(i))) {
            // Lists may be long: what comes together is told together.
            int last = i;
            while (last + 1 < size && !there.contains(target.at(last + 1))) {
                ++last;
            }
            beginInsertRows({}, i, last);
            rows_ = rows_.mid(0, i) + target.mid(i, last - i + 1) + rows_.mid(i);
            endInsertRows();
            i = last;
            continue;
        }
        const auto at = static_cast<int>(rows_.indexOf(target.at(i), i));
        if (at != i) {
            beginMoveRows({}, at, at, {}, i);
            rows_.move(at, i);
            endMoveRows();
        }
    }
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1));
    }
    if (before != count()) {
        Q_EMIT countChanged();
    }
    updateState();
}

void ConversationsModel::conversationChanged(Conversation* conversation) {
    const auto row = static_cast<int>(rows_.indexOf(conversation));
    const bool inPlace = row >= 0 && (row == 0 || listPlace(rows_.at(row - 1)) <= listPlace(conversation)) &&
                         (row + 1 == count() || listPlace(conversation) <= listPlace(rows_.at(row + 1)));
    if (inPlace && belongsHere(conversation)) {
        Q_EMIT dataChanged(index(row), index(row));
    } else if (row >= 0 || belongsHere(conversation)) {
        update();
    }
}

void ConversationsModel::draftChanged(const QString& account, const QString& target) {
    if (account != book_.account() || rows_.isEmpty()) {
        return;
    }
    if (target.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {DraftRole});
        return;
    }
    if (!target.startsWith(chatDraftTarget(0))) {
        return;  // of a comment
    }
    const auto found = std::ranges::find_if(
        rows_, [&target](const Conversation* one) { return chatDraftTarget(one->peer()) == target; });
    if (found != rows_.end()) {
        const auto row = static_cast<int>(found - rows_.begin());
        Q_EMIT dataChanged(index(row), index(row), {DraftRole});
    }
}

void ConversationsModel::accountChanged() {
    scope_.restart();
    polling_ = false;
    read_ = false;
    refreshing_ = false;
    errorKind_ = ErrorKind::None;
    errorWords_.clear();
    timer_.stop();
    rhythm_.heard();
    if (!rows_.isEmpty()) {
        beginResetModel();
        rows_.clear();
        endResetModel();
        Q_EMIT countChanged();
    }
    updateState();
    Q_EMIT stateChanged();
}

void ConversationsModel::updateState() {
    State state = State::Ready;
    if (book_.account().isEmpty() || (!session_.signedIn() && rows_.isEmpty())) {
        state = session_.restoring() ? State::Loading : State::SignedOut;
    } else if (rows_.isEmpty() && !read_) {
        state = errorKind_ == ErrorKind::None ? State::Loading : State::Failed;
    }
    if (std::exchange(state_, state) != state) {
        Q_EMIT stateChanged();
    }
}

void ConversationsModel::setLocale(const QLocale& locale) {
    locale_ = locale;
    if (!rows_.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {TimeTextRole});
    }
}

bool ConversationsModel::mayPoll() const {
    return book_.awake() && book_.canRead();
}

Pace ConversationsModel::pace() const {
    return pushed_ ? options_.pushed : shown_ ? options_.shown : options_.elsewhere;
}

void ConversationsModel::setShown(bool shown) {
    if (std::exchange(shown_, shown) != shown) {
        Q_EMIT shownChanged();
        rhythm_.setPace(pace());
        if (shown) {
            rhythm_.heard();
            pollSoon();
        }
    }
}

void ConversationsModel::setPushed(bool pushed) {
    if (std::exchange(pushed_, pushed) != pushed) {
        rhythm_.setPace(pace());
        rhythm_.heard();
        pollSoon();
    }
}

void ConversationsModel::refresh() {
    if (!book_.canRead()) {
        return;
    }
    refreshing_ = true;
    Q_EMIT stateChanged();
    rhythm_.heard();
    pollSoon();
}

void ConversationsModel::pollSoon() {
    if (!mayPoll()) {
        timer_.stop();
    } else if (!polling_) {
        timer_.start(0);
    }
}

QCoro::Task<> ConversationsModel::poll() {
    if (polling_ || !mayPoll()) {
        co_return;
    }
    const std::stop_token alive = scope_.token();
    polling_ = true;
    const auto came = co_await book_.readFriends(alive);
    if (alive.stop_requested()) {
        co_return;
    }
    polling_ = false;
    const bool stopped = !came && came.error().kind == ErrorKind::Cancelled;
    if (!stopped) {
        read_ = read_ || came.has_value();
        refreshing_ = false;
        errorKind_ = came ? ErrorKind::None : came.error().kind;
        errorWords_ = came ? QString() : came.error().serverWords;
        if (!came) {
            rhythm_.failed(came.error());
        } else if (*came > 0) {
            rhythm_.heard();
        } else {
            rhythm_.quiet();
        }
        updateState();
        Q_EMIT stateChanged();
    }
    if (mayPoll()) {
        constexpr double kSpread = 0.1;
        const double factor = 1.0 + kSpread * QRandomGenerator::global()->generateDouble();
        timer_.start(static_cast<int>(static_cast<double>(rhythm_.wait().count()) * factor));
    }
}

}  // namespace tikgok
