// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SimulatorDesk: what it reads while the page is shown, and the levers.

#include "core/simulator/simulator_desk.h"

#include "core/simulator/fault_presets.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

using Key = QLatin1StringView;

// A world of a million videos is not made in a moment.
constexpr std::chrono::milliseconds kWorldPatience{180'000};

}  // namespace

SimulatorDesk::SimulatorDesk(AdminClient& client, SimulatorWatch& watch, Session& session,
                             SimulatorDeskOptions options, QObject* parent)
    : QObject(parent), client_(client), watch_(watch), session_(session), options_(options), files_(client) {
    disk_.setMaxThreadCount(1);
    time_.start();
    connect(&watch_, &SimulatorWatch::serverChanged, this, &SimulatorDesk::forget);
    connect(&files_, &SimulatorFiles::done, this, &SimulatorDesk::lookSoon);
    // The door was opened while the page is in front of it.
    connect(&watch_, &SimulatorWatch::changed, this,
            [this, was = SimulatorWatch::Presence::Unknown]() mutable {
                const auto now = watch_.presence();
                if (std::exchange(was, now) != now && now == SimulatorWatch::Presence::Open) {
                    lookSoon();
                }
            });
}

SimulatorDesk::~SimulatorDesk() {
    disk_.waitForDone();
}

QString SimulatorDesk::clockText() const {
    return clock_.nowMs == 0
               ? QString()
               : QLocale().toString(QDateTime::fromMSecsSinceEpoch(clock_.nowMs), QLocale::LongFormat);
}

void SimulatorDesk::forget() {
    loop_.restart();
    peopleScope_.restart();
    entryScope_.restart();
    files_.forget();
    rules_.setRows({});
    inside_.setRows({});
    scenarios_.setRows({});
    snapshots_.setRows({});
    people_.setRows({});
    load_.clear();
    clock_ = {};
    recording_ = false;
    recordingRefused_ = false;
    recordingBegun_ = false;
    recorded_ = 0;
    peoplePart_.clear();
    closeEntry();
    setGuest({}, {});
    setProblem(ErrorKind::None);
    forgetChecks();
    forgetJournal();
    Q_EMIT clockChanged();
    lookSoon();
}

void SimulatorDesk::forgetJournal() {
    journalScope_.restart();
    journal_.clear();
    journalNext_ = -1;
    Q_EMIT journalChanged();
}

void SimulatorDesk::setShown(bool shown) {
    if (std::exchange(shown_, shown) == shown) {
        return;
    }
    loop_.restart();
    load_.rest();
    Q_EMIT shownChanged();
    if (shown_) {
        // Others may have turned something meanwhile; and a door that was shut may be open now.
        if (watch_.presence() != SimulatorWatch::Presence::Open) {
            watch_.look();
        }
        follow();
    }
}

void SimulatorDesk::setSection(Section section) {
    if (std::exchange(section_, section) != section) {
        Q_EMIT sectionChanged();
        lookSoon();
        if (section_ == Section::People && people_.count() == 0) {
            findPeople(peoplePart_);
        }
    }
}

void SimulatorDesk::lookSoon() {
    if (shown_) {
        loop_.restart();
        follow();
    }
}

QCoro::Task<> SimulatorDesk::follow() {
    const std::stop_token alive = loop_.token();
    const auto pace = options_.pace;
    while (!alive.stop_requested()) {
        if (watch_.presence() == SimulatorWatch::Presence::Open) {
            co_await readSection(alive);
        }
        if (!alive.stop_requested()) {
            co_await sleepFor(pace, alive);
        }
    }
}

QCoro::Task<> SimulatorDesk::readSection(std::stop_token alive) {
    const bool open = co_await watch_.ask(alive);
    if (alive.stop_requested() || !open) {
        co_return;
    }
    if (const auto page = co_await client_.metrics(alive); page && !alive.stop_requested()) {
        load_.add(loadSampleFrom(page->body), time_.elapsed());
    }
    if (!alive.stop_requested()) {
        co_await beginRecording(alive);
    }
    if (alive.stop_requested()) {
        co_return;
    }
    switch (section_) {
        case Section::Faults: {
            const auto faults = co_await client_.call(AdminCall::get(QStringLiteral("faults")), alive);
            if (!alive.stop_requested() && faults) {
                rules_.setRows(faultRowsFrom(*faults));
            }
            if (alive.stop_requested()) {
                co_return;
            }
            const auto inside = co_await client_.call(AdminCall::get(QStringLiteral("inside")), alive);
            if (!alive.stop_requested() && inside) {
                inside_.setRows(insideRowsFrom(*inside));
            }
            if (!alive.stop_requested()) {
                co_await readDeadLetters(alive);
            }
            co_return;
        }
        case Section::Scenarios: {
            if (scenarios_.count() > 0) {
                co_return;
            }
            const auto shipped = co_await client_.call(AdminCall::get(QStringLiteral("scenarios")), alive);
            if (!alive.stop_requested() && shipped) {
                scenarios_.setRows(scenarioRowsFrom(*shipped));
            }
            co_return;
        }
        case Section::Clock: {
            const auto clock = co_await client_.call(AdminCall::get(QStringLiteral("clock")), alive);
            if (!alive.stop_requested() && clock) {
                takeClock(*clock);
            }
            co_return;
        }
        case Section::World: {
            const auto snapshots = co_await client_.call(AdminCall::get(QStringLiteral("snapshots")), alive);
            if (!alive.stop_requested() && snapshots) {
                snapshots_.setRows(snapshotRowsFrom(*snapshots));
            }
            co_return;
        }
        case Section::Journal:
            co_await readJournal(alive);
            co_return;
        case Section::Checks:
            co_await readChecks(alive);
            co_return;
        case Section::Replay:
            co_await readReplay(alive);
            co_return;
        case Section::People:
        case Section::Load:
            co_return;
    }
}

// --- levers

QCoro::Task<> SimulatorDesk::move(AdminCall call, Then then) {
    const std::stop_token alive = scope_.token();
    setProblem(ErrorKind::None);
    ++moving_;
    Q_EMIT busyChanged();
    const QString token = client_.token();
    const auto answer = co_await client_.call(std::move(call), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    const bool stale = token != client_.token();  // about another server
    const ErrorKind kind = answer ? ErrorKind::None : answer.error().kind;
    if (!answer && !stale) {
        setProblem(kind, answer.error().serverWords);
    }
    --moving_;
    Q_EMIT busyChanged();
    if (alive.stop_requested() || stale) {
        co_return;
    }
    if (!answer) {
        if (kind != ErrorKind::Refused && kind != ErrorKind::Cancelled) {
            watch_.look();
        }
    } else if (then) {
        then(*answer);
    }
    if (!alive.stop_requested()) {
        // The banner, too, when the page is not shown.
        if (!shown_) {
            watch_.look();
        }
        lookSoon();
    }
}

void SimulatorDesk::setProblem(ErrorKind kind, const QString& words) {
    if (problem_ != kind || problemWords_ != words) {
        problem_ = kind;
        problemWords_ = words;
        Q_EMIT problemChanged();
    }
}

void SimulatorDesk::makeGood() {
    move(AdminCall::remove(QStringLiteral("scenario")), [this](const QJsonObject&) { setGuest({}, {}); });
}

void SimulatorDesk::addPreset(const QString& preset) {
    if (const auto rule = faultPreset(preset)) {
        move(AdminCall::put(QStringLiteral("faults/") + AdminCall::piece(preset), *rule));
    }
}

void SimulatorDesk::addRule(const QString& route, const QString& kind, int number, int percent, int times) {
    // The first name that is free: a rule in the place of another one would be a surprise.
    const auto taken = [this](const QString& name) {
        return std::ranges::any_of(rules_.rows(), [&name](const FaultRow& row) { return row.name == name; });
    };
    const QString base = QString(kind).replace(QLatin1Char('_'), QLatin1Char('-'));
    QString name = base;
    for (int i = 2; taken(name); ++i) {
        name = base + QLatin1Char('-') + QString::number(i);
    }
    move(AdminCall::put(QStringLiteral("faults/") + AdminCall::piece(name),
                        faultRuleOf(route, kind, number, percent, times)));
}

void SimulatorDesk::switchRule(const QString& name, bool on) {
    move(
        AdminCall::post(QStringLiteral("faults/%1/%2")
                            .arg(AdminCall::piece(name), on ? QStringLiteral("on") : QStringLiteral("off"))));
}

void SimulatorDesk::removeRule(const QString& name) {
    move(AdminCall::remove(QStringLiteral("faults/") + AdminCall::piece(name)));
}

void SimulatorDesk::switchInside(const QString& name, bool on) {
    move(AdminCall::put(QStringLiteral("inside/") + AdminCall::piece(name), {{QStringLiteral("on"), on}}));
}

void SimulatorDesk::loadScenario(const QString& name) {
    move(AdminCall::post(QStringLiteral("scenarios/") + AdminCall::piece(name)),
         [this](const QJsonObject& said) {
             const QJsonObject first = said.value(Key("accounts")).toArray().first().toObject();
             setGuest(first.isEmpty() ? QString() : QString::number(first.value(Key("id")).toInteger()),
                      first.value(Key("name")).toString());
             people_.setRows({});
             Q_EMIT worldChanged();
         });
}

void SimulatorDesk::setGuest(const QString& id, const QString& name) {
    if (guestId_ != id || guestName_ != name) {
        guestId_ = id;
        guestName_ = name;
        Q_EMIT guestChanged();
    }
}

void SimulatorDesk::takeClock(const QJsonObject& clock) {
    if (const SimulatorClock now = simulatorClockFrom(clock); now != clock_) {
        clock_ = now;
        Q_EMIT clockChanged();
    }
}

void SimulatorDesk::freezeClock() {
    move(AdminCall::post(QStringLiteral("clock/freeze")),
         [this](const QJsonObject& clock) { takeClock(clock); });
}

void SimulatorDesk::runClock() {
    move(AdminCall::post(QStringLiteral("clock/resume")),
         [this](const QJsonObject& clock) { takeClock(clock); });
}

void SimulatorDesk::advanceClock(int seconds) {
    constexpr qint64 kMsPerSecond = 1000;
    move(AdminCall::post(QStringLiteral("clock/advance"), {{QStringLiteral("ms"), seconds * kMsPerSecond}}),
         [this](const QJsonObject& clock) { takeClock(clock); });
}

void SimulatorDesk::scaleClock(double factor) {
    move(AdminCall::post(QStringLiteral("clock/scale"), {{QStringLiteral("factor"), factor}}),
         [this](const QJsonObject& clock) { takeClock(clock); });
}

void SimulatorDesk::resetClock() {
    move(AdminCall::post(QStringLiteral("clock/reset")),
         [this](const QJsonObject& clock) { takeClock(clock); });
}

void SimulatorDesk::speak(const QString& dialect) {
    move(AdminCall::put(QStringLiteral("dialect"), {{QStringLiteral("dialect"), dialect}}),
         [this](const QJsonObject&) { Q_EMIT worldChanged(); });
}

void SimulatorDesk::resetWorld() {
    move(AdminCall::post(QStringLiteral("world/reset")), [this](const QJsonObject&) {
        people_.setRows({});
        Q_EMIT worldChanged();
    });
}

void SimulatorDesk::makeWorld(const QString& name, const QString& seed) {
    QJsonObject body{{QStringLiteral("name"), name}};
    if (const QString digits = seed.trimmed(); !digits.isEmpty()) {
        bool number = false;
        const qint64 value = digits.toLongLong(&number);
        body.insert(QStringLiteral("seed"), number ? value : qint64{-1});
    }
    AdminCall call = AdminCall::put(QStringLiteral("world"), body);
    call.patience = kWorldPatience;
    move(std::move(call), [this](const QJsonObject&) {
        people_.setRows({});
        Q_EMIT worldChanged();
    });
}

void SimulatorDesk::saveSnapshot(const QString& name) {
    const QString plain = name.trimmed();
    move(AdminCall::put(QStringLiteral("snapshots/") + AdminCall::piece(plain)),
         [this, plain](const QJsonObject&) { Q_EMIT snapshotSaved(plain); });
}

void SimulatorDesk::restoreSnapshot(const QString& name) {
    move(AdminCall::post(QStringLiteral("snapshots/%1/restore").arg(AdminCall::piece(name))),
         [this](const QJsonObject&) {
             people_.setRows({});
             Q_EMIT worldChanged();
         });
}

void SimulatorDesk::removeSnapshot(const QString& name) {
    move(AdminCall::remove(QStringLiteral("snapshots/") + AdminCall::piece(name)));
}

// --- people

void SimulatorDesk::findPeople(const QString& part) {
    peoplePart_ = part;
    peopleScope_.restart();
    readPeople(part);
}

QCoro::Task<> SimulatorDesk::readPeople(QString part) {
    const std::stop_token alive = peopleScope_.token();
    AdminCall call = AdminCall::get(QStringLiteral("people"));
    if (!part.trimmed().isEmpty()) {
        call.query.append({QStringLiteral("name"), part.trimmed()});
    }
    const auto found = co_await client_.call(std::move(call), alive);
    if (!alive.stop_requested() && found) {
        people_.setRows(simPersonRowsFrom(*found));
    }
}

void SimulatorDesk::become(const QString& userId) {
    bool good = false;
    const qint64 id = userId.toLongLong(&good);
    if (!good) {
        return;
    }
    move(AdminCall::post(QStringLiteral("people/token"), {{QStringLiteral("id"), id}}),
         [this](const QJsonObject& said) {
             const QString name = said.value(Key("name")).toString();
             session_.enter(name, said.value(Key("id")).toInteger(), said.value(Key("token")).toString());
             Q_EMIT becameSomebody(name);
         });
}

}  // namespace tikgok
