// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_book.h"

#include "core/contract/types.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Servers are known that give thirty messages at a time, oldest first.
constexpr int kMaybeMore = 30;
constexpr int kMostPages = 200;
// As long as nothing was ever said anywhere, every so many questions go both ways.
constexpr int kAsksOtherWay = 4;

}  // namespace

ChatBook::ChatBook(Api& api, Session& session, EntityStore& entities, Outbox& outbox, ChatStore& store,
                   QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      entities_(entities),
      outbox_(outbox),
      store_(store),
      protocol_(api) {
    connect(&session_, &Session::signedInChanged, this, &ChatBook::accountMayHaveChanged);
    connect(&session_, &Session::serverChanged, this, &ChatBook::accountMayHaveChanged);
    connect(&outbox_, &Outbox::loadedChanged, this, &ChatBook::takeUpOutgoing);
    connect(&outbox_, &Outbox::changed, this, &ChatBook::intentChanged);
    connect(&outbox_, &Outbox::sent, this, &ChatBook::intentSent);
    connect(&outbox_, &Outbox::discarded, this, &ChatBook::intentDiscarded);
    connect(&protocol_, &ChatProtocol::modeFound, this,
            [this](ChatProtocol::Mode mode) { store_.keepMode(session_.server(), mode); });
    connect(&protocol_, &ChatProtocol::modeChanged, this, &ChatBook::lengthUnitChanged);
    connect(&session_, &Session::traitsChanged, this, &ChatBook::lengthUnitChanged);
    accountMayHaveChanged();
}

ChatBook::~ChatBook() = default;

// --- accounts

void ChatBook::accountMayHaveChanged() {
    const QString now = session_.accountKey();
    if (now == account_) {
        Q_EMIT loadedChanged();  // perhaps somebody is signed in again
        return;
    }
    accountScope_.restart();
    account_ = now;
    me_ = session_.lastUserId();
    loaded_ = false;
    lastInTurn_ = 0;
    picturesAsked_.clear();
    pushedReads_.clear();
    protocol_.setMode(ChatProtocol::Mode::Unknown);
    const QHash<contract::Id, Conversation*> former = std::exchange(conversations_, {});
    Q_EMIT accountChanged();
    qDeleteAll(former);
    updateUnread();
    load(account_, session_.server());
}

QCoro::Task<> ChatBook::load(QString account, QString server) {
    const std::stop_token alive = accountScope_.token();
    if (account.isEmpty()) {
        co_return;
    }
    const auto mode = co_await store_.mode(server, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (mode && protocol_.mode() == ChatProtocol::Mode::Unknown) {
        protocol_.setMode(*mode);
    }
    const auto kept = co_await store_.load(account, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    for (const KeptConversation& one : kept.value_or(QList<KeptConversation>())) {
        make(one.peer.id);
        Conversation* const made = find(one.peer.id);
        made->person_ = one.peer;
        made->restore(one.messages);
    }
    for (Conversation* const one : std::as_const(conversations_)) {
        one->restored_ = true;
    }
    loaded_ = true;
    takeUpOutgoing();
    updateUnread();
    Q_EMIT listChanged();
    Q_EMIT loadedChanged();
}

void ChatBook::takeUpOutgoing() {
    if (!loaded_ || !outbox_.loaded()) {
        return;
    }
    const QList<Intent> intents = outbox_.all(account_);
    for (auto intent = intents.crbegin(); intent != intents.crend(); ++intent) {
        if (intent->kind != IntentKind::Message || intent->target <= 0) {
            continue;
        }
        const bool sent = intent->state == IntentState::Sent;
        Conversation* const one = sent ? find(intent->target) : conversation(intent->target);
        if (one == nullptr || (sent && one->wholeRead_)) {
            continue;
        }
        const bool known = one->isOutgoing(intent->id);
        one->putOutgoing(*intent);
        if (!known && sent) {
            Outgoing& earlier = *std::ranges::find(one->outgoing_, intent->id, &Outgoing::id);
            earlier.earlier = true;
            earlier.hidden = intent->createdAt < one->person_.readAt;
        }
        History::Change change;
        one->recogniseOutgoing(change);
        told(one);
    }
}

Conversation* ChatBook::conversation(contract::Id peer) {
    if (make(peer)) {
        Q_EMIT listChanged();
    }
    return conversations_.value(peer);
}

bool ChatBook::make(contract::Id peer) {
    Conversation*& one = conversations_[peer];
    if (one != nullptr) {
        return false;
    }
    one = new Conversation(peer, this);
    one->restored_ = loaded_;
    return true;
}

void ChatBook::setName(contract::Id peer, const QString& name, const QString& avatar) {
    Conversation* const one = conversation(peer);
    KeptPeer& person = one->person_;
    if (name.isEmpty() || (person.name == name && (avatar.isEmpty() || person.avatar == avatar))) {
        return;
    }
    person.name = name;
    if (!avatar.isEmpty()) {
        person.avatar = avatar;
    }
    store_.keepPeer(account_, person);
    told(one);
}

// --- reading

QCoro::Task<Result<int>> ChatBook::read(contract::Id peer, bool whole, std::stop_token alive) {
    const std::stop_token mine = accountScope_.token();
    if (!canRead() || peer <= 0) {
        co_return std::unexpected(cancelledError());
    }
    const QString token = session_.token();
    int came = 0;
    for (int page = 0; page < kMostPages; ++page) {
        Conversation* const before = conversation(peer);
        const bool wanted = before->wantsWhole();
        // Who only listens in an empty conversation would never learn that the server is of the Before kind.
        const bool undecided = before->history_.isEmpty() &&
                               protocol_.mode() == ChatProtocol::Mode::Unknown &&
                               (before->needsReading() || ++before->emptyReads_ % kAsksOtherWay == 0);
        const bool everything = page == 0 && (whole || wanted || undecided);
        const bool reload = everything && wanted && before->wholeRead_;
        const std::int64_t newest = before->history_.newestTime();
        // Not one expression with two co_await: gcc 12 destroys the answer twice.
        Result<ChatProtocol::Answer> answer = std::unexpected(cancelledError());
        if (everything) {
            answer = co_await protocol_.readWhole(peer, token, alive);
        } else {
            answer = co_await protocol_.readNew(peer, newest, token, alive);
        }
        if (mine.stop_requested() || alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        Conversation* const one = conversation(peer);
        if (!answer) {
            const Error& error = answer.error();
            reportProblem(one, error, token);
            co_return std::unexpected(error);
        }
        const History::Change change = one->take(*answer, me_, true);
        if (mine.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        one->person_.readAt = QDateTime::currentMSecsSinceEpoch();
        if (everything) {
            one->reloadAsked_ = one->reloadAsked_ || reload;
            one->wholeRead_ = true;
            one->forgetEarlierSent();
        }
        store_.keepMessages(account_, peer, change.added + change.changed, change.removed,
                            one->person_.readAt);
        came += static_cast<int>(change.added.size());
        const std::int64_t nowNewest = one->history_.newestTime();
        const bool more = protocol_.mode() != ChatProtocol::Mode::Before &&
                          change.added.size() >= kMaybeMore && nowNewest > newest;
        told(one);
        if (!more || mine.stop_requested()) {
            break;
        }
    }
    co_return came;
}

void ChatBook::takePushed(const contract::ReceivedMessage& message) {
    const contract::Id to = message.message.toUserId;
    const contract::Id from = message.message.fromUserId;
    const contract::Id peer = to == me_ ? from : to;
    if (!canRead() || peer <= 0 || (to != me_ && from != me_)) {
        return;
    }
    Conversation* const one = conversation(peer);
    if (!one->wholeRead_) {
        readPushed(peer);
        return;
    }
    const std::stop_token mine = accountScope_.token();
    const History::Change change = one->take({.messages = {message}, .extent = Extent::Part}, me_, false);
    if (mine.stop_requested()) {
        return;
    }
    one->person_.readAt = QDateTime::currentMSecsSinceEpoch();
    store_.keepMessages(account_, peer, change.added + change.changed, change.removed, one->person_.readAt);
    told(one);
}

void ChatBook::reportProblem(Conversation* one, const Error& error, const QString& token) {
    if (error.kind == ErrorKind::Cancelled) {
        return;
    }
    const std::stop_token mine = accountScope_.token();
    one->problem_ = error;
    told(one);
    if (error.kind == ErrorKind::SignedOut && !mine.stop_requested()) {
        session_.reportSignedOut(token);
    }
}

QCoro::Task<Result<int>> ChatBook::readFriends(std::stop_token alive) {
    const std::stop_token mine = accountScope_.token();
    if (!canRead()) {
        co_return std::unexpected(cancelledError());
    }
    const QString token = session_.token();
    const auto friends = co_await api_.friends(me_, token, alive);
    if (mine.stop_requested() || alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!friends) {
        const Error& error = friends.error();
        if (error.kind == ErrorKind::SignedOut) {
            session_.reportSignedOut(token);
        }
        co_return std::unexpected(error);
    }
    takeFriends(*friends);
    if (mine.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    int came = 0;
    for (const contract::Id peer : worthReading()) {
        const auto read = co_await this->read(peer, false, alive);
        if (mine.stop_requested() || alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!read && read.error().kind != ErrorKind::Refused && read.error().kind != ErrorKind::NotFound) {
            co_return std::unexpected(read.error());
        }
        came += read.value_or(0);
    }
    co_return came;
}

void ChatBook::takeFriends(const std::vector<contract::FriendUser>& friends) {
    QSet<contract::Id> present;
    int place = 0;
    for (const contract::FriendUser& one : friends) {
        const contract::Id id = one.user.id;
        if (id <= 0 || id == me_ || present.contains(id)) {
            continue;
        }
        present.insert(id);
        entities_.user(one.user);
        const UserEntity* const known = entities_.findUser(id);
        make(id);
        Conversation* const chat = find(id);
        KeptPeer person = chat->person_;
        person.name = known != nullptr ? QString::fromStdString(one.user.name) : person.name;
        if (known != nullptr && known->avatarUrl().isValid()) {
            person.avatar = known->avatarUrl().toString();
        }
        person.isFriend = true;
        const bool other = person.name != chat->person_.name || person.avatar != chat->person_.avatar ||
                           !chat->person_.isFriend;
        chat->person_ = person;
        chat->place_ = place++;
        chat->said_ = {.text = QString::fromStdString(one.message),
                       .own = one.direction == contract::MessageDirection::Sent};
        if (other) {
            store_.keepPeer(account_, person);
        }
        if (person.avatar.isEmpty() && !picturesAsked_.contains(id)) {
            // TikGok leaves pictures out of this list (contract.md 5, row 21).
            picturesAsked_.insert(id);
            fetchPicture(id);
        }
    }
    for (Conversation* const chat : std::as_const(conversations_)) {
        if (!present.contains(chat->peer()) && chat->person_.isFriend) {
            chat->person_.isFriend = false;
            chat->said_ = {};
            store_.keepPeer(account_, chat->person_);
        }
    }
    updateUnread();
    Q_EMIT listChanged();
}

QList<contract::Id> ChatBook::worthReading() {
    QList<Conversation*> known = conversations_.values();
    std::ranges::sort(known, {},
                      [](const Conversation* one) { return std::pair(one->place(), one->peer()); });
    QList<contract::Id> peers;
    for (const Conversation* one : std::as_const(known)) {
        if (one->needsReading()) {
            peers.append(one->peer());
        }
    }
    // The same words twice, a former friend, a server whose list of friends says nothing: whoever's turn it
    // is is asked, too.
    const auto after = std::ranges::find(known, lastInTurn_, &Conversation::peer);
    const qsizetype start = after == known.end() ? 0 : after - known.begin() + 1;
    if (!known.isEmpty()) {
        const contract::Id turn = known.at(start % known.size())->peer();
        lastInTurn_ = turn;
        if (!peers.contains(turn)) {
            peers.append(turn);
        }
    }
    return peers;
}

QCoro::Task<> ChatBook::fetchPicture(contract::Id peer) {
    const std::stop_token mine = accountScope_.token();
    const auto user = co_await api_.user(peer, session_.token(), mine);
    if (mine.stop_requested() || !user) {
        co_return;
    }
    entities_.user(*user);
    if (const UserEntity* known = entities_.findUser(peer)) {
        setName(peer, QString::fromStdString(user->name), known->avatarUrl().toString());
    }
}

QCoro::Task<> ChatBook::restore(contract::Id peer) {
    const std::stop_token mine = accountScope_.token();
    if (account_.isEmpty()) {
        co_return;
    }
    const auto kept = co_await store_.messages(account_, peer, mine);
    if (mine.stop_requested() || !kept) {
        co_return;
    }
    Conversation* const one = conversation(peer);
    // The server knows better by now.
    if (!one->wholeRead_ && kept->size() > one->history_.messages().size()) {
        one->restore(*kept);
        told(one);
    }
}

// --- writing

void ChatBook::send(contract::Id peer, const QString& text) {
    Conversation* const one = conversation(peer);
    Intent intent;
    intent.account = account_;
    intent.kind = IntentKind::Message;
    intent.target = peer;
    intent.text = text;
    intent.caption = one->person_.name;
    if (one->wholeRead_) {
        intent.data = encodeKnown(messagesLike(text, one->history_.messages()));
    }
    const IntentId id = outbox_.put(std::move(intent));
    if (const auto kept = outbox_.intent(id)) {
        const std::stop_token mine = accountScope_.token();
        one->putOutgoing(*kept);
        told(one);
        if (mine.stop_requested()) {
            return;
        }
    }
    if (!session_.signedIn()) {
        // It waits for its account, and somebody should know.
        session_.whenSignedIn(this, QStringLiteral("message"), [](bool) {});
    }
}

void ChatBook::intentChanged(const Intent& intent) {
    if (intent.kind != IntentKind::Message || intent.account != account_ || account_.isEmpty() || !loaded_) {
        return;
    }
    const Conversation* const known = find(intent.target);
    if (intent.state == IntentState::Sent && (known == nullptr || !known->isOutgoing(intent.id))) {
        return;
    }
    Conversation* const one = conversation(intent.target);
    one->putOutgoing(intent);
    History::Change change;
    one->recogniseOutgoing(change);
    told(one);
}

void ChatBook::intentSent(const Intent& intent) {
    if (intent.kind == IntentKind::Message && intent.account == account_ && canRead()) {
        readSoon(intent.target);
    }
}

QCoro::Task<> ChatBook::readSoon(contract::Id peer) {
    const std::stop_token mine = accountScope_.token();
    co_await read(peer, false, mine);
}

// One reading at a time, however many messages are told meanwhile, and one more after them.
QCoro::Task<> ChatBook::readPushed(contract::Id peer) {
    if (const auto running = pushedReads_.find(peer); running != pushedReads_.end()) {
        *running = true;
        co_return;
    }
    const std::stop_token mine = accountScope_.token();
    bool again = true;
    while (again) {
        pushedReads_.insert(peer, false);
        co_await read(peer, false, mine);
        if (mine.stop_requested()) {
            co_return;
        }
        again = pushedReads_.take(peer);
    }
}

void ChatBook::intentDiscarded(const Intent& intent) {
    if (intent.kind != IntentKind::Message || intent.account != account_) {
        return;
    }
    if (Conversation* const one = find(intent.target)) {
        one->removeOutgoing(intent.id);
        told(one);
    }
}

void ChatBook::markSeen(contract::Id peer) {
    Conversation* const one = find(peer);
    if (one == nullptr || one->history_.isEmpty()) {
        return;
    }
    const MessageKey newest = one->history_.messages().constLast().key;
    if (newest > one->person_.seen) {
        one->person_.seen = newest;
        store_.keepSeen(account_, peer, newest);
        told(one);
    }
}

// --- telling

void ChatBook::told(Conversation* one) {
    const std::stop_token mine = accountScope_.token();
    updateUnread();
    if (mine.stop_requested()) {
        return;
    }
    Q_EMIT one->changed();
    if (!mine.stop_requested()) {
        Q_EMIT conversationChanged(one);
    }
}

void ChatBook::updateUnread() {
    int unread = 0;
    for (const Conversation* one : std::as_const(conversations_)) {
        unread += one->unread();
    }
    if (std::exchange(unread_, unread) != unread) {
        Q_EMIT unreadChanged();
    }
}

int ChatBook::unread() const {
    return unread_;
}

void ChatBook::setAwake(bool awake) {
    if (std::exchange(awake_, awake) != awake) {
        Q_EMIT awakeChanged();
    }
}

LengthUnit ChatBook::lengthUnit() const {
    const ServerTraits traits = session_.traits();
    if (traits.dialect == Dialect::Unknown && protocol_.mode() == ChatProtocol::Mode::Before) {
        return LengthUnit::Bytes;  // only the reference server is asked like that
    }
    return traits.lengthUnit();
}

}  // namespace tikgok
