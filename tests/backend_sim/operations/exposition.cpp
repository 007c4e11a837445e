// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/operations/exposition.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace tikgok::test {

namespace {

bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isName(std::string_view text, bool colons) {
    if (text.empty() || !(isNameStart(text[0]) || (colons && text[0] == ':'))) {
        return false;
    }
    for (const char c : text) {
        if (!isNameStart(c) && !(c >= '0' && c <= '9') && !(colons && c == ':')) {
            return false;
        }
    }
    return true;
}

std::optional<double> numberOf(std::string_view text) {
    if (text == "+Inf") {
        return std::numeric_limits<double>::infinity();
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool hasLabels(const MetricSample& sample, const std::map<std::string, std::string>& labels) {
    for (const auto& [name, value] : labels) {
        const auto found = sample.labels.find(name);
        if (found == sample.labels.end() || found->second != value) {
            return false;
        }
    }
    return true;
}

class Parser {
public:
    std::optional<std::string> line(std::string_view text) {
        if (text.starts_with("# HELP ")) {
            return help(text.substr(7));
        }
        if (text.starts_with("# TYPE ")) {
            return type(text.substr(7));
        }
        if (text.empty() || text[0] == '#') {
            return "neither a sample nor HELP nor TYPE";
        }
        return sample(text);
    }

    std::optional<std::string> end() {
        endFamily();
        return problem_;
    }

    Exposition result;

private:
    std::optional<std::string> help(std::string_view text) {
        const std::size_t space = text.find(' ');
        const std::string name(text.substr(0, space));
        if (space == std::string_view::npos || !isName(name, true)) {
            return "bad HELP";
        }
        if (!result.helps.emplace(name, text.substr(space + 1)).second) {
            return "second HELP of " + name;
        }
        return std::nullopt;
    }

    std::optional<std::string> type(std::string_view text) {
        const std::size_t space = text.find(' ');
        const std::string name(text.substr(0, space));
        const std::string_view kind = space == std::string_view::npos ? "" : text.substr(space + 1);
        if (!isName(name, true) || (kind != "counter" && kind != "gauge" && kind != "histogram")) {
            return "bad TYPE";
        }
        if (!result.types.emplace(name, kind).second) {
            return "family " + name + " comes twice";
        }
        if (!result.helps.contains(name)) {
            return "no HELP for " + name;
        }
        endFamily();
        family_ = name;
        kind_ = kind;
        return problem_;
    }

    std::optional<std::string> sample(std::string_view text) {
        MetricSample one;
        std::size_t at = text.find_first_of("{ ");
        one.name = text.substr(0, at);
        if (at == std::string_view::npos || !isName(one.name, true)) {
            return "bad name";
        }
        if (text[at] == '{') {
            ++at;
            while (at < text.size() && text[at] != '}') {
                const std::size_t equal = text.find("=\"", at);
                if (equal == std::string_view::npos) {
                    return "bad label";
                }
                const std::string label(text.substr(at, equal - at));
                if (!isName(label, false)) {
                    return "bad label name " + label;
                }
                std::string value;
                at = equal + 2;
                while (at < text.size() && text[at] != '"') {
                    if (text[at] == '\\') {
                        ++at;
                        if (at >= text.size() || (text[at] != '\\' && text[at] != '"' && text[at] != 'n')) {
                            return "bad escape";
                        }
                    }
                    value += text[at++];
                }
                if (at >= text.size()) {
                    return "label without end";
                }
                ++at;
                if (!one.labels.emplace(label, value).second) {
                    return "label " + label + " comes twice";
                }
                if (at < text.size() && text[at] == ',') {
                    ++at;
                } else if (at >= text.size() || text[at] != '}') {
                    return "bad end of a label";
                }
            }
            ++at;
        }
        if (at >= text.size() || text[at] != ' ') {
            return "no value";
        }
        const auto value = numberOf(text.substr(at + 1));
        if (!value) {
            return "bad value";
        }
        one.value = *value;
        const bool histogram = kind_ == "histogram";
        const std::string_view rest = std::string_view(one.name).starts_with(family_)
                                          ? std::string_view(one.name).substr(family_.size())
                                          : "?";
        if (histogram ? rest != "_bucket" && rest != "_sum" && rest != "_count" : !rest.empty()) {
            return one.name + " does not follow its TYPE";
        }
        if (kind_ == "counter" &&
            (!one.name.ends_with("_total") || !std::isfinite(one.value) || one.value < 0)) {
            return "bad counter";
        }
        std::string series = one.name;
        for (const auto& [name, text2] : one.labels) {
            series += "\n" + name + "\n" + text2;
        }
        if (!seen_.insert(series).second) {
            return "series comes twice";
        }
        if (histogram) {
            ofHistogram_.push_back(one);
        }
        result.samples.push_back(std::move(one));
        return std::nullopt;
    }

    void endFamily() {
        std::map<std::map<std::string, std::string>, std::vector<const MetricSample*>> buckets;
        std::map<std::map<std::string, std::string>, double> counts;
        for (const MetricSample& one : ofHistogram_) {
            auto labels = one.labels;
            labels.erase("le");
            if (one.name.ends_with("_bucket")) {
                buckets[labels].push_back(&one);
            } else if (one.name.ends_with("_count")) {
                counts[labels] = one.value;
            }
        }
        for (const auto& [labels, list] : buckets) {
            double bound = -std::numeric_limits<double>::infinity();
            double count = 0;
            for (const MetricSample* one : list) {
                const auto le = one->labels.find("le");
                const auto upper = le == one->labels.end() ? std::nullopt : numberOf(le->second);
                if (!upper || *upper <= bound || one->value < count) {
                    problem_ = family_ + ": buckets do not ascend";
                    return;
                }
                bound = *upper;
                count = one->value;
            }
            if (!std::isinf(bound) || !counts.contains(labels) || counts[labels] != count) {
                problem_ = family_ + ": the last bucket is not the count";
                return;
            }
        }
        if (buckets.size() != counts.size()) {
            problem_ = family_ + ": a histogram without buckets";
        }
        ofHistogram_.clear();
    }

    std::string family_ = "\n";
    std::string kind_;
    std::set<std::string> seen_;
    std::vector<MetricSample> ofHistogram_;
    std::optional<std::string> problem_;
};

}  // namespace

std::optional<double> Exposition::value(std::string_view name,
                                        const std::map<std::string, std::string>& labels) const {
    std::optional<double> found;
    for (const MetricSample& sample : samples) {
        if (sample.name == name && hasLabels(sample, labels)) {
            if (found) {
                return std::nullopt;
            }
            found = sample.value;
        }
    }
    return found;
}

double Exposition::sum(std::string_view name, const std::map<std::string, std::string>& labels) const {
    double sum = 0;
    for (const MetricSample& sample : samples) {
        if (sample.name == name && hasLabels(sample, labels)) {
            sum += sample.value;
        }
    }
    return sum;
}

std::expected<Exposition, std::string> parseExposition(std::string_view text) {
    if (!text.ends_with('\n')) {
        return std::unexpected("the last line has no end");
    }
    Parser parser;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        ++number;
        if (const auto problem = parser.line(line)) {
            return std::unexpected("line " + std::to_string(number) + ": " + *problem + ": " +
                                   std::string(line));
        }
    }
    if (const auto problem = parser.end()) {
        return std::unexpected(*problem);
    }
    return std::move(parser.result);
}

}  // namespace tikgok::test
