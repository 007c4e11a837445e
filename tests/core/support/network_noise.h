// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Hears what Qt logs when a request was ended wrongly, on whatever thread.
#pragma once

#include <QString>
#include <QtGlobal>

#include <atomic>

namespace tikgok::test {

// One at a time.
class NetworkNoise final {
public:
    NetworkNoise() {
        heard_ = 0;
        former_ = qInstallMessageHandler(&NetworkNoise::hear);
    }
    ~NetworkNoise() { qInstallMessageHandler(former_); }
    NetworkNoise(const NetworkNoise&) = delete;
    NetworkNoise& operator=(const NetworkNoise&) = delete;

    [[nodiscard]] int count() const { return heard_; }

private:
    static void hear(QtMsgType type, const QMessageLogContext& context, const QString& message) {
        if (message.contains(QLatin1String("QNetworkReply"))) {
            ++heard_;
        }
        if (former_ != nullptr) {
            former_(type, context, message);
        }
    }

    static inline std::atomic<int> heard_ = 0;
    static inline QtMessageHandler former_ = nullptr;
};

}  // namespace tikgok::test
