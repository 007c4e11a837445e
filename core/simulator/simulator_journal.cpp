// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SimulatorDesk: the journal.

#include "core/simulator/simulator_desk.h"
#include "core/storage/private_file.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// So far back the page looks when it is opened; the model keeps fewer.
constexpr qint64 kJournalBack = 1'000;

}  // namespace

// A tester who opens the page wants to know what has been sent; so, like the network view of a browser, it
// records from then on.
QCoro::Task<> SimulatorDesk::beginRecording(std::stop_token alive) {
    if (recordingBegun_ || recordingRefused_) {
        co_return;
    }
    QJsonObject on;
    on.insert(QStringLiteral("on"), true);
    const auto done = co_await client_.call(AdminCall::put(QStringLiteral("journal"), on), alive);
    if (alive.stop_requested() || !done) {
        co_return;
    }
    recordingBegun_ = true;
    recording_ = true;
    Q_EMIT journalChanged();
}

QList<std::pair<QString, QString>> SimulatorDesk::journalFilter() const {
    QList<std::pair<QString, QString>> filter;
    if (!journalRoute_.isEmpty()) {
        filter.append({QStringLiteral("route"), journalRoute_});
    }
    if (struckOnly_) {
        filter.append({QStringLiteral("fault"), QStringLiteral("*")});
    }
    return filter;
}

QCoro::Task<> SimulatorDesk::readJournal(std::stop_token caller) {
    const std::stop_token alive = journalScope_.token();
    const auto state = co_await client_.call(AdminCall::get(QStringLiteral("journal/state")), caller);
    if (alive.stop_requested() || caller.stop_requested() || !state) {
        co_return;
    }
    const bool on = state->value(QLatin1StringView("on")).toBool();
    const qint64 kept = state->value(QLatin1StringView("entries")).toInteger();
    if (on != recording_ || kept != recorded_) {
        recording_ = on;
        recorded_ = kept;
        Q_EMIT journalChanged();
    }
    const qint64 written = state->value(QLatin1StringView("written")).toInteger();
    const qint64 after = journalNext_ >= 0 ? journalNext_ : std::max<qint64>(0, written - kJournalBack);
    if (written <= after) {
        co_return;
    }
    auto query = journalFilter();
    query.append({QStringLiteral("after"), QString::number(after)});
    query.append({QStringLiteral("limit"), QString::number(kJournalBack)});
    const auto list = co_await client_.call(AdminCall::get(QStringLiteral("journal"), query), caller);
    if (alive.stop_requested() || caller.stop_requested()) {
        co_return;
    }
    if (!list) {
        setProblem(list.error().kind, list.error().serverWords);
        co_return;
    }
    const QList<JournalRow> rows = journalRowsFrom(*list);
    journal_.add(rows);
    // What did not fit the filter need not be looked at again, unless there was more than came.
    const bool all = rows.size() < kJournalBack;
    journalNext_ =
        all ? std::max(written, rows.isEmpty() ? after : rows.constLast().number) : rows.constLast().number;
}

void SimulatorDesk::setRecording(bool on) {
    recordingRefused_ = !on;
    move(AdminCall::put(QStringLiteral("journal"), {{QStringLiteral("on"), on}}),
         [this](const QJsonObject& state) {
             recording_ = state.value(QLatin1StringView("on")).toBool();
             Q_EMIT journalChanged();
         });
}

void SimulatorDesk::clearJournal() {
    move(AdminCall::remove(QStringLiteral("journal")), [this](const QJsonObject&) {
        recorded_ = 0;
        forgetJournal();
    });
}

void SimulatorDesk::filterJournal(const QString& route, bool struckOnly) {
    if (journalRoute_ == route.trimmed() && struckOnly_ == struckOnly) {
        return;
    }
    journalRoute_ = route.trimmed();
    struckOnly_ = struckOnly;
    setProblem(ErrorKind::None);
    forgetJournal();
    lookSoon();
}

void SimulatorDesk::openEntry(const QString& number) {
    entryScope_.restart();
    entryNumber_ = number;
    entryText_.clear();
    Q_EMIT entryChanged();
    readEntry(number);
}

void SimulatorDesk::closeEntry() {
    entryScope_.restart();
    entryNumber_.clear();
    entryText_.clear();
    Q_EMIT entryChanged();
}

QCoro::Task<> SimulatorDesk::readEntry(QString number) {
    const std::stop_token alive = entryScope_.token();
    const auto entry = co_await client_.call(
        AdminCall::get(QStringLiteral("journal/%1/explain").arg(AdminCall::piece(number))), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (entry) {
        entryText_ = journalTextFrom(*entry);
        Q_EMIT entryChanged();
    } else {
        setProblem(entry.error().kind, entry.error().serverWords);
    }
}

void SimulatorDesk::askCurl(const QString& number) {
    readCurl(number);
}

QCoro::Task<> SimulatorDesk::readCurl(QString number) {
    const std::stop_token alive = scope_.token();
    const auto entry = co_await client_.call(
        AdminCall::get(QStringLiteral("journal/%1/curl").arg(AdminCall::piece(number))), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (entry) {
        Q_EMIT curlReady(entry->value(QLatin1StringView("curl")).toString());
    } else {
        setProblem(entry.error().kind, entry.error().serverWords);
    }
}

void SimulatorDesk::exportHar(const QUrl& file) {
    if (exporting_) {
        return;
    }
    if (!file.isLocalFile()) {
        Q_EMIT harFailed(QString());
        return;
    }
    writeHar(file.toLocalFile());
}

QCoro::Task<> SimulatorDesk::writeHar(QString path) {
    const std::stop_token alive = scope_.token();
    exporting_ = true;
    setProblem(ErrorKind::None);
    Q_EMIT exportingChanged();
    const auto har =
        co_await client_.raw(AdminCall::get(QStringLiteral("journal/har"), journalFilter()), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    QString why;
    if (har) {
        const Once<QString> ended;
        disk_.start([ended, path, bytes = har->body, context = &context_] {
            const QString trouble = writePrivateFile(path, bytes);
            QMetaObject::invokeMethod(context, [ended, trouble] { ended.finish(trouble); });
        });
        const std::stop_callback gone(alive, [ended] { ended.finish(QString()); });
        why = co_await ended;
    }
    if (alive.stop_requested()) {
        co_return;
    }
    exporting_ = false;
    Q_EMIT exportingChanged();
    if (alive.stop_requested()) {
        co_return;
    }
    if (!har) {
        setProblem(har.error().kind, har.error().serverWords);
    } else if (why.isEmpty()) {
        Q_EMIT harSaved(path);
    } else {
        Q_EMIT harFailed(why);
    }
}

}  // namespace tikgok
