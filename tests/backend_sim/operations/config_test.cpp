// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The configuration: every kind of mistake, which layer wins, and what a change of the file does.

#include "backend-sim/config/reloader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <vector>

using namespace std::chrono_literals;
using namespace tikgok::sim;

namespace {

// All of it at once, as editors do it: on a busy machine a reader would meet an empty file twice in a row,
// which is as good as one that somebody emptied.
void put(const std::filesystem::path& file, const QByteArray& text) {
    const std::filesystem::path fresh = file.string() + "~";
    {
        std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
        stream.write(text.constData(), text.size());
    }
    std::filesystem::rename(fresh, file);
}

// What a reloader says and does.
class Witness {
public:
    void line(LogLevel level, std::string_view words) {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back((level == LogLevel::Error     ? "error "
                             : level == LogLevel::Warning ? "warning "
                                                          : "info ") +
                            std::string(words));
        changed_.notify_all();
    }
    void apply(const Settings& settings) {
        const std::lock_guard lock(mutex_);
        applied_.push_back(settings);
        changed_.notify_all();
    }
    bool waitForLine(const std::string& part) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 30s, [&] {
            return std::ranges::any_of(lines_,
                                       [&](const auto& l) { return l.find(part) != std::string::npos; });
        });
    }
    std::vector<Settings> applied() {
        const std::lock_guard lock(mutex_);
        return applied_;
    }
    std::vector<std::string> lines() {
        const std::lock_guard lock(mutex_);
        return lines_;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        lines_.clear();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
    std::vector<Settings> applied_;
};

}  // namespace

class ConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir place_;
    [[nodiscard]] std::filesystem::path file(const char* name = "sim.toml") const {
        return std::filesystem::path(place_.path().toStdString()) / name;
    }

private Q_SLOTS:
    void mistakes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* text, int line, const char* words) {
            QTest::newRow(name) << QByteArray(text) << line << QByteArray(words);
        };
        row("not TOML", "[server]\nport = \n", 2, "");
        row("no end of a text", "[server]\nhost = \"a\n", 2, "");
        row("twice", "[server]\nport = 1\nport = 2\n", 3, "");
        row("section twice", "[server]\nport = 1\n[server]\n", 3, "");
        row("bytes that are no text", "[server]\nhost = \"\xff\"\n", 2, "");
        row("unknown section", "\n[servr]\nport = 1\n", 2, "there is no section servr; did you mean server?");
        row("quite unknown section", "[weather]\n", 1, "there is no section weather");
        row("unknown key", "[server]\nprot = 1\n", 2,
            "there is no key server.prot; did you mean server.port?");
        row("key of another section", "[log]\n\nportt = 1\n", 3, "there is no key log.portt");
        row("key without a section", "port = 1\n", 1, "there is no section port");
        row("section as value", "server = 3\n", 1, "server: must be a section, not an integer");
        row("value as section", "[server.port]\na = 1\n", 1, "server.port: must be integer");
        row("text for a number", "[server]\nport = \"80\"\n", 2,
            "server.port: must be integer, 0 to 65535, not a text");
        row("number for a flag", "[server]\nlan = 1\n", 2,
            "server.lan: must be true or false, not an integer");
        row("text for a flag", "[api]\nlenient = \"yes\"\n", 2,
            "api.lenient: must be true or false, not a text");
        row("list for a text", "[data]\nworld = [\"small\"]\n", 2, "data.world: must be text, not a list");
        row("date for a text", "[data]\nworld = 2026-11-20\n", 2,
            "data.world: must be text, not a date or time");
        row("fraction for an integer", "[server]\nthreads = 1.5\n", 2, "server.threads: must be integer");
        row("too small", "[server]\nport = -1\n", 2, "server.port: -1: must be integer, 0 to 65535");
        row("too large", "[server]\nport = 65536\n", 2, "server.port: 65536: must be");
        row("beyond 64 bits", "[server]\nport = 99999999999999999999\n", 2, "");
        row("page size 0", "[api]\npage_size = 0\n", 2, "api.page_size: 0: must be integer, 1 to 30");
        row("page size 31", "[api]\npage_size = 31\n", 2, "api.page_size: 31");
        row("share above one", "[limiter]\nbusy_cpu = 1.01\n", 2, "limiter.busy_cpu");
        row("not a number", "[limiter]\nbusy_cpu = nan\n", 2, "limiter.busy_cpu");
        row("not one of", "[log]\nlevel = \"loud\"\n", 2,
            "log.level: \"loud\": must be one of debug, info, warning, error, off");
        row("case matters", "[limiter]\nmode = \"On\"\n", 2, "limiter.mode");
        row("duration without unit", "[budget]\nfeed = \"30\"\n", 2, "budget.feed: \"30\": must be duration");
        row("duration as number", "[budget]\nfeed = 30\n", 2, "budget.feed: must be duration");
        row("unknown unit", "[budget]\nfeed = \"3 weeks\"\n", 2, "budget.feed");
        row("no digits", "[budget]\nfeed = \"ms\"\n", 2, "budget.feed");
        row("negative duration", "[budget]\nfeed = \"-1s\"\n", 2, "budget.feed");
        row("zero budget", "[budget]\nfeed = \"0ms\"\n", 2,
            "budget.feed: 0: must be duration such as 30s (ms, s, min, h, d), 1ms to 1h");
        row("overflow", "[log]\nmax_size = \"9223372036854775807GiB\"\n", 2, "log.max_size");
        row("size with a wrong unit", "[api]\nmax_upload = \"4MB\"\n", 2, "api.max_upload");
        row("size 0", "[api]\nmax_upload = 0\n", 2, "api.max_upload: 0: must be size");
        row("control character", "[log]\nfile = \"a\\nb\"\n", 2,
            "log.file: control characters are not allowed");
    }
    void mistakes() {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(QByteArray, words);
        put(file(), text);
        const auto read = readConfigFile(file());
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().size(), std::size_t{1});
        const ConfigProblem& problem = read.error().front();
        QCOMPARE(static_cast<int>(problem.line), line);
        QVERIFY2(problem.words.starts_with(words.toStdString()), problem.words.c_str());
        QVERIFY(!problem.words.empty());
        QCOMPARE(problem.text(), file().string() + ":" + std::to_string(line) + ": " + problem.words);
    }

    void allMistakesAtOnce() {
        put(file(), "[server]\nthreads = 0\n[log]\nlevle = 1\n[zoo]\n[api]\npage_size = 5\n");
        const auto read = readConfigFile(file());
        QVERIFY(!read.has_value());
        std::vector<std::size_t> lines;
        for (const auto& problem : read.error()) {
            lines.push_back(problem.line);
        }
        QCOMPARE(lines, (std::vector<std::size_t>{2, 4, 5}));
    }

    void unreadable() {
        QVERIFY(!readConfigFile(file("missing")).has_value());
        QVERIFY(!readConfigFile(place_.path().toStdString()).has_value());
        put(file("large"), QByteArray(1024 * 1024 + 1, '#'));
        QVERIFY(!readConfigFile(file("large")).has_value());
        put(file("empty"), "");
        QVERIFY(readConfigFile(file("empty")).has_value());
        put(file("comment"), "# nothing\n[server]\n");
        QVERIFY(readConfigFile(file("comment"))->entries.empty());
    }

    void values_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("value");
        const auto row = [](const char* name, const char* toml, const char* text, qint64 value) {
            QTest::newRow((QByteArray(name) + " " + toml).constData())
                << QByteArray(name) << QByteArray(toml) << QByteArray(text) << value;
        };
        row("server.port", "0", "0", 0);
        row("server.port", "65535", "65535", 65535);
        row("server.port", "0x50", "80", 80);
        row("api.max_upload", "1", "1", 1);
        row("api.max_upload", "\"1B\"", "1B", 1);
        row("api.max_upload", "\"4 MiB\"", "4MiB", 4 << 20);
        row("api.max_upload", "\"1024GiB\"", "1024GiB", qint64{1} << 40);
        row("budget.feed", "\"1ms\"", "1ms", 1);
        row("budget.feed", "\"2s\"", "2s", 2'000);
        row("budget.publish_action", "\"10min\"", "10min", 600'000);
        row("budget.relation_follow_list", "\"1h\"", "1h", 3'600'000);
        row("log.max_age", "\"7d\"", "7d", 7 * 86'400'000LL);
        row("log.max_age", "\"0ms\"", "0", 0);
    }
    void values() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, toml);
        QFETCH(QByteArray, text);
        QFETCH(qint64, value);
        const ConfigKey* key = findConfigKey(name.toStdString());
        QVERIFY(key != nullptr);
        const auto dot = name.indexOf('.');
        put(file(), "[" + name.left(dot) + "]\n" + name.mid(dot + 1) + " = " + toml + "\n");
        const auto read = readConfigFile(file());
        QVERIFY2(read.has_value(), read ? "" : read.error().front().text().c_str());
        QCOMPARE(std::get<std::int64_t>(read->entries.at(key->name).value), value);
        const auto parsed = parseConfigText(*key, text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(std::get<std::int64_t>(*parsed), value);
    }

    void layers() {
        put(file(), "[server]\nport = 1\nthreads = 3\nhost = \"127.0.0.2\"\n[limiter]\nbusy_cpu = 1\n");
        const auto fromFile = readConfigFile(file());
        QVERIFY(fromFile.has_value());
        const std::map<std::string, std::string> variables{{"TIKGOK_SIM_SERVER_PORT", "2"},
                                                           {"TIKGOK_SIM_SERVER_THREADS", "4"},
                                                           {"TIKGOK_SIM_LOG_ACCESS", "true"},
                                                           {"TIKGOK_SIM_NOTHING", "x"}};
        const auto environment = readConfigEnvironment([&](const std::string& name) {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        });
        QVERIFY(environment.has_value());
        ConfigLayer flags;
        flags.entries["server.port"] = {std::int64_t{3}, "flag --port"};
        const EffectiveConfig config = resolveConfig({&*fromFile, &*environment, &flags});
        QCOMPARE(config.settings.server.port, 3);
        QCOMPARE(config.settings.server.threads, 4);
        QCOMPARE(config.settings.server.host, std::string("127.0.0.2"));
        QCOMPARE(config.settings.limiter.busyCpu, 1.0);
        QCOMPARE(config.settings.api.pageSize, 30);
        QVERIFY(config.settings.log.access);
        QCOMPARE(config.from.at("server.port"), std::string("flag --port"));
        QCOMPARE(config.from.at("server.threads"), std::string("environment TIKGOK_SIM_SERVER_THREADS"));
        QCOMPARE(config.from.at("server.host"), file().string() + ":4");
        QCOMPARE(config.from.at("api.page_size"), std::string("default"));
        // What is printed says the same when it is read.
        put(file("printed.toml"), QByteArray::fromStdString(printConfig(config)));
        const auto printed = readConfigFile(file("printed.toml"));
        QVERIFY2(printed.has_value(), printed ? "" : printed.error().front().text().c_str());
        const EffectiveConfig again = resolveConfig({&*printed});
        for (const ConfigKey& key : configKeys()) {
            QVERIFY2(key.get(again.settings) == key.get(config.settings), key.name.c_str());
        }
    }

    void badEnvironment() {
        const auto environment = readConfigEnvironment([](const std::string& name) {
            return name == "TIKGOK_SIM_SERVER_PORT" || name == "TIKGOK_SIM_LOG_ACCESS"
                       ? std::optional<std::string>("maybe")
                       : std::nullopt;
        });
        QVERIFY(!environment.has_value());
        QCOMPARE(environment.error().size(), std::size_t{2});
        QVERIFY(environment.error().front().text().starts_with("TIKGOK_SIM_SERVER_PORT: \"maybe\": must be"));
    }

    // The table itself: names once, defaults inside their ranges, accessors that agree.
    void theTable() {
        std::set<std::string> names;
        std::set<std::string> flags;
        std::set<std::string> variables;
        std::set<std::string> sections;
        std::string section;
        for (const ConfigKey& key : configKeys()) {
            QVERIFY2(names.insert(key.name).second, key.name.c_str());
            QVERIFY(variables.insert(environmentName(key)).second);
            QVERIFY(key.flag.empty() || flags.insert(key.flag).second);
            QVERIFY2(key.help.ends_with('.'), key.name.c_str());
            const std::string own = key.name.substr(0, key.name.find('.'));
            if (own != section) {
                QVERIFY2(sections.insert(own).second, "sections stand together");
                section = own;
            }
            Settings settings;
            const ConfigValue standard = key.get(settings);
            QVERIFY2(checkConfigValue(key, standard).has_value(), key.name.c_str());
            ConfigValue other;
            switch (key.kind) {
                case ConfigKey::Kind::Flag:
                    other = !std::get<bool>(standard);
                    break;
                case ConfigKey::Kind::Number:
                    other = key.least;
                    break;
                case ConfigKey::Kind::Text:
                    other = std::string("other");
                    break;
                case ConfigKey::Kind::Choice:
                    QVERIFY(key.choices.size() > 1);
                    other = key.choices.back();
                    break;
                default:
                    QVERIFY(key.least < key.most);
                    other = static_cast<std::int64_t>(key.most);
                    if (other == standard) {
                        other = static_cast<std::int64_t>(key.least);
                    }
            }
            key.set(settings, other);
            QVERIFY2(key.get(settings) == other && other != standard, key.name.c_str());
            // Nothing else changed.
            for (const ConfigKey& neighbour : configKeys()) {
                QVERIFY(&neighbour == &key || neighbour.get(settings) == neighbour.get(Settings()));
            }
        }
        QCOMPARE(findConfigKey("server.nothing"), nullptr);
    }

    void documentation() {
        QFile page(QStringLiteral(TIKGOK_CONFIGURATION_PAGE));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        const QByteArray end("-->\n");
        QVERIFY2(text.mid(text.indexOf(end) + end.size()) == QByteArray::fromStdString(configurationPage()),
                 "behind its comment docs/configuration.md is not what `tikgok-sim config describe` prints");
        QVERIFY(configurationPage().starts_with("# "));
    }

    void suggestions_data() {
        QTest::addColumn<QByteArray>("wrong");
        QTest::addColumn<QByteArray>("right");
        QTest::newRow("swapped") << QByteArray("serevr") << QByteArray("server");
        QTest::newRow("missing") << QByteArray("limter") << QByteArray("limiter");
        QTest::newRow("too many") << QByteArray("serverr") << QByteArray("server");
        QTest::newRow("far") << QByteArray("telephone") << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void suggestions() {
        QFETCH(QByteArray, wrong);
        QFETCH(QByteArray, right);
        QCOMPARE(nearestName(wrong.toStdString(), {"server", "limiter", "budget"}), right.toStdString());
    }

    void reloads() {
        Witness witness;
        put(file(), "[api]\npage_size = 7\n");
        const auto first = readConfigFile(file());
        ConfigLayer flags;
        flags.entries["log.level"] = {std::string("error"), "flag --log-level"};
        ConfigReloader reloader({file(),
                                 {},
                                 flags,
                                 resolveConfig({&*first, &flags}).settings,
                                 [&](const Settings& settings) { witness.apply(settings); },
                                 [&](LogLevel level, std::string_view line) { witness.line(level, line); },
                                 5ms});
        // Once at the start, in case it changed since.
        QVERIFY(witness.waitForLine("config read"));
        QVERIFY(witness.applied().empty());
        witness.forget();
        // Live keys take effect; what needs a restart is said and stays; flags stay over the file.
        put(file(),
            "[api]\npage_size = 9\n[server]\nthreads = 9\n[log]\nlevel = \"debug\"\n[budget]\nfeed = "
            "\"1s\"\n");
        QVERIFY(witness.waitForLine("config read"));
        QCOMPARE(witness.applied().size(), std::size_t{1});
        QCOMPARE(witness.applied().back().api.pageSize, 9);
        QCOMPARE(witness.applied().back().budgets.front(), 1s);
        QCOMPARE(witness.applied().back().server.threads, 2);
        QCOMPARE(witness.applied().back().log.level, std::string("error"));
        QVERIFY(witness.waitForLine("warning config key=server.threads from=2 to=9 needs a restart"));
        QVERIFY(witness.waitForLine("info config key=api.page_size from=7 to=9 changed"));
        witness.forget();
        // A mistake anywhere, and nothing of it counts.
        put(file(), "[api]\npage_size = 11\n[server]\nprot = 1\n");
        QVERIFY(witness.waitForLine("error config refused, the old values stay: " + file().string() +
                                    ":4: there is no key server.prot; did you mean server.port?"));
        QCOMPARE(witness.applied().size(), std::size_t{1});
        witness.forget();
        // A file that is gone is left alone until it is back, under its name by a rename as editors do it.
        std::filesystem::remove(file());
        put(file("next.toml"), "[api]\npage_size = 12\n");
        std::filesystem::rename(file("next.toml"), file());
        QVERIFY(witness.waitForLine("config read"));
        QCOMPARE(witness.applied().back().api.pageSize, 12);
        QCOMPARE(witness.applied().back().budgets.front(), 30s);
        witness.forget();
        // Asked for, an unchanged file is read, too; it changes nothing.
        reloader.kick();
        QVERIFY(witness.waitForLine("config read"));
        QCOMPARE(witness.applied().size(), std::size_t{2});
        witness.forget();
        std::filesystem::remove(file());
        reloader.kick();
        QVERIFY(witness.waitForLine("error config refused"));
        QCOMPARE(witness.applied().size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "config_test.moc"
