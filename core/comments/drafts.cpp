// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/drafts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace tikgok {

Drafts::Drafts(const QString& filePath, DraftsOptions options, QObject* parent)
    : QObject(parent), file_(filePath) {
    for (QTimer* timer : {&soon_, &latest_}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &Drafts::write);
    }
    soon_.setInterval(options.afterLastChange);
    latest_.setInterval(options.afterFirstChange);
    load();
}

Drafts::~Drafts() {
    flush();
}

void Drafts::load() {
    const auto bytes = file_.read();
    if (!bytes) {
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        file_.putAside();
        return;
    }
    const QJsonObject accounts = document.object();
    for (auto account = accounts.begin(); account != accounts.end(); ++account) {
        const QJsonObject targets = account->toObject();
        for (auto target = targets.begin(); target != targets.end(); ++target) {
            const QJsonObject saved = target->toObject();
            Entry entry{.draft = saved.value(QLatin1String("draft")).toString(), .unsent = {}};
            const QJsonArray unsent = saved.value(QLatin1String("unsent")).toArray();
            for (const auto& one : unsent) {
                const QJsonObject text = one.toObject();
                entry.unsent.append({.account = account.key(),
                                     .target = target.key(),
                                     .text = text.value(QLatin1String("text")).toString(),
                                     .uncertain = text.value(QLatin1String("uncertain")).toBool(true)});
            }
            if (!entry.isEmpty()) {
                entries_[account.key()].insert(target.key(), entry);
            }
        }
    }
}

void Drafts::write() {
    soon_.stop();
    latest_.stop();
    QJsonObject accounts;
    for (auto account = entries_.cbegin(); account != entries_.cend(); ++account) {
        QJsonObject targets;
        for (auto target = account->cbegin(); target != account->cend(); ++target) {
            QJsonArray unsent;
            for (const UnsentText& one : target->unsent) {
                unsent.append(QJsonObject{{QStringLiteral("text"), one.text},
                                          {QStringLiteral("uncertain"), one.uncertain}});
            }
            targets.insert(target.key(), QJsonObject{{QStringLiteral("draft"), target->draft},
                                                     {QStringLiteral("unsent"), unsent}});
        }
        accounts.insert(account.key(), targets);
    }
    file_.write(QJsonDocument(accounts).toJson(QJsonDocument::Compact));
}

void Drafts::forget(const QString& account) {
    if (entries_.remove(account) > 0) {
        changed();
        Q_EMIT draftChanged(account, {});
    }
}

void Drafts::forgetAll(const QString& accountPrefix) {
    QStringList gone;
    entries_.removeIf([&](const QHash<QString, QHash<QString, Entry>>::iterator one) {
        const bool goes = one.key().startsWith(accountPrefix);
        if (goes) {
            gone.append(one.key());
        }
        return goes;
    });
    if (!gone.isEmpty()) {
        changed();
    }
    for (const QString& account : std::as_const(gone)) {
        Q_EMIT draftChanged(account, {});
    }
}

int Drafts::countOfAll(const QString& accountPrefix) const {
    qsizetype all = 0;
    for (auto one = entries_.cbegin(); one != entries_.cend(); ++one) {
        all += one.key().startsWith(accountPrefix) ? one->size() : 0;
    }
    return static_cast<int>(all);
}

void Drafts::save() {
    if (soon_.isActive() || latest_.isActive()) {
        write();
    }
}

void Drafts::flush() {
    save();
    file_.waitForWritten();
}

void Drafts::changed() {
    soon_.start();
    if (!latest_.isActive()) {
        latest_.start();
    }
}

Drafts::Entry& Drafts::entry(const QString& account, const QString& target) {
    return entries_[account][target];
}

void Drafts::dropEmpty(const QString& account, const QString& target) {
    const auto targets = entries_.find(account);
    if (targets == entries_.end()) {
        return;
    }
    if (const auto found = targets->find(target); found != targets->end() && found->isEmpty()) {
        targets->erase(found);
    }
    if (targets->isEmpty()) {
        entries_.erase(targets);
    }
}

QString Drafts::draft(const QString& account, const QString& target) const {
    return entries_.value(account).value(target).draft;
}

void Drafts::setDraft(const QString& account, const QString& target, const QString& text) {
    if (draft(account, target) == text) {
        return;
    }
    entry(account, target).draft = text;
    dropEmpty(account, target);
    changed();
    Q_EMIT draftChanged(account, target);
}

QList<UnsentText> Drafts::unsent() const {
    QList<UnsentText> all;
    for (const auto& targets : entries_) {
        for (const Entry& one : targets) {
            all += one.unsent;
        }
    }
    return all;
}

void Drafts::removeUnsent(const UnsentText& unsent) {
    const auto targets = entries_.find(unsent.account);
    if (targets == entries_.end()) {
        return;
    }
    const auto found = targets->find(unsent.target);
    if (found == targets->end()) {
        return;
    }
    const auto one = std::ranges::find(found->unsent, unsent.text, &UnsentText::text);
    if (one == found->unsent.end()) {
        return;
    }
    found->unsent.erase(one);
    dropEmpty(unsent.account, unsent.target);
    write();
}

void Drafts::adopt(const QString& strangerAccount, const QString& account) {
    const QHash<QString, Entry> found = entries_.take(strangerAccount);
    if (found.isEmpty()) {
        return;
    }
    for (auto target = found.cbegin(); target != found.cend(); ++target) {
        Entry& mine = entry(account, target.key());
        if (mine.draft.isEmpty()) {
            mine.draft = target->draft;
        } else if (!target->draft.isEmpty() && mine.draft != target->draft) {
            // Both were typed by somebody: keep both.
            mine.draft += QLatin1Char('\n') + target->draft;
        }
        for (UnsentText one : target->unsent) {
            one.account = account;
            mine.unsent.append(std::move(one));
        }
    }
    write();
    Q_EMIT draftChanged(account, {});
}

}  // namespace tikgok
