// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the process is started with, put right before Qt looks at it, and words where Qt would crash for it.
#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <optional>

namespace tikgok {

// A home that is missing is the one of the user's account; XDG directories that are not absolute count as not
// set, as their specification wants (Qt 6.4 would take them). With little room on the disk of the caches Mesa
// is told to keep no shaders there, on which it would crash when the disk is full. Before there are threads.
void mendEnvironment();

// Where words go that are written there.
enum class WordsGo {
    Terminal,
    Pipe,  // to whoever started it
    File,
    Elsewhere,  // a socket, as the journal's; /dev/null; it is closed
};
WordsGo wordsGo(int fileDescriptor);

// How the program was started, as far as it tells whether somebody reads what it prints.
struct StartContext {
    // Set by a desktop for what it starts: DESKTOP_STARTUP_ID, XDG_ACTIVATION_TOKEN.
    QByteArray startupId;
    QByteArray activationToken;
    WordsGo errors = WordsGo::Terminal;

    // Before the QGuiApplication, which takes the two away from the environment.
    static StartContext now();
};

// Whether a refusal must be shown in a window, since nobody reads it elsewhere. `platform`: that of Qt; empty
// when it is not known yet.
bool needsWindow(const StartContext& context, const QString& platform);

// Where Qt would end the process as a crash, with a message of its own, for what a computer just has not:
// - no display, or one that does not answer: words, and a plain end with exit code 1;
// - no OpenGL: the program starts anew, in the same process, and draws without it.
// Any other fatal message is left to Qt. One, for as long as main lasts; argv is that of main.
class FatalInWords {
public:
    // `refused`: with what exit code the program ends anyhow, after words of its own. Without a display it
    // then says nothing more.
    explicit FatalInWords(char* const* argv, std::optional<int> refused = {});
    ~FatalInWords();
    Q_DISABLE_COPY_MOVE(FatalInWords)

    // From here on a fatal message is not about a display any more.
    void displayIsThere();
};

}  // namespace tikgok
