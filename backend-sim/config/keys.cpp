// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/config/keys.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace tikgok::sim {

namespace {

using Kind = ConfigKey::Kind;
using std::chrono::milliseconds;

struct Unit {
    std::string_view name;
    std::int64_t size;
};
constexpr std::array<Unit, 5> kDurations{
    {{"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<Unit, 4> kSizes{{{"B", 1},
                                      {"KiB", std::int64_t{1} << 10},
                                      {"MiB", std::int64_t{1} << 20},
                                      {"GiB", std::int64_t{1} << 30}}};
constexpr double kDay = 86'400'000;
// Exact as a double.
constexpr double kLargest = 9'007'199'254'740'991;
constexpr double kTebi = 1'099'511'627'776;

// Makes the accessors of a member. `M` gives a reference to it.
template <class M>
void bind(ConfigKey& key, M member) {
    using Member = std::remove_cvref_t<decltype(member(std::declval<Settings&>()))>;
    key.get = [member](const Settings& settings) -> ConfigValue {
        // The table reads through the same accessor that it writes with.
        const Member& value = member(const_cast<Settings&>(settings));
        if constexpr (std::is_same_v<Member, milliseconds>) {
            return static_cast<std::int64_t>(value.count());
        } else {
            return value;
        }
    };
    key.set = [member](Settings& settings, const ConfigValue& value) {
        if constexpr (std::is_same_v<Member, milliseconds>) {
            member(settings) = milliseconds(std::get<std::int64_t>(value));
        } else {
            member(settings) = std::get<Member>(value);
        }
    };
}

struct Range {
    double least;
    double most;
};

class Table {
public:
    template <class M>
    ConfigKey& add(std::string name, Kind kind, M member, std::string help, Range range = {0, 0}) {
        ConfigKey& key = keys.emplace_back();
        key.name = std::move(name);
        key.kind = kind;
        key.help = std::move(help);
        key.least = range.least;
        key.most = range.most;
        bind(key, member);
        return key;
    }

    std::vector<ConfigKey> keys;
};

std::string budgetName(const contract::EndpointInfo& endpoint) {
    constexpr std::string_view kPrefix = "/douyin/";
    std::string_view path = endpoint.path.substr(kPrefix.size());
    path.remove_suffix(1);
    std::string name = "budget.";
    for (const char c : path) {
        name += c == '/' ? '_' : c;
    }
    return name;
}

std::vector<ConfigKey> makeKeys() {
    Table table;
    table
        .add(
            "server.host", Kind::Text, [](Settings& s) -> auto& { return s.server.host; },
            "Address to listen on: a loopback one, or another one with server.lan.")
        .flag = "--host";
    table
        .add("server.port", Kind::Integer, [](Settings& s) -> auto& { return s.server.port; },
             "Port to listen on; 0: any free one.", {0, 65535})
        .flag = "--port";
    table
        .add(
            "server.lan", Kind::Flag, [](Settings& s) -> auto& { return s.server.lan; },
            "Let other computers in that send the pairing token, which is printed at the start and kept in "
            "pairing.token in the data directory.")
        .flag = "--lan";
    table
        .add("server.threads", Kind::Integer, [](Settings& s) -> auto& { return s.server.threads; },
             "Threads that serve HTTP.", {1, 64})
        .flag = "--threads";
    table.add("server.stop_time", Kind::Duration, [](Settings& s) -> auto& { return s.server.stopTime; },
              "How long a stop waits for requests that are being answered.", {0, 600'000});

    table
        .add(
            "data.directory", Kind::Text, [](Settings& s) -> auto& { return s.data.directory; },
            "Directory of the database and the media; made when it is missing. Empty: "
            "$XDG_DATA_HOME/tikgok-sim.")
        .flag = "--data";
    table
        .add(
            "data.resources", Kind::Text, [](Settings& s) -> auto& { return s.data.resources; },
            "Directory with worlds/ and media/. Empty: as installed.")
        .flag = "--resources";
    ConfigKey& world = table.add(
        "data.world", Kind::Text, [](Settings& s) -> auto& { return s.data.world; },
        "World to make where the directory holds none yet: empty, small, one (video), hostile (texts that "
        "break things), busy (10,000 videos) or huge (1,000,000).");
    world.offered = {"empty", "small", "one", "hostile", "busy", "huge"};
    world.flag = "--world";
    table
        .add("data.seed", Kind::Integer, [](Settings& s) -> auto& { return s.data.seed; },
             "What the worlds busy and huge are made of: the same seed makes the same world.", {0, kLargest})
        .flag = "--seed";

    ConfigKey& ids = table.add(
        "data.ids", Kind::Choice, [](Settings& s) -> auto& { return s.data.ids; },
        "How new ids are made: below 2^53 one by one, or with 63 bits. auto: snowflake in the dialect "
        "tikgok, else sequential.");
    ids.choices = {"auto", "sequential", "snowflake"};
    ids.flag = "--ids";

    const auto live = [](ConfigKey& key) -> ConfigKey& {
        key.live = true;
        return key;
    };
    ConfigKey& dialect = live(table.add(
        "api.dialect", Kind::Choice, [](Settings& s) -> auto& { return s.api.dialect; },
        "What to be like: the contract's server, the reference server with its quirks, or the official "
        "demo."));
    dialect.choices = {"standard", "tikgok", "demo"};
    dialect.flag = "--dialect";
    live(table.add("api.page_size", Kind::Integer, [](Settings& s) -> auto& { return s.api.pageSize; },
                   "Videos on a page of the feed.", {1, 30}))
        .flag = "--page-size";
    live(table.add("api.max_upload", Kind::Bytes, [](Settings& s) -> auto& { return s.api.maxUploadBytes; },
                   "Largest video that is taken.", {1, kTebi}))
        .flag = "--max-upload";
    live(table.add(
        "api.media_delay", Kind::Duration, [](Settings& s) -> auto& { return s.api.mediaDelay; },
        "How long video and cover answer 404 after publish, in dialects that show them late (tikgok).",
        {0, 3'600'000}));
    table
        .add(
            "api.lenient", Kind::Flag, [](Settings& s) -> auto& { return s.api.lenient; },
            "Let strangers read the lists that need a token otherwise.")
        .flag = "--lenient";

    table.add("writes.queue", Kind::Integer, [](Settings& s) -> auto& { return s.writes.queue; },
              "Writes that may wait for the tables. Beyond that they are turned away (503, Retry-After).",
              {1, 1e7});
    table.add("writes.disk_reserve", Kind::Bytes, [](Settings& s) -> auto& { return s.writes.diskReserve; },
              "Room on the disk that stays free: below, writes are turned away. 0: none.", {0, kTebi});
    table
        .add(
            "writes.parity", Kind::Flag, [](Settings& s) -> auto& { return s.writes.parity; },
            "Lose what the reference server would lose: acknowledge writes before they are applied. What was "
            "answered and lost is logged at the next start.")
        .flag = "--parity";

    live(table.add(
             "limiter.mode", Kind::Choice, [](Settings& s) -> auto& { return s.limiter.mode; },
             "The adaptive limiter. auto: on in the dialect tikgok, else off."))
        .choices = {"auto", "on", "off"};
    live(table.add("limiter.busy_cpu", Kind::Number, [](Settings& s) -> auto& { return s.limiter.busyCpu; },
                   "Share of all processors, smoothed, from which on the limiter limits.", {0.01, 1}));

    live(
        table.add("login.failures_per_account", Kind::Integer,
                  [](Settings& s) -> auto& { return s.login.failuresPerAccount; },
                  "Failed logins for one account within the window, beyond which they are refused unchecked. "
                  "0: as many as they like.",
                  {0, 1e9}));
    live(table.add("login.failures_per_peer", Kind::Integer,
                   [](Settings& s) -> auto& { return s.login.failuresPerPeer; },
                   "Failed logins from one address within the window. 0: as many as they like.", {0, 1e9}));
    live(table.add("login.window", Kind::Duration, [](Settings& s) -> auto& { return s.login.window; },
                   "The window of the two limits above.", {1'000, kDay}));

    for (std::size_t i = 0; i < contract::kEndpoints.size(); ++i) {
        live(table.add(budgetName(contract::kEndpoints[i]), Kind::Duration,
                       [i](Settings& s) -> auto& { return s.budgets[i]; },
                       "How long " + std::string(contract::kEndpoints[i].path) +
                           " may take. What is left undone then is given up; the answer is `service err`.",
                       {1, 3'600'000}));
    }

    ConfigKey& level = live(table.add(
        "log.level", Kind::Choice, [](Settings& s) -> auto& { return s.log.level; },
        "Least level that is logged."));
    level.choices = {"debug", "info", "warning", "error", "off"};
    level.flag = "--log-level";
    table
        .add(
            "log.file", Kind::Text, [](Settings& s) -> auto& { return s.log.file; },
            "File of the log. Empty: standard error.")
        .flag = "--log-file";
    table
        .add(
            "log.access", Kind::Flag, [](Settings& s) -> auto& { return s.log.access; },
            "Log one line per request.")
        .flag = "--access-log";
    table.add(
        "log.access_file", Kind::Text, [](Settings& s) -> auto& { return s.log.accessFile; },
        "File of the lines per request. Empty: with the other lines.");
    table.add("log.max_size", Kind::Bytes, [](Settings& s) -> auto& { return s.log.maxBytes; },
              "A log file that would become larger is put aside and a new one is begun. 0: never.",
              {0, kTebi});
    table.add("log.max_age", Kind::Duration, [](Settings& s) -> auto& { return s.log.maxAge; },
              "A log file that is older is put aside with the next line. 0: never.", {0, 366 * kDay});
    table.add("log.keep", Kind::Integer, [](Settings& s) -> auto& { return s.log.keep; },
              "How many files that were put aside are kept.", {0, 1'000});
    table.add(
        "log.compress", Kind::Flag, [](Settings& s) -> auto& { return s.log.compress; },
        "Compress the files that were put aside (gzip).");
    return std::move(table.keys);
}

std::string rangeText(const ConfigKey& key) {
    const auto text = [&key](double value) {
        if (key.kind == Kind::Number) {
            std::array<char, 32> digits{};
            const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
            return error == std::errc() ? std::string(digits.data(), end) : std::string();
        }
        std::string written = configText(key, static_cast<std::int64_t>(value));
        std::erase(written, '"');
        return written;
    };
    return text(key.least) + " to " + text(key.most);
}

// The largest unit that leaves no rest.
template <std::size_t N>
std::string withUnit(std::int64_t value, const std::array<Unit, N>& units) {
    const Unit* best = &units.front();
    for (const Unit& unit : units) {
        if (value != 0 && value % unit.size == 0) {
            best = &unit;
        }
    }
    return std::to_string(value / best->size) + std::string(best->name);
}

std::optional<std::int64_t> integerOf(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

// "30s"; a number alone when `bare`.
template <std::size_t N>
std::optional<std::int64_t> measured(std::string_view text, const std::array<Unit, N>& units, bool bare) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = integerOf(text.substr(0, digits));
    std::string_view unit = text.substr(digits);
    while (unit.starts_with(' ')) {
        unit.remove_prefix(1);
    }
    if (!number) {
        return std::nullopt;
    }
    if (unit.empty()) {
        return bare ? number : std::nullopt;
    }
    for (const Unit& known : units) {
        if (known.name == unit) {
            std::int64_t value = 0;
            return __builtin_mul_overflow(*number, known.size, &value) ? std::nullopt : std::optional(value);
        }
    }
    return std::nullopt;
}

}  // namespace

const std::vector<ConfigKey>& configKeys() {
    static const std::vector<ConfigKey> keys = makeKeys();
    return keys;
}

const ConfigKey* findConfigKey(std::string_view name) {
    for (const ConfigKey& key : configKeys()) {
        if (key.name == name) {
            return &key;
        }
    }
    return nullptr;
}

std::string environmentName(const ConfigKey& key) {
    std::string name = "TIKGOK_SIM_";
    for (const char c : key.name) {
        name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return name;
}

std::string describeConfigType(const ConfigKey& key) {
    switch (key.kind) {
        case Kind::Flag:
            return "true or false";
        case Kind::Integer:
            return "integer, " + rangeText(key);
        case Kind::Number:
            return "number, " + rangeText(key);
        case Kind::Text:
            return "text";
        case Kind::Choice: {
            std::string text = "one of";
            for (const std::string& choice : key.choices) {
                text += (text.ends_with("of") ? " " : ", ") + choice;
            }
            return text;
        }
        case Kind::Bytes:
            return "size such as 4MiB (B, KiB, MiB, GiB), " + rangeText(key);
        case Kind::Duration:
            return "duration such as 30s (ms, s, min, h, d), " + rangeText(key);
    }
    return {};
}

std::expected<ConfigValue, std::string> checkConfigValue(const ConfigKey& key, ConfigValue value) {
    const auto wrong = [&key](const std::string& what) {
        return std::unexpected(what + ": must be " + describeConfigType(key));
    };
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        const auto as = static_cast<double>(*number);
        if (as < key.least || as > key.most) {
            return wrong(std::to_string(*number));
        }
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (!(*real >= key.least && *real <= key.most)) {
            return wrong(std::to_string(*real));
        }
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        if (key.kind == Kind::Choice && std::ranges::find(key.choices, *text) == key.choices.end()) {
            return wrong("\"" + *text + "\"");
        }
        const bool control =
            std::ranges::any_of(*text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
        if (control) {
            return std::unexpected("control characters are not allowed");
        }
    }
    return value;
}

std::expected<ConfigValue, std::string> parseConfigText(const ConfigKey& key, std::string_view text) {
    const auto wrong = [&] {
        return std::unexpected("\"" + std::string(text) + "\": must be " + describeConfigType(key));
    };
    switch (key.kind) {
        case Kind::Flag:
            if (text == "true" || text == "1") {
                return ConfigValue(true);
            }
            if (text == "false" || text == "0") {
                return ConfigValue(false);
            }
            return wrong();
        case Kind::Integer:
            if (const auto value = integerOf(text)) {
                return checkConfigValue(key, *value);
            }
            return wrong();
        case Kind::Number: {
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
                return wrong();
            }
            return checkConfigValue(key, value);
        }
        case Kind::Text:
        case Kind::Choice:
            return checkConfigValue(key, std::string(text));
        case Kind::Bytes:
            if (const auto value = measured(text, kSizes, true)) {
                return checkConfigValue(key, *value);
            }
            return wrong();
        case Kind::Duration:
            // Without its unit a number would be taken for seconds by one and for milliseconds by another.
            if (const auto value = measured(text, kDurations, text == "0")) {
                return checkConfigValue(key, *value);
            }
            return wrong();
    }
    return wrong();
}

std::string configText(const ConfigKey& key, const ConfigValue& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag ? "true" : "false";
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (key.kind == Kind::Bytes) {
            return "\"" + withUnit(*number, kSizes) + "\"";
        }
        return key.kind == Kind::Duration ? "\"" + withUnit(*number, kDurations) + "\""
                                          : std::to_string(*number);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        std::array<char, 32> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), *real);
        std::string text(digits.data(), error == std::errc() ? end : digits.data());
        return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    std::string quoted = "\"";
    for (const char c : std::get<std::string>(value)) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + '"';
}

std::string nearestName(std::string_view wrong, const std::vector<std::string>& names) {
    // Levenshtein's distance, one row at a time.
    const auto distance = [wrong](std::string_view name) {
        std::vector<std::size_t> row(name.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = i;
        }
        for (std::size_t i = 1; i <= wrong.size(); ++i) {
            std::size_t diagonal = std::exchange(row[0], i);
            for (std::size_t j = 1; j <= name.size(); ++j) {
                const std::size_t substituted = diagonal + (wrong[i - 1] == name[j - 1] ? 0 : 1);
                diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
            }
        }
        return row.back();
    };
    std::string best;
    std::size_t least = std::max<std::size_t>(2, wrong.size() / 3) + 1;
    for (const std::string& name : names) {
        if (const std::size_t now = distance(name); now < least) {
            least = now;
            best = name;
        }
    }
    return best;
}

std::string configurationPage() {
    std::string page = R"(# Configuration of tikgok-sim

Values come from, each over the one before it: the defaults, one TOML file (`--config FILE`), the environment
(`TIKGOK_SIM_` and the name in capitals with `_` for `.`, such as `TIKGOK_SIM_SERVER_PORT`), the command line.
`tikgok-sim config check FILE` looks for mistakes; `tikgok-sim config print` shows the values that would be used and
where each comes from.

The file is read again within a second after it changed, and at once on SIGHUP. Keys marked *live* then take effect
with the next request; the log names those that need a restart. A file with any mistake is refused as a whole: the log
says file, line and reason, and the old values stay. Unknown keys are mistakes.

There are no secrets in this file. The key that signs tokens is made by the simulator itself and kept in its data
directory, readable for its owner alone.

```toml
[server]
port = 8080

[api]
max_upload = "50MiB"

[budget]
feed = "500ms"

[log]
level = "info"
file = "/var/log/tikgok-sim/sim.log"
```
)";
    const Settings defaults;
    std::string section;
    for (const ConfigKey& key : configKeys()) {
        const std::size_t dot = key.name.find('.');
        if (key.name.substr(0, dot) != section) {
            section = key.name.substr(0, dot);
            page += "\n## [" + section +
                    "]\n\n| key | type | default | changes | flag | meaning |\n|---|---|---|---|---|---|\n";
        }
        page += "| `" + key.name.substr(dot + 1) + "` | " + describeConfigType(key) + " | `" +
                configText(key, key.get(defaults)) + "` | " + (key.live ? "live" : "restart") + " | " +
                (key.flag.empty() ? std::string() : "`" + key.flag + "`") + " | " + key.help + " |\n";
    }
    return page;
}

}  // namespace tikgok::sim
