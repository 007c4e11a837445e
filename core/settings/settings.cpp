// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(settingsLog, "tikgok.settings")

constexpr QLatin1StringView kPlainTextSeen{"plainTextSeen"};
// More accounts than anybody has.
constexpr qsizetype kMostSeen = 50;

enum class Kind { Bool, Number, Choice, ServerUrl };

struct Entry {
    const char* key;
    Kind kind;
    // Bool: 0 or 1. Number: as it is. Others: unused.
    double byDefault;
    double least = 0;
    double most = 0;
    // Choice: the allowed words, the first is the default.
    std::array<const char*, 3> words{};
};

constexpr std::array kTable{
    Entry{"theme", Kind::Choice, 0, 0, 0, {"system", "light", "dark"}},
    Entry{"language", Kind::Choice, 0, 0, 0, {"system", "zh_CN", "en"}},
    Entry{"muted", Kind::Bool, 0},
    Entry{"volume", Kind::Number, 1.0, 0.0, 1.0},
    Entry{"playbackRate", Kind::Number, 1.0, 0.5, 2.0},
    Entry{"serverUrl", Kind::ServerUrl, 0},
    Entry{"reducedMotion", Kind::Bool, 0},
    Entry{"textScale", Kind::Number, 1.0, 1.0, 2.0},
    Entry{"autoScroll", Kind::Bool, 0},
    Entry{"videoCacheMegabytes", Kind::Number, 1024, 0, 1 << 20},
    Entry{"pictureCacheMegabytes", Kind::Number, 256, 0, 1 << 20},
    Entry{"autoplay", Kind::Bool, 1},
    Entry{"prefetch", Kind::Choice, 0, 0, 0, {"next", "nothing", "neighbours"}},
    Entry{"dataSaver", Kind::Bool, 0},
    Entry{"plainTextTokens", Kind::Bool, 0},
};

const Entry& entryOf(const char* key) {
    return *std::ranges::find_if(kTable, [key](const Entry& entry) { return qstrcmp(entry.key, key) == 0; });
}

QJsonValue defaultOf(const Entry& entry) {
    switch (entry.kind) {
        case Kind::Bool:
            return entry.byDefault != 0;
        case Kind::Number:
            return entry.byDefault;
        case Kind::Choice:
            return QString::fromLatin1(entry.words[0]);
        case Kind::ServerUrl:
            return QString();
    }
    return {};
}

bool isAllowed(const Entry& entry, const QJsonValue& value) {
    switch (entry.kind) {
        case Kind::Bool:
            return value.isBool();
        case Kind::Number:
            return value.isDouble() && value.toDouble() >= entry.least && value.toDouble() <= entry.most;
        case Kind::Choice:
            return value.isString() && std::ranges::any_of(entry.words, [&value](const char* word) {
                       return value.toString() == QLatin1String(word);
                   });
        case Kind::ServerUrl: {
            if (!value.isString()) {
                return false;
            }
            if (value.toString().isEmpty()) {
                return true;
            }
            const QUrl url(value.toString(), QUrl::StrictMode);
            const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
            // Never with a password in it: the file is plain text.
            return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty();
        }
    }
    return false;
}

QJsonValue valueIn(const QJsonObject& values, const char* key) {
    const auto found = values.constFind(QLatin1String(key));
    return found == values.constEnd() ? defaultOf(entryOf(key)) : QJsonValue(*found);
}

}  // namespace

Settings::Settings(const QString& filePath, QObject* parent) : QObject(parent), file_(filePath) {
    soon_.setSingleShot(true);
    soon_.setInterval(500);
    connect(&soon_, &QTimer::timeout, this,
            [this] { file_.write(QJsonDocument(values_).toJson(QJsonDocument::Indented)); });
    load();
}

Settings::~Settings() {
    flush();
}

void Settings::load() {
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
    values_ = document.object();
    for (const Entry& entry : kTable) {
        const auto found = values_.find(QLatin1String(entry.key));
        if (found != values_.end() && !isAllowed(entry, *found)) {
            qCWarning(settingsLog) << "the value of" << entry.key << "is not allowed; the default is used";
            values_.erase(found);
        }
    }
}

bool Settings::set(const char* key, const QJsonValue& value) {
    if (!isAllowed(entryOf(key), value)) {
        qCWarning(settingsLog) << "refused a value for" << key;
        return false;
    }
    if (valueIn(values_, key) == value) {
        return false;
    }
    values_.insert(QLatin1String(key), value);
    changed();
    return true;
}

void Settings::changed() {
    if (!soon_.isActive()) {
        soon_.start();
    }
}

void Settings::flush() {
    if (soon_.isActive()) {
        soon_.stop();
        file_.write(QJsonDocument(values_).toJson(QJsonDocument::Indented));
    }
    file_.waitForWritten();
}

Settings::Theme Settings::theme() const {
    const QString word = valueIn(values_, "theme").toString();
    if (word == QLatin1String("light")) {
        return Theme::Light;
    }
    return word == QLatin1String("dark") ? Theme::Dark : Theme::System;
}

QString Settings::language() const {
    return valueIn(values_, "language").toString();
}

bool Settings::muted() const {
    return valueIn(values_, "muted").toBool();
}

double Settings::volume() const {
    return valueIn(values_, "volume").toDouble();
}

double Settings::playbackRate() const {
    return valueIn(values_, "playbackRate").toDouble();
}

QString Settings::serverUrl() const {
    return valueIn(values_, "serverUrl").toString();
}

bool Settings::reducedMotion() const {
    return valueIn(values_, "reducedMotion").toBool();
}

double Settings::textScale() const {
    return valueIn(values_, "textScale").toDouble();
}

bool Settings::autoScroll() const {
    return valueIn(values_, "autoScroll").toBool();
}

int Settings::videoCacheMegabytes() const {
    return static_cast<int>(valueIn(values_, "videoCacheMegabytes").toDouble());
}

int Settings::pictureCacheMegabytes() const {
    return static_cast<int>(valueIn(values_, "pictureCacheMegabytes").toDouble());
}

bool Settings::autoplay() const {
    return valueIn(values_, "autoplay").toBool();
}

Settings::Ahead Settings::prefetch() const {
    const QString word = valueIn(values_, "prefetch").toString();
    if (word == QLatin1String("nothing")) {
        return Ahead::Nothing;
    }
    return word == QLatin1String("neighbours") ? Ahead::Neighbours : Ahead::Next;
}

bool Settings::dataSaver() const {
    return valueIn(values_, "dataSaver").toBool();
}

bool Settings::plainTextTokens() const {
    return valueIn(values_, "plainTextTokens").toBool();
}

DataPolicy Settings::dataPolicy() const {
    switch (prefetch()) {
        case Ahead::Nothing:
            return tikgok::dataPolicy(dataSaver(), Prefetch::Nothing);
        case Ahead::Neighbours:
            return tikgok::dataPolicy(dataSaver(), Prefetch::Neighbours);
        case Ahead::Next:
            break;
    }
    return tikgok::dataPolicy(dataSaver(), Prefetch::Next);
}

void Settings::setTheme(Theme theme) {
    const auto index = static_cast<std::size_t>(theme);
    const auto& words = entryOf("theme").words;
    if (index < words.size() && set("theme", QString::fromLatin1(words[index]))) {
        Q_EMIT themeChanged();
    }
}

void Settings::setLanguage(const QString& language) {
    if (set("language", language)) {
        Q_EMIT languageChanged();
    }
}

void Settings::setMuted(bool muted) {
    if (set("muted", muted)) {
        Q_EMIT mutedChanged();
    }
}

void Settings::setVolume(double volume) {
    if (set("volume", volume)) {
        Q_EMIT volumeChanged();
    }
}

void Settings::setPlaybackRate(double rate) {
    if (set("playbackRate", rate)) {
        Q_EMIT playbackRateChanged();
    }
}

void Settings::setServerUrl(const QString& url) {
    if (set("serverUrl", url)) {
        Q_EMIT serverUrlChanged();
    }
}

void Settings::setReducedMotion(bool reduced) {
    if (set("reducedMotion", reduced)) {
        Q_EMIT reducedMotionChanged();
    }
}

void Settings::setTextScale(double scale) {
    if (set("textScale", scale)) {
        Q_EMIT textScaleChanged();
    }
}

void Settings::setAutoScroll(bool on) {
    if (set("autoScroll", on)) {
        Q_EMIT autoScrollChanged();
    }
}

void Settings::setVideoCacheMegabytes(int megabytes) {
    if (set("videoCacheMegabytes", megabytes)) {
        Q_EMIT videoCacheMegabytesChanged();
    }
}

void Settings::setPictureCacheMegabytes(int megabytes) {
    if (set("pictureCacheMegabytes", megabytes)) {
        Q_EMIT pictureCacheMegabytesChanged();
    }
}

void Settings::setAutoplay(bool on) {
    if (set("autoplay", on)) {
        Q_EMIT autoplayChanged();
    }
}

void Settings::setPrefetch(Ahead ahead) {
    const char* word = ahead == Ahead::Nothing      ? "nothing"
                       : ahead == Ahead::Neighbours ? "neighbours"
                                                    : "next";
    if (set("prefetch", QString::fromLatin1(word))) {
        Q_EMIT prefetchChanged();
        Q_EMIT dataPolicyChanged();
    }
}

void Settings::setDataSaver(bool on) {
    if (set("dataSaver", on)) {
        Q_EMIT dataSaverChanged();
        Q_EMIT dataPolicyChanged();
    }
}

QStringList Settings::plainTextSeen() const {
    QStringList accounts;
    for (const auto& one : values_.value(kPlainTextSeen).toArray()) {
        if (one.isString()) {
            accounts.append(one.toString());
        }
    }
    return accounts;
}

void Settings::notePlainTextSeen(const QString& account) {
    QStringList accounts = plainTextSeen();
    if (account.isEmpty() || accounts.contains(account)) {
        return;
    }
    accounts.append(account);
    values_.insert(kPlainTextSeen,
                   QJsonArray::fromStringList(accounts.last(std::min(accounts.size(), kMostSeen))));
    changed();
    Q_EMIT plainTextSeenChanged();
}

void Settings::setPlainTextTokens(bool plain) {
    if (set("plainTextTokens", plain)) {
        if (!plain && !plainTextSeen().isEmpty()) {
            values_.remove(kPlainTextSeen);
            Q_EMIT plainTextSeenChanged();
        }
        Q_EMIT plainTextTokensChanged();
    }
}

QJsonObject Settings::table() const {
    QJsonObject all;
    for (const Entry& entry : kTable) {
        all.insert(QLatin1String(entry.key), valueIn(values_, entry.key));
    }
    return all;
}

}  // namespace tikgok
