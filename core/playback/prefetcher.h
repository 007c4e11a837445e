// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/playback_controller.h"
#include "core/playback/prefetch.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <optional>
#include <vector>

namespace tikgok {

// Follows a controller and says which videos of its list should be fetched ahead. GUI thread.
class Prefetcher final : public QObject {
    Q_OBJECT

public:
    struct Wish {
        QUrl url;
        std::int64_t bytes = 0;
        bool operator==(const Wish&) const = default;
    };
    // `wished` is called whenever the wishes change; each call replaces the one before. Both must outlive
    // this.
    Prefetcher(PlaybackController& playback, std::function<void(const std::vector<Wish>&)> wished,
               QObject* parent = nullptr);

    void setMetered(std::optional<bool> metered);
    // The list or an address in it has changed.
    void update();

private:
    void now();

    PlaybackController& playback_;
    std::function<void(const std::vector<Wish>&)> wished_;
    std::optional<bool> metered_;
    std::vector<Wish> last_;
    QTimer soon_;
};

}  // namespace tikgok
