// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How many bytes went over the network, for the person who pays for them.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>

namespace tikgok {

enum class Traffic : std::uint8_t { Calls, Videos, Pictures };
inline constexpr std::size_t kTrafficKinds = 3;

// Bytes of one month, by kind.
struct UsageTotals {
    // "2026-11"; empty: nothing was counted yet.
    QString month;
    std::array<std::int64_t, kTrafficKinds> bytes{};

    bool operator==(const UsageTotals&) const = default;
};

class UsageStore {
public:
    UsageStore() = default;
    UsageStore(const UsageStore&) = delete;
    UsageStore& operator=(const UsageStore&) = delete;
    virtual ~UsageStore() = default;

    [[nodiscard]] virtual UsageTotals usage() const = 0;
    virtual void setUsage(const UsageTotals& totals) = 0;
};

// Bodies in both directions as they are after unpacking; what the connection itself costs is not in it. The
// properties follow within a second of something moving, and cost nothing while nothing does. Bytes are
// counted well below 2^53, so doubles are exact.
class DataUsage final : public QObject {
    Q_OBJECT
    Q_PROPERTY(double sinceStart READ sinceStart NOTIFY changed)
    Q_PROPERTY(double month READ month NOTIFY changed)
    // Of the month.
    Q_PROPERTY(double videos READ videos NOTIFY changed)
    Q_PROPERTY(double pictures READ pictures NOTIFY changed)
    Q_PROPERTY(double calls READ calls NOTIFY changed)

public:
    // Names the present month as UsageTotals does.
    using Month = std::function<QString()>;

    // `store` must outlive this.
    explicit DataUsage(UsageStore& store, Month month = thisMonth, QObject* parent = nullptr);
    ~DataUsage() override;

    // From any thread.
    void add(Traffic kind, std::int64_t bytes);

    [[nodiscard]] double sinceStart() const { return static_cast<double>(sinceStart_); }
    [[nodiscard]] double month() const;
    [[nodiscard]] double videos() const { return of(Traffic::Videos); }
    [[nodiscard]] double pictures() const { return of(Traffic::Pictures); }
    [[nodiscard]] double calls() const { return of(Traffic::Calls); }

    // The counter of the month begins again at nothing. What is said since the start stays: it is true.
    Q_INVOKABLE void reset();

    static QString thisMonth();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] double of(Traffic kind) const;
    void collect();
    void save();

    UsageStore& store_;
    Month monthNow_;
    UsageTotals totals_;
    std::int64_t sinceStart_ = 0;
    std::array<std::atomic<std::int64_t>, kTrafficKinds> fresh_{};
    std::atomic<bool> announced_ = false;
    QTimer soon_;
    QTimer saving_;
};

}  // namespace tikgok
