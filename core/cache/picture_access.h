// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A network access manager whose GET requests are answered from a FileCache: what QML shows of pictures goes
// through it. What the cache cannot keep is read from the network, within the same limits; everything else
// goes there as it is.
//
// What no picture begins with is none, and is not kept: what a captive portal says, or what a connection made
// of it.
#pragma once

#include "core/cache/file_cache.h"

#include <QFutureWatcher>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace tikgok {

class PictureAccess final : public QNetworkAccessManager {
    Q_OBJECT

public:
    // Of a request, true: what came for it the last time could not be shown, and is not kept any longer. Who
    // has only an address to say it with, as an Image of QML, gives it the fragment "again".
    static constexpr auto kUnusable = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 1);

    // `cache` must outlive this object, which may live on another thread.
    explicit PictureAccess(FileCache& cache, QObject* parent = nullptr);

    // For the answers of this object.
    QNetworkReply* getDirectly(const QUrl& url);
    FileCache& cache() const { return cache_; }

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override;

private:
    FileCache& cache_;
};

// The answer of a PictureAccess.
class PictureReply final : public QNetworkReply {
    Q_OBJECT

public:
    PictureReply(PictureAccess& access, const QNetworkRequest& request, const QFuture<WholeFile>& file);
    ~PictureReply() override;

    void abort() override;
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char* into, qint64 most) override;

private:
    void cameFromCache();
    void goDirectly();
    // What has come so far; false when that was too much.
    bool takeDirectly();
    void cameDirectly();
    void endDirectly(NetworkError error);
    void succeed(const QByteArray& bytes);
    void failWith(NetworkError error);

    PictureAccess& access_;
    QFutureWatcher<WholeFile> watcher_;
    QNetworkReply* direct_ = nullptr;
    QByteArray coming_;  // by itself, so far
    QByteArray bytes_;
    qint64 place_ = 0;
};

}  // namespace tikgok
