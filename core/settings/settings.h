// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the person chose, in one typed table, in one JSON file.
#pragma once

#include "core/account/last_accounts.h"
#include "core/settings/atomic_file.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTimer>

namespace tikgok {

// A value of the wrong type or outside its range is replaced by the default and logged. Keys that this
// version does not know are kept. A file that cannot be read is put aside. Changes are written a moment later
// and when the object is destroyed.
class Settings final : public QObject, public LastAccounts {
    Q_OBJECT
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged)
    // "system", "zh_CN" or "en".
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(bool muted READ muted WRITE setMuted NOTIFY mutedChanged)
    // 0.0 to 1.0.
    Q_PROPERTY(double volume READ volume WRITE setVolume NOTIFY volumeChanged)
    // 0.5 to 2.0.
    Q_PROPERTY(double playbackRate READ playbackRate WRITE setPlaybackRate NOTIFY playbackRateChanged)
    // Empty: the embedded simulator. Otherwise an absolute http or https URL.
    Q_PROPERTY(QString serverUrl READ serverUrl WRITE setServerUrl NOTIFY serverUrlChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
    // 1.0 to 2.0.
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged)
    // The feed goes on to the next video by itself.
    Q_PROPERTY(bool autoScroll READ autoScroll WRITE setAutoScroll NOTIFY autoScrollChanged)
    // At most so much is kept of videos, and of pictures; 0: nothing.
    Q_PROPERTY(int videoCacheMegabytes READ videoCacheMegabytes WRITE setVideoCacheMegabytes NOTIFY
                   videoCacheMegabytesChanged)
    Q_PROPERTY(int pictureCacheMegabytes READ pictureCacheMegabytes WRITE setPictureCacheMegabytes NOTIFY
                   pictureCacheMegabytesChanged)

public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)

    explicit Settings(const QString& filePath, QObject* parent = nullptr);
    ~Settings() override;

    [[nodiscard]] Theme theme() const;
    [[nodiscard]] QString language() const;
    [[nodiscard]] bool muted() const;
    [[nodiscard]] double volume() const;
    [[nodiscard]] double playbackRate() const;
    [[nodiscard]] QString serverUrl() const;
    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] double textScale() const;
    [[nodiscard]] bool autoScroll() const;
    [[nodiscard]] int videoCacheMegabytes() const;
    [[nodiscard]] int pictureCacheMegabytes() const;

    // A value that is not allowed changes nothing.
    void setTheme(Theme theme);
    void setLanguage(const QString& language);
    void setMuted(bool muted);
    void setVolume(double volume);
    void setPlaybackRate(double rate);
    void setServerUrl(const QString& url);
    void setReducedMotion(bool reduced);
    void setTextScale(double scale);
    void setAutoScroll(bool on);
    void setVideoCacheMegabytes(int megabytes);
    void setPictureCacheMegabytes(int megabytes);

    [[nodiscard]] std::optional<KnownAccount> lastAccount(const QString& server) const override;
    void setLastAccount(const QString& server, const std::optional<KnownAccount>& account) override;

    // Writes now and waits for it.
    void flush();

Q_SIGNALS:
    void themeChanged();
    void languageChanged();
    void mutedChanged();
    void volumeChanged();
    void playbackRateChanged();
    void serverUrlChanged();
    void reducedMotionChanged();
    void textScaleChanged();
    void autoScrollChanged();
    void videoCacheMegabytesChanged();
    void pictureCacheMegabytesChanged();

private:
    void load();
    // True when the value was allowed and new.
    bool set(const char* key, const QJsonValue& value);
    void changed();

    AtomicFile file_;
    QJsonObject values_;
    QTimer soon_;
};

}  // namespace tikgok
