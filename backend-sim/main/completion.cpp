// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/completion.h"

#include <algorithm>
#include <string>
#include <string_view>
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
    // It may be a file.
    bool open = true;
};
struct Level {
    // "", "ctl", "ctl clock"
    std::string path;
    std::vector<Word> words;
    // What may stand here that is neither command nor option: names of things.
    CompletionOffer offered;
};

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find_first_of('\n'));
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) {
        all += (all.empty() ? "" : " ") + word;
    }
    return all;
}

// In single quotes of bash and zsh.
std::string quotedForShell(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

// fish knows two marks within such quotes.
std::string quotedForFish(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
    }
    return out + "'";
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
void collect(CLI::App& app, const std::string& path, const CompletionOffers& offers,
             std::vector<Level>& levels, std::vector<Word> inherited = {}) {
    const auto offered = offers.find(path);
    Level level{path, {}, offered == offers.end() ? CompletionOffer() : offered->second};
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        level.words.push_back({command->get_name(), firstLine(command->get_description()), false});
    }
    std::vector<Word> handedOn = inherited;
    for (CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            Word word{"--" + name, firstLine(option->get_description()), option->get_expected_max() > 0,
                      choicesOf(*option)};
            word.open = word.choices.empty();
            if (const auto offer = offers.find(word.text); word.open && offer != offers.end()) {
                word.choices = offer->second.names;
                word.open = offer->second.files;
            }
            level.words.push_back(std::move(word));
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
        collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), offers,
                levels, app.get_fallthrough() ? handedOn : std::vector<Word>());
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
        COMPREPLY=($(compgen -W "$(_tikgok_sim_words "$path") $(_tikgok_sim_values "$path" "")" -- "$cur"))
    fi
    if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$cur")); fi
}
# What may stand behind an option, or without one; fails for an option that takes no value.
_tikgok_sim_values() {
    case "$1 $2" in
)sh";
    for (const Level& level : levels) {
        for (const Word& word : level.words) {
            if (word.takesValue) {
                out += "        '" + level.path + " " + word.text + "') echo '" + joined(word.choices) +
                       "' ;;\n";
            }
        }
        if (!level.offered.names.empty()) {
            out += "        '" + level.path + " ') echo '" + joined(level.offered.names) + "' ;;\n";
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
    local at="" word option="" open="" i
    local -a all values
    for ((i = 2; i < CURRENT; i++)); do
        word="${words[i]}" option=""
        case "$word" in
            --)
                shift $i words
                (( CURRENT -= i ))
                _normal
                return ;;
            -*=*) ;;
            -*) if _tikgok_sim_values "$at" "$word"; then option="$word"; ((i++)); fi ;;
            *) _tikgok_sim_words "$at"; if (( ${all[(I)${(b)word}:*]} )); then at="${at:+$at }$word"; fi ;;
        esac
    done
    if [[ "${words[CURRENT]}" == --*=* ]]; then
        option="${words[CURRENT]%%=*}"
        compset -P '*='
        i=$((CURRENT + 1))
    fi
    if ((i > CURRENT)); then
        _tikgok_sim_values "$at" "$option"
        _tikgok_sim_offer
        return
    fi
    _tikgok_sim_words "$at"
    if _tikgok_sim_values "$at" ""; then _tikgok_sim_offer; fi
    _describe 'tikgok-sim' all || _files
}
_tikgok_sim_offer() {
    local found=1
    if (( $#values )); then _describe 'value' values && found=0; fi
    if [[ -n "$open" ]]; then _files && found=0; fi
    return found
}
# What may stand behind an option, or without one; fails for an option that takes no value.
_tikgok_sim_values() {
    open=yes
    case "$1 $2" in
)sh";
    for (const Level& level : levels) {
        for (const Word& word : level.words) {
            if (word.takesValue) {
                out += "        '" + level.path + " " + word.text + "') values=( " + joined(word.choices) +
                       " )" + (word.open ? "" : "; open=") + " ;;\n";
            }
        }
        if (!level.offered.names.empty()) {
            out += "        '" + level.path + " ') values=( " + joined(level.offered.names) + " )" +
                   (level.offered.files ? "" : "; open=") + " ;;\n";
        }
    }
    out += R"sh(        *) return 1 ;;
    esac
}
_tikgok_sim_words() {
    case "$1" in
)sh";
    for (const Level& level : levels) {
        out += "        '" + level.path + "') all=(";
        for (const Word& word : level.words) {
            out += " " + quotedForShell(word.text + ":" + word.help);
        }
        out += " ) ;;\n";
    }
    return out + "    esac\n}\n_tikgok_sim \"$@\"\n";
}

std::string fishOf(const std::vector<Level>& levels) {
    std::string out = R"sh(# fish completion for tikgok-sim; made by `tikgok-sim completion fish`
function __tikgok_sim_at
    set -l path
    set -l skip no
    for word in (commandline -opc)[2..]
        if test $skip = yes
            set skip no
        else if test "$word" = --
            set path $path --
            break
        else if string match -q -- '-*' $word
            if __tikgok_sim_takes_value "$path $word"
                set skip yes
            end
        else if __tikgok_sim_has_command "$path $word"
            set path $path $word
        end
    end
    test "$path" = "$argv"
end
)sh";
    std::string commands;
    std::string options;
    for (const Level& level : levels) {
        for (const Word& word : level.words) {
            const std::string place = " " + quotedForFish(level.path + " " + word.text);
            if (!word.text.starts_with("--")) {
                commands += place;
            } else if (word.takesValue) {
                options += place;
            }
        }
    }
    out += "function __tikgok_sim_has_command\n    contains -- \"$argv\"" + commands + "\nend\n" +
           "function __tikgok_sim_takes_value\n    contains -- \"$argv\"" + options + "\nend\n";
    for (const Level& level : levels) {
        const std::string begin = "complete -c tikgok-sim -n '__tikgok_sim_at " + level.path + "' ";
        for (const Word& word : level.words) {
            const bool option = word.text.starts_with("--");
            std::string value = word.takesValue ? " -r" : "";
            if (!word.choices.empty()) {
                value = (word.open ? " -r -a " : " -x -a ") + quotedForFish(joined(word.choices));
            }
            out.append(begin)
                .append(option ? "-l " + word.text.substr(2) + value : "-f -a " + word.text)
                .append(" -d ")
                .append(quotedForFish(word.help))
                .append("\n");
        }
        if (!level.offered.names.empty()) {
            out.append(begin)
                .append(level.offered.files ? "-a " : "-f -a ")
                .append(quotedForFish(joined(level.offered.names)))
                .append("\n");
        }
    }
    return out;
}

}  // namespace

std::string completionFor(std::string_view shell, CLI::App& program, const CompletionOffers& offers) {
    std::vector<Level> levels;
    collect(program, "", offers, levels);
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
