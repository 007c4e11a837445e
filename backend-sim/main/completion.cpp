// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/completion.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace {

struct Word {
    std::string text;
    std::string help;
    bool takesValue = false;
    // What the value may be, where that is known.
    std::vector<std::string> choices = {};
};
struct Level {
    // "", "ctl", "ctl clock"
    std::string path;
    std::vector<Word> words;
};

std::string firstLine(std::string text) {
    text = text.substr(0, text.find_first_of('\n'));
    std::erase_if(text, [](char c) {
        return c == '\'' || c == '"' || c == '[' || c == ']' || c == ':' || c == '\\' || c == '$' || c == '`';
    });
    return text;
}

// Out of "TEXT:{bash,zsh,fish}", as help pages show it.
std::vector<std::string> choicesOf(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}', std::min(open, type.size()));
    std::vector<std::string> choices;
    if (close != std::string::npos) {
        for (const std::string& each : CLI::detail::split(type.substr(open + 1, close - open - 1), ',')) {
            choices.push_back(each);
        }
    }
    return choices;
}

// `inherited`: options of the levels above that may stand here, too.
void collect(CLI::App& app, const std::string& path, std::vector<Level>& levels,
             std::vector<Word> inherited = {}) {
    Level level{path, {}};
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        level.words.push_back({command->get_name(), firstLine(command->get_description()), false});
    }
    std::vector<Word> handedOn = inherited;
    for (CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            level.words.push_back({"--" + name, firstLine(option->get_description()),
                                   option->get_expected_max() > 0, choicesOf(*option)});
            // Each level has these of its own.
            if (name != "help" && name != "version") {
                handedOn.push_back(level.words.back());
            }
        }
        if (option->get_lnames().empty() && option->get_snames().empty()) {
            for (const std::string& choice : choicesOf(*option)) {
                // The list that tests read is none of a shell's.
                if (choice != "words") {
                    level.words.push_back({choice, firstLine(option->get_description())});
                }
            }
        }
    }
    level.words.insert(level.words.end(), inherited.begin(), inherited.end());
    levels.push_back(std::move(level));
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), levels,
                app.get_fallthrough() ? handedOn : std::vector<Word>());
    }
}

std::string bashOf(const std::vector<Level>& levels) {
    std::string out = R"sh(# bash completion for tikgok-sim; made by `tikgok-sim completion bash`
_tikgok_sim() {
    local cur="${COMP_WORDS[COMP_CWORD]}" path="" option="" word i
    for ((i = 1; i < COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        case "$word" in
            --) if ((i + 1 == COMP_CWORD)); then
                    COMPREPLY=($(compgen -c -- "$cur"))
                else
                    COMPREPLY=($(compgen -f -- "$cur"))
                fi
                return ;;
            -*) if _tikgok_sim_values "$path" "$word" >/dev/null; then
                    option="$word"
                    if [ "${COMP_WORDS[i + 1]}" = "=" ]; then ((i++)); fi
                    ((i++))
                fi ;;
            *) case " $(_tikgok_sim_words "$path") " in
                   *" $word "*) path="${path:+$path }$word" ;;
               esac ;;
        esac
    done
    if ((i > COMP_CWORD)); then
        if [ "$cur" = "=" ]; then cur=""; fi
        COMPREPLY=($(compgen -W "$(_tikgok_sim_values "$path" "$option")" -- "$cur"))
    else
        COMPREPLY=($(compgen -W "$(_tikgok_sim_words "$path")" -- "$cur"))
    fi
    if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$cur")); fi
}
# What may stand behind an option; fails for one that takes no value.
_tikgok_sim_values() {
    case "$1 $2" in
)sh";
    for (const Level& level : levels) {
        for (const Word& word : level.words) {
            if (word.takesValue) {
                out += "        '" + level.path + " " + word.text + "') echo '";
                for (std::size_t i = 0; i < word.choices.size(); ++i) {
                    out += (i == 0 ? "" : " ") + word.choices[i];
                }
                out += "' ;;\n";
            }
        }
    }
    out += R"sh(        *) return 1 ;;
    esac
}
_tikgok_sim_words() {
    case "$1" in
)sh";
    for (const Level& level : levels) {
        out += "        '" + level.path + "') echo '";
        for (std::size_t i = 0; i < level.words.size(); ++i) {
            out += (i == 0 ? "" : " ") + level.words[i].text;
        }
        out += "' ;;\n";
    }
    return out + "    esac\n}\ncomplete -F _tikgok_sim tikgok-sim\n";
}

std::string zshOf(const std::vector<Level>& levels) {
    std::string out = R"sh(#compdef tikgok-sim
# made by `tikgok-sim completion zsh`
_tikgok_sim() {
    # Not `path`: there that is another name for PATH.
    local at="" word
    local -a all
    for word in "${words[@]:1:$((CURRENT-2))}"; do
        case "$word" in
            -*) ;;
            *) _tikgok_sim_words "$at"; if (( ${all[(I)$word:*]} )); then at="${at:+$at }$word"; fi ;;
        esac
    done
    _tikgok_sim_words "$at"
    _describe 'tikgok-sim' all || _files
}
_tikgok_sim_words() {
    case "$1" in
)sh";
    for (const Level& level : levels) {
        out += "        '" + level.path + "') all=(";
        for (const Word& word : level.words) {
            out += " '" + word.text + ":" + word.help + "'";
        }
        out += " ) ;;\n";
    }
    return out + "    esac\n}\n_tikgok_sim \"$@\"\n";
}

std::string fishOf(const std::vector<Level>& levels) {
    std::string out = R"sh(# fish completion for tikgok-sim; made by `tikgok-sim completion fish`
function __tikgok_sim_at
    set -l path
    for word in (commandline -opc)[2..]
        string match -q -- '-*' $word; or set path $path $word
    end
    test "$path" = "$argv"
end
)sh";
    for (const Level& level : levels) {
        for (const Word& word : level.words) {
            const bool option = word.text.starts_with("--");
            std::string value = word.takesValue ? " -r" : "";
            if (!word.choices.empty()) {
                value = " -x -a '";
                for (const std::string& choice : word.choices) {
                    value += (value.ends_with('\'') ? "" : " ") + choice;
                }
                value += "'";
            }
            out += "complete -c tikgok-sim -n '__tikgok_sim_at " + level.path + "' " +
                   (option ? "-l " + word.text.substr(2) + value : "-f -a " + word.text) + " -d '" +
                   word.help + "'\n";
        }
    }
    return out;
}

}  // namespace

std::string completionFor(std::string_view shell, CLI::App& program) {
    std::vector<Level> levels;
    collect(program, "", levels);
    if (shell == "bash") {
        return bashOf(levels);
    }
    if (shell == "zsh") {
        return zshOf(levels);
    }
    if (shell == "fish") {
        return fishOf(levels);
    }
    std::string out;
    if (shell == "words") {
        for (const Level& level : levels) {
            for (const Word& word : level.words) {
                out += level.path + (level.path.empty() ? "" : " ") + word.text + "\n";
            }
        }
    }
    return out;
}

}  // namespace tikgok::sim
