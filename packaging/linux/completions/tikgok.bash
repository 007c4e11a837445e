# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
_tikgok() {
    local now=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $before in
        --server) return ;;
        --data) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$now"); return ;;
    esac
    if [[ $now == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--server --data --self-check --help --version' -- "$now")
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$now")
    fi
}
complete -F _tikgok tikgok
