// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a simulator's page of metrics says, reduced to what is plotted.
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace tikgok {

// Counted since the simulator's start; the admin API itself and the page of metrics are left out.
struct LoadSample {
    double requests = 0;
    // Answers of HTTP status 400 and above.
    double failures = 0;
    // How many requests took at most so many seconds; growing, the last bound is infinite.
    QList<std::pair<double, double>> spent;
    // Now.
    double writesWaiting = 0;
    double uploadsWaiting = 0;
    double connections = 0;
};

// Prometheus text, version 0.0.4. Lines that it does not know are left alone.
LoadSample loadSampleFrom(const QByteArray& page);

// Milliseconds that the share `quantile` of the requests between two samples took at most, as exact as the
// bounds are. 0 when there were none.
double spentBetween(const LoadSample& before, const LoadSample& now, double quantile);

}  // namespace tikgok
