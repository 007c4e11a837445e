// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/protocol.h"

#include <array>
#include <charconv>
#include <utility>

namespace tikgok::sim::durability {

namespace {

template <class T>
using Names = std::pair<T, std::string_view>;

constexpr std::array<Names<DiskMode>, 3> kModes{
    {{DiskMode::Plain, "plain"}, {DiskMode::Power, "power"}, {DiskMode::Torn, "torn"}}};
constexpr std::array<Names<Control>, 5> kControls{{{Control::None, "none"},
                                                   {Control::AckBeforeCommit, "ack-before-commit"},
                                                   {Control::DeleteBeforeApply, "delete-before-apply"},
                                                   {Control::NoDedup, "no-dedup"},
                                                   {Control::NormalSync, "normal-sync"}}};
constexpr std::array<Names<Work>, 5> kWorks{{{Work::Mixed, "mixed"},
                                             {Work::Toggles, "toggles"},
                                             {Work::Texts, "texts"},
                                             {Work::Repeats, "repeats"},
                                             {Work::Drain, "drain"}}};

template <class All, class T>
std::string_view nameIn(const All& all, T value) {
    for (const auto& [each, name] : all) {
        if (each == value) {
            return name;
        }
    }
    return "?";
}

template <class T, std::size_t N>
std::optional<T> valueIn(const std::array<Names<T>, N>& all, std::string_view name) {
    for (const auto& [each, its] : all) {
        if (its == name) {
            return each;
        }
    }
    return std::nullopt;
}

template <class T>
bool take(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

template <class T>
bool take(std::optional<T> found, T& value) {
    value = found.value_or(value);
    return found.has_value();
}

}  // namespace

std::optional<DiskMode> diskModeOf(std::string_view name) {
    return valueIn(kModes, name);
}
std::optional<Control> controlOf(std::string_view name) {
    return valueIn(kControls, name);
}
std::string_view nameOf(Control control) {
    return nameIn(kControls, control);
}
std::string_view nameOf(DiskMode mode) {
    return nameIn(kModes, mode);
}

std::vector<std::string> VictimOptions::words() const {
    return {
        "directory=" + directory.string(),
        "work=" + std::string(nameIn(kWorks, work)),
        "control=" + std::string(nameOf(control)),
        "mode=" + std::string(nameOf(disk.mode)),
        "seed=" + std::to_string(disk.seed),
        "sync=" + std::to_string(disk.syncTime.count()),
        "crash=" + std::to_string(disk.crashAt),
        "fail=" + std::to_string(disk.failAt),
        "lazy=" + std::to_string(static_cast<int>(disk.lazy)),
        "forever=" + std::to_string(static_cast<int>(disk.failForEver)),
        "life=" + std::to_string(life),
        "drain=" + std::to_string(drain.count()),
        "deeds=" + std::to_string(deeds),
        "plan=" + std::to_string(planSeed),
        "sent=" + std::to_string(sent),
        "parity=" + std::to_string(static_cast<int>(parity)),
    };
}

std::expected<VictimOptions, std::string> VictimOptions::parse(const std::vector<std::string>& words) {
    VictimOptions options;
    for (const std::string& word : words) {
        const std::size_t split = word.find('=');
        const std::string_view key = std::string_view(word).substr(0, split);
        const std::string_view value =
            split == std::string::npos ? std::string_view() : std::string_view(word).substr(split + 1);
        std::int64_t number = 0;
        bool known = true;
        if (key == "directory") {
            options.directory = value;
        } else if (key == "work") {
            known = take(valueIn(kWorks, value), options.work);
        } else if (key == "control") {
            known = take(controlOf(value), options.control);
        } else if (key == "mode") {
            known = take(diskModeOf(value), options.disk.mode);
        } else if (key == "seed") {
            known = take(value, options.disk.seed);
        } else if (key == "sync") {
            known = take(value, number);
            options.disk.syncTime = std::chrono::microseconds(number);
        } else if (key == "crash") {
            known = take(value, options.disk.crashAt);
        } else if (key == "fail") {
            known = take(value, options.disk.failAt);
        } else if (key == "forever") {
            known = take(value, number);
            options.disk.failForEver = number != 0;
        } else if (key == "lazy") {
            known = take(value, number);
            options.disk.lazy = number != 0;
        } else if (key == "life") {
            known = take(value, options.life);
        } else if (key == "drain") {
            known = take(value, number);
            options.drain = std::chrono::seconds(number);
        } else if (key == "deeds") {
            known = take(value, options.deeds);
        } else if (key == "plan") {
            known = take(value, options.planSeed);
        } else if (key == "sent") {
            known = take(value, options.sent);
        } else if (key == "parity") {
            known = take(value, number);
            options.parity = number != 0;
        } else {
            known = false;
        }
        if (!known) {
            return std::unexpected("not understood: " + word);
        }
    }
    options.disk.neverFull = options.control == Control::NormalSync;
    if (options.directory.empty()) {
        return std::unexpected(std::string("no directory was given"));
    }
    return options;
}

}  // namespace tikgok::sim::durability
