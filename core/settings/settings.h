// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the person chose, in one typed table, in one JSON file.
#pragma once

#include "core/account/last_accounts.h"
#include "core/api/saved_servers.h"
#include "core/settings/atomic_file.h"
#include "core/settings/data_policy.h"
#include "core/settings/data_usage.h"
#include "core/settings/shortcuts.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace tikgok {

// A value of the wrong type or outside its range is replaced by the default and logged. Keys that this
// version does not know are kept. A file that cannot be read is put aside. Changes are written a moment later
// and when the object is destroyed.
class Settings final : public QObject,
                       public LastAccounts,
                       public SavedServers,
                       public ShortcutStore,
                       public UsageStore {
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
    // Videos start without being asked.
    Q_PROPERTY(bool autoplay READ autoplay WRITE setAutoplay NOTIFY autoplayChanged)
    // What is loaded of videos that are not watched yet; the data saver overrules it. See dataPolicy().
    Q_PROPERTY(Ahead prefetch READ prefetch WRITE setPrefetch NOTIFY prefetchChanged)
    Q_PROPERTY(bool dataSaver READ dataSaver WRITE setDataSaver NOTIFY dataSaverChanged)
    // Accounts whose people have dismissed the notice about tokens in a plain file; see notePlainTextSeen().
    Q_PROPERTY(QStringList plainTextSeen READ plainTextSeen NOTIFY plainTextSeenChanged)
    // Whether pictures may be fetched before they can be seen, as dataPolicy() says.
    Q_PROPERTY(bool picturesAhead READ picturesAhead NOTIFY dataPolicyChanged)

public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)
    enum class Ahead { Nothing, Next, Neighbours };
    Q_ENUM(Ahead)

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
    [[nodiscard]] bool autoplay() const;
    [[nodiscard]] Ahead prefetch() const;
    [[nodiscard]] bool dataSaver() const;
    // Tokens may be kept in a plain file; see VaultSwitch.
    [[nodiscard]] bool plainTextTokens() const;
    [[nodiscard]] QStringList plainTextSeen() const;
    // What follows from the data saver and prefetch together.
    [[nodiscard]] DataPolicy dataPolicy() const;
    [[nodiscard]] bool picturesAhead() const { return dataPolicy().picturesAhead; }

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
    void setAutoplay(bool on);
    void setPrefetch(Ahead ahead);
    void setDataSaver(bool on);
    // With false nobody has seen the notice any more.
    void setPlainTextTokens(bool plain);
    // `account`: whatever tells accounts apart. Of many, the last ones are kept.
    Q_INVOKABLE void notePlainTextSeen(const QString& account);

    [[nodiscard]] std::optional<KnownAccount> lastAccount(const QString& server) const override;
    void setLastAccount(const QString& server, const std::optional<KnownAccount>& account) override;
    [[nodiscard]] QList<KnownAccount> accounts(const QString& server) const override;
    void setAccounts(const QString& server, const QList<KnownAccount>& accounts) override;
    [[nodiscard]] QList<SavedServer> savedServers() const override;
    void setSavedServers(const QList<SavedServer>& servers) override;
    [[nodiscard]] ServerTraits rememberedTraits(const QString& key) const override;
    void rememberTraits(const QString& key, const ServerTraits& traits) override;
    [[nodiscard]] ChosenKeys chosenKeys() const override;
    void setChosenKeys(const ChosenKeys& keys) override;
    [[nodiscard]] UsageTotals usage() const override;
    void setUsage(const UsageTotals& totals) override;

    // Every value of the table with its key, for the diagnostics; nothing else of the file.
    [[nodiscard]] QJsonObject table() const;

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
    void autoplayChanged();
    void prefetchChanged();
    void dataSaverChanged();
    void dataPolicyChanged();
    void plainTextTokensChanged();
    void plainTextSeenChanged();

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
