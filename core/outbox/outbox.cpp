// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the outbox holds and keeps. What it sends is in outbox_sending.cpp, what it lets go of in
// outbox_forgetting.cpp.

#include "core/outbox/outbox.h"

#include "core/outbox/outbox_parts.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(outboxLog, "tikgok.outbox")

// Milliseconds in the upper bits, chance in the lower ones: an id of an earlier run is not met again, even
// before the file is read and with a clock that was set back.
IntentId firstId() {
    constexpr int kBits = 20;
    return (QDateTime::currentMSecsSinceEpoch() << kBits) +
           QRandomGenerator::global()->bounded(1 << (kBits - 1));
}

}  // namespace

QCoro::Task<Result<Presence>> IntentHandler::find(Intent, QString, std::stop_token) {
    co_return Presence::Absent;
}

// --- the inside

Outbox::Parts::Parts(Outbox& owner, Database& database, Session& theSession, OutboxClock* theClock,
                     OutboxOptions theOptions)
    : q(owner),
      session(theSession),
      store(database),
      clock(theClock != nullptr ? *theClock : systemClock),
      options(theOptions),
      lastId(firstId()) {
    keepTimer.setSingleShot(true);
    keepTimer.setInterval(options.keepAgain);
    QObject::connect(&keepTimer, &QTimer::timeout, &q, [this] { keepAgain(); });
}

Outbox::Parts::~Parts() {
    clock.wakeAt(0, nullptr);
    for (auto& [id, source] : std::exchange(attempts, {})) {
        source.request_stop();
    }
}

Outbox::Parts::Entry* Outbox::Parts::find(IntentId id) {
    const auto found =
        std::ranges::find_if(entries, [id](const auto& entry) { return entry->intent.id == id; });
    return found == entries.end() ? nullptr : found->get();
}

const Outbox::Parts::Entry* Outbox::Parts::find(IntentId id) const {
    return const_cast<Parts*>(this)->find(id);
}

IntentId Outbox::Parts::nextId() {
    return ++lastId;
}

QCoro::Task<> Outbox::Parts::load() {
    const std::stop_token alive = scope.token();
    auto kept = co_await store.load(alive);
    if (alive.stop_requested()) {
        co_return;
    }
    loadFailed = !kept;
    if (kept) {
        merge(std::move(*kept));
    } else {
        qCWarning(outboxLog) << "what waited cannot be read now:" << kept.error().detail;
    }
    if (!std::exchange(loaded, true)) {
        for (const auto& entry : entries) {
            if (!entry->intent.kept) {
                saveSoon(entry->intent.id);
            }
        }
        updateCounts();
        Q_EMIT q.loadedChanged();
        if (alive.stop_requested()) {
            co_return;
        }
    }
    updateCounts();
    pumpSoon();
}

// What is on disk comes before what was put meanwhile.
void Outbox::Parts::merge(QList<KeptIntent> kept) {
    std::vector<std::unique_ptr<Entry>> earlier;
    QList<Intent> unwanted;
    std::int64_t last = 0;
    for (KeptIntent& one : kept) {
        Intent& intent = one.intent;
        last = std::max(last, one.position);
        lastId = std::max(lastId, intent.id);
        if (find(intent.id) != nullptr || stillOnDisk.contains(intent.id)) {
            continue;
        }
        if (isForgotten(intent.account)) {
            unwanted.append(std::move(intent));
            continue;
        }
        if (isUnderWay(intent)) {
            // The program ended in the middle of it.
            intent.state = IntentState::Waiting;
            intent.maybeDone = true;
        }
        if (isToggle(intent.kind) && isOpen(intent) && intent.state != IntentState::Failed) {
            // What may be sent twice is not written down again before it is sent.
            intent.maybeDone = true;
        }
        if (intent.state == IntentState::Waiting) {
            intent.nextTry = std::min(intent.nextTry, clock.now() + options.longestRetryAfter.count());
        }
        earlier.push_back(
            std::make_unique<Entry>(Entry{.intent = std::move(intent), .position = one.position}));
    }
    for (auto& entry : entries) {
        if (!entry->intent.kept) {
            entry->position += last;
        }
        earlier.push_back(std::move(entry));
    }
    lastPosition += last;
    entries = std::move(earlier);
    forgotten.clear();
    forgottenPrefixes.clear();
    drop(unwanted);
    if (!unwanted.isEmpty()) {
        removeDropped();
    }
    collapseLoaded();
}

QCoro::Task<Result<void>> Outbox::Parts::save(IntentId id) {
    const std::stop_token alive = scope.token();
    Entry* entry = find(id);
    if (entry == nullptr || entry->leaving) {
        co_return std::unexpected(cancelledError());
    }
    if (!loaded) {
        co_return Result<void>();  // load() does it
    }
    const QList<IntentId> gone = stillOnDisk;
    KeptIntent now{.intent = entry->intent, .position = entry->position};
    auto done = co_await store.change(gone, std::move(now), options.sentKept, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (done) {
        stillOnDisk.removeIf([&gone](IntentId one) { return gone.contains(one); });
    } else {
        qCWarning(outboxLog) << "the disk did not take an intent:" << done.error().detail;
    }
    entry = find(id);
    if (!done && entry != nullptr && !entry->intent.kept && !keepTimer.isActive()) {
        keepTimer.start();
    }
    if (entry != nullptr && noteKept(*entry, done.has_value()) && !entry->leaving) {
        announceLater(id);
        if (done || !std::exchange(entry->refusalSaid, true)) {
            Q_EMIT q.kept(Intent(entry->intent));
            if (alive.stop_requested()) {
                co_return std::unexpected(cancelledError());
            }
        }
    }
    if (done && std::exchange(loadFailed, false)) {
        load();
    }
    co_return std::move(done);
}

// True when there is something to tell.
bool Outbox::Parts::noteKept(Entry& entry, bool done) {
    Intent& intent = entry.intent;
    if (intent.kept || (!done && intent.errorKind == ErrorKind::Storage)) {
        return false;
    }
    intent.kept = done;
    if (intent.state == IntentState::Waiting) {
        if (!done) {
            intent.errorKind = ErrorKind::Storage;
        } else if (intent.errorKind == ErrorKind::Storage) {
            intent.errorKind = ErrorKind::None;
        }
    }
    return true;
}

QCoro::Task<> Outbox::Parts::keepAgain() {
    const std::stop_token alive = scope.token();
    QList<IntentId> ids;
    for (const auto& entry : entries) {
        if (!entry->intent.kept && !entry->leaving && isOpen(entry->intent)) {
            ids.append(entry->intent.id);
        }
    }
    for (const IntentId id : std::as_const(ids)) {
        const auto done = co_await save(id);
        if (alive.stop_requested() || (!done && done.error().kind == ErrorKind::Storage)) {
            co_return;
        }
    }
}

void Outbox::Parts::saveSoon(IntentId id) {
    save(id);
}

QCoro::Task<Result<void>> Outbox::Parts::refuse() {
    co_return std::unexpected(invalidInput(QStringLiteral("there is no such intent")));
}

void Outbox::Parts::announceLater(IntentId id) {
    QMetaObject::invokeMethod(
        &q,
        [this, id] {
            if (Entry* entry = find(id)) {
                tellChanged(*entry);
            }
        },
        Qt::QueuedConnection);
}

void Outbox::Parts::updateCounts() {
    const QString account = session.accountKey();
    int open = 0;
    int failed = 0;
    QHash<QString, int> counts;
    for (const auto& entry : entries) {
        if (entry->leaving || !isOpen(entry->intent)) {
            continue;
        }
        ++counts[entry->intent.account];
        if (entry->intent.account == account) {
            ++open;
            failed += entry->intent.state == IntentState::Failed ? 1 : 0;
        }
    }
    if (counts != openCounts) {
        openCounts = std::move(counts);
        QMetaObject::invokeMethod(&q, [this] { Q_EMIT q.openCountsChanged(); }, Qt::QueuedConnection);
    }
    const bool same = open == openCount && failed == failedCount;
    openCount = open;
    failedCount = failed;
    // Later, so that whoever calls this need not ask whether the outbox is still there.
    if (!same) {
        QMetaObject::invokeMethod(&q, [this] { Q_EMIT q.countsChanged(); }, Qt::QueuedConnection);
    }
}

// --- the outside

Outbox::Outbox(Database& database, Session& session, QObject* parent)
    : QObject(parent), parts_(std::make_unique<Parts>(*this, database, session, nullptr, OutboxOptions())) {
    start(session);
}

Outbox::Outbox(Database& database, Session& session, OutboxClock& clock, OutboxOptions options,
               QObject* parent)
    : QObject(parent), parts_(std::make_unique<Parts>(*this, database, session, &clock, options)) {
    start(session);
}

Outbox::~Outbox() = default;

void Outbox::start(Session& session) {
    qRegisterMetaType<Intent>();
    const auto look = [this] { parts_->accountMayHaveChanged(); };
    connect(&session, &Session::serverChanged, this, look);
    connect(&session, &Session::signedInChanged, this, look);
    parts_->load();
}

void Outbox::setHandler(IntentKind kind, IntentHandler& handler) {
    parts_->handlers.insert(kind, &handler);
    parts_->pumpSoon();
}

void Outbox::removeHandler(IntentKind kind) {
    parts_->handlers.remove(kind);
    QList<IntentId> ids;
    for (const auto& [id, source] : parts_->attempts) {
        if (const Parts::Entry* entry = parts_->find(id); entry != nullptr && entry->intent.kind == kind) {
            ids.append(id);
        }
    }
    for (const IntentId id : std::as_const(ids)) {
        parts_->stop(id);
    }
}

IntentId Outbox::put(Intent intent, std::optional<bool> confirmed) {
    if (intent.account.isEmpty()) {
        qCWarning(outboxLog) << "an intent of nobody";
        return 0;
    }
    Parts& p = *parts_;
    intent.state = IntentState::Waiting;
    intent.attempts = 0;
    intent.createdAt = p.clock.now();
    intent.nextTry = 0;
    intent.errorKind = ErrorKind::None;
    intent.errorWords.clear();
    intent.kept = false;
    if (isToggle(intent.kind)) {
        QList<Intent> replaced;
        const Parts::Entry* underWay = nullptr;
        for (const auto& entry : p.entries) {
            if (entry->leaving || !isOpen(entry->intent) || !sameQueue(entry->intent, intent)) {
                continue;
            }
            if (isUnderWay(entry->intent)) {
                underWay = entry.get();
            } else {
                replaced.append(entry->intent);
                intent.maybeDone = intent.maybeDone || entry->intent.maybeDone;
            }
        }
        const bool wantsTheSame = underWay != nullptr && underWay->intent.on == intent.on;
        // An earlier run may have left, and sent, the opposite.
        const bool allKnown = whole() && !intent.maybeDone;
        const bool holdsAlready = underWay == nullptr && allKnown && confirmed && *confirmed == intent.on;
        if (wantsTheSame || holdsAlready) {
            const IntentId answer = wantsTheSame ? underWay->intent.id : 0;
            p.drop(replaced);
            if (!replaced.isEmpty()) {
                p.removeDropped();
            }
            p.updateCounts();
            return answer;
        }
        p.drop(replaced);
    }
    intent.id = p.nextId();
    const IntentId id = intent.id;
    p.entries.push_back(std::make_unique<Parts::Entry>(
        Parts::Entry{.intent = std::move(intent), .position = ++p.lastPosition}));
    p.announceLater(id);
    p.saveSoon(id);
    p.pumpSoon();
    return id;
}

bool Outbox::loaded() const {
    return parts_->loaded;
}

bool Outbox::whole() const {
    return parts_->loaded && !parts_->loadFailed;
}

std::optional<Intent> Outbox::intent(IntentId id) const {
    const Parts::Entry* entry = std::as_const(*parts_).find(id);
    return entry == nullptr ? std::nullopt : std::optional(entry->intent);
}

QList<Intent> Outbox::open(const QString& account, IntentKind kind, contract::Id target) const {
    QList<Intent> found;
    for (const auto& entry : parts_->entries) {
        const Intent& intent = entry->intent;
        if (!entry->leaving && isOpen(intent) && intent.kind == kind && intent.account == account &&
            (target == 0 || intent.target == target)) {
            found.append(intent);
        }
    }
    return found;
}

QList<Intent> Outbox::all(const QString& account) const {
    QList<Intent> found;
    for (auto entry = parts_->entries.rbegin(); entry != parts_->entries.rend(); ++entry) {
        if (!(*entry)->leaving && (*entry)->intent.account == account) {
            found.append((*entry)->intent);
        }
    }
    return found;
}

QList<Intent> Outbox::everything(IntentKind kind) const {
    QList<Intent> found;
    for (const auto& entry : parts_->entries) {
        if (!entry->leaving && entry->intent.kind == kind) {
            found.append(entry->intent);
        }
    }
    return found;
}

std::optional<bool> Outbox::wanted(const QString& account, IntentKind kind, contract::Id target) const {
    std::optional<bool> wish;
    for (const auto& entry : parts_->entries) {
        const Intent& intent = entry->intent;
        if (!entry->leaving && intent.target == target && intent.kind == kind && isOpen(intent) &&
            intent.state != IntentState::Failed && intent.account == account) {
            wish = intent.on;
        }
    }
    return wish;
}

int Outbox::openCount() const {
    return parts_->openCount;
}

int Outbox::failedCount() const {
    return parts_->failedCount;
}

int Outbox::openCount(const QString& account) const {
    return static_cast<int>(std::ranges::count_if(parts_->entries, [&](const auto& entry) {
        return !entry->leaving && isOpen(entry->intent) && entry->intent.account == account;
    }));
}

int Outbox::openCountOfAll(const QString& accountPrefix) const {
    return static_cast<int>(std::ranges::count_if(parts_->entries, [&](const auto& entry) {
        return !entry->leaving && isOpen(entry->intent) && entry->intent.account.startsWith(accountPrefix);
    }));
}

std::int64_t Outbox::now() const {
    return parts_->clock.now();
}

void Outbox::retry(IntentId id) {
    Parts::Entry* entry = parts_->find(id);
    if (entry == nullptr || entry->leaving ||
        (entry->intent.state != IntentState::Failed && entry->intent.state != IntentState::Waiting)) {
        return;
    }
    Intent& intent = entry->intent;
    intent.state = IntentState::Waiting;
    intent.attempts = 0;
    intent.nextTry = 0;
    intent.errorKind = ErrorKind::None;
    intent.errorWords.clear();
    const IntentKind kind = intent.kind;
    const bool mine = intent.account == parts_->session.accountKey();
    parts_->saveSoon(id);
    parts_->announceLater(id);
    parts_->pumpSoon();
    if (mine && !parts_->session.signedIn()) {
        parts_->askForAccount(kind, true);
    }
}

void Outbox::pause(IntentId id) {
    Parts::Entry* entry = parts_->find(id);
    if (entry == nullptr || entry->leaving || entry->intent.kind != IntentKind::Publish ||
        entry->intent.state == IntentState::Sent || entry->intent.state == IntentState::Paused) {
        return;
    }
    parts_->stop(id);
    entry = parts_->find(id);
    if (entry == nullptr) {
        return;
    }
    entry->intent.state = IntentState::Paused;
    parts_->saveSoon(id);
    parts_->announceLater(id);
    parts_->pumpSoon();
}

void Outbox::resume(IntentId id) {
    Parts::Entry* entry = parts_->find(id);
    if (entry == nullptr || entry->leaving || entry->intent.state != IntentState::Paused) {
        return;
    }
    Intent& intent = entry->intent;
    intent.state = IntentState::Waiting;
    intent.nextTry = 0;
    const IntentKind kind = intent.kind;
    const bool mine = intent.account == parts_->session.accountKey();
    parts_->saveSoon(id);
    parts_->announceLater(id);
    parts_->pumpSoon();
    if (mine && !parts_->session.signedIn()) {
        parts_->askForAccount(kind, true);
    }
}

QCoro::Task<Result<void>> Outbox::setData(IntentId id, QByteArray data) {
    Parts::Entry* entry = parts_->find(id);
    if (entry == nullptr || entry->leaving) {
        return parts_->refuse();
    }
    entry->intent.data = std::move(data);
    return parts_->save(id);
}

void Outbox::poke() {
    for (const auto& entry : parts_->entries) {
        Intent& intent = entry->intent;
        if (intent.state == IntentState::Waiting && isSilence(intent.errorKind) && intent.nextTry > 0) {
            intent.nextTry = 0;
            parts_->announceLater(intent.id);
        }
    }
    parts_->pumpSoon();
}

}  // namespace tikgok
