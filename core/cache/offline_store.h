// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// All that this device keeps of servers, as people see it: how much, at most how much, and away with it.
#pragma once

#include "core/cache/file_cache.h"
#include "core/cache/page_cache.h"

#include <QObject>

namespace tikgok {

class OfflineStore final : public QObject {
    Q_OBJECT
    // Bytes on this device, told about twice a second while they change; and the limits.
    Q_PROPERTY(double videoBytes READ videoBytes NOTIFY videoBytesChanged)
    Q_PROPERTY(double videoLimit READ videoLimit WRITE setVideoLimit NOTIFY videoLimitChanged)
    Q_PROPERTY(double pictureBytes READ pictureBytes NOTIFY pictureBytesChanged)
    Q_PROPERTY(double pictureLimit READ pictureLimit WRITE setPictureLimit NOTIFY pictureLimitChanged)
    // The disk is full or read-only: less is kept, everything else goes on.
    Q_PROPERTY(bool diskTrouble READ diskTrouble NOTIFY diskTroubleChanged)

public:
    static constexpr qint64 kDefaultVideoLimit = qint64{1} << 30;
    static constexpr qint64 kDefaultPictureLimit = qint64{256} << 20;

    // All must outlive the store.
    OfflineStore(FileCache& videos, FileCache& pictures, PageCache& pages, QObject* parent = nullptr);

    // Bytes as doubles for QML: exact up to 2^53.
    [[nodiscard]] double videoBytes() const { return static_cast<double>(videos_.bytes()); }
    [[nodiscard]] double videoLimit() const { return static_cast<double>(videos_.limit()); }
    void setVideoLimit(double bytes) { videos_.setLimit(static_cast<qint64>(bytes)); }
    // Pictures and pages (lists, people) together.
    [[nodiscard]] double pictureBytes() const {
        return static_cast<double>(pictures_.bytes() + pages_.bytes());
    }
    [[nodiscard]] double pictureLimit() const {
        return static_cast<double>(pictures_.limit() + pages_.limit());
    }
    void setPictureLimit(double bytes);
    [[nodiscard]] bool diskTrouble() const {
        return videos_.diskTrouble() || pictures_.diskTrouble() || pages_.diskTrouble();
    }

    // What is in use goes when it no longer is.
    Q_INVOKABLE void clearVideos() { videos_.clear(); }
    Q_INVOKABLE void clearPictures();

Q_SIGNALS:
    void videoBytesChanged();
    void videoLimitChanged();
    void pictureBytesChanged();
    void pictureLimitChanged();
    void diskTroubleChanged();

private:
    FileCache& videos_;
    FileCache& pictures_;
    PageCache& pages_;
};

}  // namespace tikgok
