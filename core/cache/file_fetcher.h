// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The thread of a FileCache: fetches what is wished for, writes it down, and throws away what is too much.
// Inside of this folder.
#pragma once

#include "core/cache/file_cache_state.h"

#include <QFile>
#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

namespace tikgok {

class FileFetcher final : public QObject {
    Q_OBJECT

public:
    explicit FileFetcher(std::shared_ptr<FileCacheState> state);
    ~FileFetcher() override;

    // Thread-safe: look() soon.
    void poke();
    // All below on the thread of this object.
    void start();
    void wantWhole(const QUrl& url, const std::shared_ptr<QPromise<WholeFile>>& promise);
    void setPrefetch(const QList<PrefetchWish>& wishes);
    void evict();
    // Throws away what is too much now.
    void limitChanged();
    void clear();
    void dropUnusable(const QUrl& url);
    void forgetServer(const QString& key);
    void countDirect(qint64 bytes);

Q_SIGNALS:
    void bytesChanged();
    void diskTroubleChanged();

private:
    struct Fetch {
        std::shared_ptr<CachedFile> file;
        QNetworkReply* reply = nullptr;  // null while waiting for another try
        QFile out;
        qint64 at = 0;       // of the next byte that comes
        qint64 allowed = 0;  // read up to here
        int tries = 0;       // without a byte
        bool headSeen = false;
        bool fromStart = false;  // the server knows no ranges
        bool got = false;        // bytes, with the present reply
        // Larger than all that may be kept, and wanted whole, so it goes by in here.
        std::optional<QByteArray> passing;
    };
    struct Wish {
        qint64 at = 0;
        qint64 until = 0;
    };

    void look();
    [[nodiscard]] std::optional<Wish> wishOf(const CachedFile& file, bool mayPrefetch) const;
    void begin(const std::shared_ptr<CachedFile>& file, const Wish& wish);
    void send(Fetch& fetch);
    void take(const std::shared_ptr<Fetch>& fetch, bool all);
    bool readHead(Fetch& fetch);
    bool passOn(Fetch& fetch, const QByteArray& bytes);
    bool letPass(Fetch& fetch);
    void handOver(const std::shared_ptr<Fetch>& fetch);
    bool write(Fetch& fetch, const QByteArray& bytes);
    void finished(const std::shared_ptr<Fetch>& fetch);
    void end(const std::shared_ptr<Fetch>& fetch, std::optional<MediaBytes::Failure> failure);
    void refuse(const std::shared_ptr<Fetch>& fetch, bool disk);
    void complete(const std::shared_ptr<CachedFile>& file);
    void answerWhole(const std::shared_ptr<CachedFile>& file);
    void failWhole(CachedFile& file, MediaBytes::Failure failure);
    void ask(const std::shared_ptr<CachedFile>& file);
    void answered(const std::shared_ptr<CachedFile>& file, QNetworkReply& reply);
    // Until at most `bytes` are left, or nothing more can go.
    bool evictTo(qint64 bytes);
    void remove(const std::shared_ptr<CachedFile>& file);
    void dropForgotten();
    void save();
    void scan();
    void setDiskTrouble(bool refused);
    [[nodiscard]] bool scanned() const;
    [[nodiscard]] qint64 limit() const;
    // Of what is kept now.
    [[nodiscard]] qint64 half() const;

    const std::shared_ptr<FileCacheState> state_;
    const QString directory_;
    QHash<const CachedFile*, std::shared_ptr<Fetch>> fetches_;
    QNetworkAccessManager* manager_ = nullptr;
    QTimer* saveSoon_ = nullptr;
    QTimer* tellSoon_ = nullptr;
    QStringList unscanned_;
    // How the keys of servers' files begin that are to go once all that is on disk is known.
    QStringList forgotten_;
    std::atomic<bool> poked_ = false;
};

}  // namespace tikgok
