// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick

// Numbers and times as people read them.
QtObject {
    // The one that the program chose. What is made with it follows the language at once, which Qt.locale() alone does not:
    // it tells nobody that there is another one.
    readonly property var locale: chosenWith(Qt.uiLanguage)

    function chosenWith(language: string): var {
        return Qt.locale();
    }

    // 999, 1.2K, 3.4M; in Chinese 9999, 1.2万, 3.4亿.
    function count(n: real): string {
        if (n < 0)
            return "0";
        if (Theme.chinese) {
            if (n < 10000)
                return String(Math.floor(n));
            if (n < 100000000)
                return shorten(n, 10000) + "万";
            return shorten(n, 100000000) + "亿";
        }
        if (n < 1000)
            return String(Math.floor(n));
        if (n < 1000000)
            return shorten(n, 1000) + "K";
        if (n < 1000000000)
            return shorten(n, 1000000) + "M";
        return shorten(n, 1000000000) + "B";
    }

    // One decimal below 100, cut and not rounded: 999,999 is not yet 1M.
    function shorten(n: real, unit: real): string {
        const tenths = Math.floor(n * 10 / unit);
        if (tenths >= 1000 || tenths % 10 === 0)
            return String(Math.floor(tenths / 10));
        return Math.floor(tenths / 10) + "." + (tenths % 10);
    }

    // How fast something plays: 0.5×
    function speed(rate: real): string {
        return qsTr("%1×").arg(Number(rate).toLocaleString(locale, "f", rate % 1 === 0 ? 0 : 1));
    }

    // Bytes.
    function size(bytes: real): string {
        return locale.formattedDataSize(bytes, bytes < 1048576 ? 0 : 1, Locale.DataSizeTraditionalFormat);
    }

    // What is there of `parts`, as one sentence for a screen reader.
    function sentence(parts: var): string {
        return parts.filter(part => part.length > 0).join(qsTr(", ", "between the parts of a list"));
    }

    // What is there of `parts`, whole sentences with their ends, one after another.
    function sentences(parts: var): string {
        const between = qsTr("%1 %2", "two sentences, one after another").split(/%[12]/)[1];
        return parts.filter(part => part.length > 0).join(between);
    }

    // A heading without an end and what stands below it, read out.
    function headed(title: string, text: string): string {
        return text.length > 0 ? title + qsTr(". ", "between a heading and what stands below it") + text : title;
    }

    // A name and its value, read out.
    function labelled(name: string, value: string): string {
        return value.length > 0 ? name + qsTr(": ", "between a name and its value") + value : name;
    }

    // How long ago something was made.
    function age(at: date, now: date): string {
        const minutes = Math.floor((now.getTime() - at.getTime()) / 60000);
        if (minutes < 1)
            return qsTr("Just now");
        if (minutes < 60)
            return qsTr("%n minute(s) ago", "", minutes);
        const hours = Math.floor(minutes / 60);
        if (hours < 24)
            return qsTr("%n hour(s) ago", "", hours);
        const days = Math.floor(hours / 24);
        return days < 7 ? qsTr("%n day(s) ago", "", days) : at.toLocaleDateString(locale, Locale.ShortFormat);
    }

    // How long ago something was read from the server.
    function saved(at: date, now: date): string {
        const minutes = Math.floor((now.getTime() - at.getTime()) / 60000);
        // The clock was set back.
        if (minutes < -1)
            return qsTr("Saved earlier");
        if (minutes < 1)
            return qsTr("Saved just now");
        if (minutes < 60)
            return qsTr("Saved %n minute(s) ago", "", minutes);
        const hours = Math.floor(minutes / 60);
        if (hours < 24)
            return qsTr("Saved %n hour(s) ago", "", hours);
        return qsTr("Saved %n day(s) ago", "", Math.floor(hours / 24));
    }

    // 0:07, 12:34, 1:02:03
    function time(ms: real): string {
        const total = Math.max(0, Math.floor(ms / 1000));
        const s = total % 60;
        const m = Math.floor(total / 60) % 60;
        const h = Math.floor(total / 3600);
        const two = v => (v < 10 ? "0" : "") + v;
        return h > 0 ? h + ":" + two(m) + ":" + two(s) : m + ":" + two(s);
    }
}
