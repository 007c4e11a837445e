// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/config/layers.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{1024} * 1024;

std::size_t lineOf(const toml::source_region& source) {
    return source.begin.line;
}

std::string typeName(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string:
            return "a text";
        case toml::node_type::integer:
            return "an integer";
        case toml::node_type::floating_point:
            return "a number";
        case toml::node_type::boolean:
            return "true or false";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::table:
            return "a section";
        default:
            return "a date or time";
    }
}

class FileReader {
public:
    explicit FileReader(std::string name) : name_(std::move(name)) {}

    void read(const toml::table& top) {
        std::vector<std::string> sections;
        for (const ConfigKey& key : configKeys()) {
            const std::string section = key.name.substr(0, key.name.find('.'));
            if (sections.empty() || sections.back() != section) {
                sections.push_back(section);
            }
        }
        for (const auto& [word, node] : top) {
            const std::string section(word.str());
            if (std::ranges::find(sections, section) == sections.end()) {
                unknown(lineOf(word.source()), "section", section, nearestName(section, sections));
            } else if (const auto* table = node.as_table()) {
                readSection(section, *table);
            } else {
                problem(lineOf(word.source()), section + ": must be a section, not " + typeName(node));
            }
        }
    }

    ConfigLayer layer;
    ConfigProblems problems;

private:
    void readSection(const std::string& section, const toml::table& table) {
        for (const auto& [word, node] : table) {
            const std::string name = section + "." + std::string(word.str());
            const ConfigKey* key = findConfigKey(name);
            if (key == nullptr) {
                std::vector<std::string> names;
                for (const ConfigKey& known : configKeys()) {
                    names.push_back(known.name);
                }
                unknown(lineOf(word.source()), "key", name, nearestName(name, names));
                continue;
            }
            auto value = valueOf(*key, node);
            if (value) {
                const std::size_t line = lineOf(word.source());
                layer.entries[name] = {std::move(*value), name_ + ":" + std::to_string(line)};
            } else {
                problem(lineOf(node.source()), name + ": " + value.error());
            }
        }
    }

    static std::expected<ConfigValue, std::string> valueOf(const ConfigKey& key, const toml::node& node) {
        using Kind = ConfigKey::Kind;
        const auto wrong = [&] {
            return std::unexpected("must be " + describeConfigType(key) + ", not " + typeName(node));
        };
        switch (key.kind) {
            case Kind::Flag:
                if (const auto* flag = node.as_boolean()) {
                    return ConfigValue(flag->get());
                }
                return wrong();
            case Kind::Integer:
                if (const auto* number = node.as_integer()) {
                    return checkConfigValue(key, number->get());
                }
                return wrong();
            case Kind::Number:
                if (const auto* real = node.as_floating_point()) {
                    return checkConfigValue(key, real->get());
                }
                if (const auto* number = node.as_integer()) {
                    return checkConfigValue(key, static_cast<double>(number->get()));
                }
                return wrong();
            case Kind::Bytes:
                if (const auto* number = node.as_integer()) {
                    return checkConfigValue(key, number->get());
                }
                [[fallthrough]];
            case Kind::Text:
            case Kind::Choice:
            case Kind::Duration:
                if (const auto* text = node.as_string()) {
                    return parseConfigText(key, text->get());
                }
                return wrong();
        }
        return wrong();
    }

    void unknown(std::size_t line, const char* what, const std::string& name, const std::string& nearest) {
        problem(line, std::string("there is no ") + what + " " + name +
                          (nearest.empty() ? std::string() : "; did you mean " + nearest + "?"));
    }

    void problem(std::size_t line, std::string words) { problems.push_back({name_, line, std::move(words)}); }

    std::string name_;
};

}  // namespace

std::string ConfigProblem::text() const {
    return source + (line > 0 ? ":" + std::to_string(line) : std::string()) + ": " + words;
}

std::expected<ConfigLayer, ConfigProblems> readConfigFile(const std::filesystem::path& file) {
    const std::string name = file.string();
    const auto failed = [&name](std::string words) {
        return std::unexpected(ConfigProblems{{name, 0, std::move(words)}});
    };
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
        return failed("cannot be read: " + (error ? error.message() : std::string("there is no such file")));
    }
    if (!std::filesystem::is_regular_file(status)) {
        return failed("is not a file");
    }
    if (const auto size = std::filesystem::file_size(file, error); error || size > kLargestFile) {
        return failed(error ? "cannot be read: " + error.message() : "is larger than 1 MiB");
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) {
        return failed("cannot be read");
    }
    const toml::parse_result parsed = toml::parse(text.view(), name);
    if (!parsed) {
        return std::unexpected(ConfigProblems{
            {name, lineOf(parsed.error().source()), std::string(parsed.error().description())}});
    }
    FileReader reader(name);
    reader.read(parsed.table());
    if (!reader.problems.empty()) {
        std::ranges::sort(reader.problems, {}, &ConfigProblem::line);
        return std::unexpected(std::move(reader.problems));
    }
    return std::move(reader.layer);
}

std::expected<ConfigLayer, ConfigProblems> readConfigEnvironment(
    const std::function<std::optional<std::string>(const std::string&)>& variable) {
    ConfigLayer layer;
    ConfigProblems problems;
    for (const ConfigKey& key : configKeys()) {
        const std::string name = environmentName(key);
        const auto text = variable(name);
        if (!text) {
            continue;
        }
        auto value = parseConfigText(key, *text);
        if (value) {
            layer.entries[key.name] = {std::move(*value), "environment " + name};
        } else {
            problems.push_back({name, 0, value.error()});
        }
    }
    if (!problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    return layer;
}

EffectiveConfig resolveConfig(const std::vector<const ConfigLayer*>& layers) {
    EffectiveConfig config;
    for (const ConfigKey& key : configKeys()) {
        std::string& from = config.from[key.name];
        from = "default";
        for (const ConfigLayer* layer : layers) {
            if (const auto entry = layer->entries.find(key.name); entry != layer->entries.end()) {
                key.set(config.settings, entry->second.value);
                from = entry->second.from;
            }
        }
    }
    return config;
}

std::string printConfig(const EffectiveConfig& config) {
    std::string text;
    std::string section;
    for (const ConfigKey& key : configKeys()) {
        const std::size_t dot = key.name.find('.');
        if (key.name.substr(0, dot) != section) {
            section = key.name.substr(0, dot);
            text += (text.empty() ? "[" : "\n[") + section + "]\n";
        }
        text += key.name.substr(dot + 1) + " = " + configText(key, key.get(config.settings)) + "  # " +
                config.from.at(key.name) + "\n";
    }
    return text;
}

}  // namespace tikgok::sim
