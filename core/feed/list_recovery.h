// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Asks again by itself while a list shows what is kept, or nothing, because the network is away.
#pragma once

#include "core/feed/video_list.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace tikgok {

struct RecoveryTimes {
    std::chrono::milliseconds first{2'000};
    // The wait doubles up to this; each is random between a half and a whole.
    std::chrono::milliseconds longest{60'000};
};

class ListRecovery final : public QObject {
    Q_OBJECT

public:
    // `list` must outlive this.
    explicit ListRecovery(VideoList& list, RecoveryTimes times = {}, QObject* parent = nullptr);

    // Somebody looks at it. Otherwise nothing is asked; looking again asks at once.
    void setActive(bool active);

Q_SIGNALS:
    // The server is heard again.
    void recovered();

private:
    [[nodiscard]] bool busy() const;
    void look();
    void tryNow();

    VideoList& list_;
    RecoveryTimes times_;
    std::chrono::milliseconds next_;
    bool active_ = false;
    bool lacked_ = false;
    QTimer timer_;
};

}  // namespace tikgok
