// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads Prometheus' text format 0.0.4 by its letter, so that a page that a lenient reader would take fails
// here.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::test {

struct MetricSample {
    std::string name;
    std::map<std::string, std::string> labels;
    double value = 0;
};

struct Exposition {
    // By the name of the family.
    std::map<std::string, std::string> types;
    std::map<std::string, std::string> helps;
    std::vector<MetricSample> samples;

    // The one sample with this name and at least these labels; nothing when there is none or more than one.
    [[nodiscard]] std::optional<double> value(std::string_view name,
                                              const std::map<std::string, std::string>& labels = {}) const;
    // The sum over all samples with this name and at least these labels.
    [[nodiscard]] double sum(std::string_view name,
                             const std::map<std::string, std::string>& labels = {}) const;
};

// The error names the line. Besides the grammar: every sample follows the TYPE of its family, families stand
// together, no series comes twice, counters end in _total and are finite and not negative, the buckets of a
// histogram ascend, end with +Inf, and agree with _count.
std::expected<Exposition, std::string> parseExposition(std::string_view text);

}  // namespace tikgok::test
