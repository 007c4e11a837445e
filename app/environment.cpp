// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/environment.h"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace tikgok {

namespace {

QtMessageHandler usualMessages = nullptr;
char* const* words = nullptr;
std::optional<int> refusedWith;
std::atomic<bool> hasDisplay = false;

// Qt's names: the scene graph that needs no OpenGL, and no door to OpenGL at all.
constexpr const char* kBackend = "QT_QUICK_BACKEND";
constexpr const char* kSoftware = "software";
constexpr const char* kXcbIntegration = "QT_XCB_GL_INTEGRATION";

#ifdef Q_OS_UNIX
// Mesa's. It maps a sparse file below the cache's directory: where the disk takes no more, the next shader
// ends the program (SIGBUS).
constexpr const char* kNoShaderCache = "MESA_SHADER_CACHE_DISABLE";
constexpr std::uintmax_t kLittleRoom = std::uintmax_t{256} << 20;

// Where caches are kept, as far as that is there already.
bool hasLittleRoom() {
    const QByteArray home = qgetenv("HOME");
    const QByteArray cache = qgetenv("XDG_CACHE_HOME");
    std::error_code error;
    auto room = std::filesystem::space((cache.isEmpty() ? home + "/.cache" : cache).constData(), error);
    if (error) {
        room = std::filesystem::space(home.constData(), error);
    }
    return !error && room.available < kLittleRoom;
}
#endif

// Does not return, unless it was tried already or cannot be done here.
void startWithoutOpenGl() {
#ifdef Q_OS_UNIX
    if (qgetenv(kBackend) == kSoftware) {
        return;
    }
    std::fputs("tikgok: there is no OpenGL here; it is drawn without.\n", stderr);
    qputenv(kBackend, kSoftware);
    qputenv(kXcbIntegration, "none");
    ::execv("/proc/self/exe", words);
#endif
}

// On any thread.
void fatalInWords(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (type == QtFatalMsg && !hasDisplay) {
        if (refusedWith) {
            std::_Exit(*refusedWith);
        }
        std::fputs(
            "tikgok: a window cannot be opened: there is no display (DISPLAY, WAYLAND_DISPLAY) or it does "
            "not answer. Without one: QT_QPA_PLATFORM=offscreen tikgok --self-check\n",
            stderr);
        std::_Exit(1);  // Qt's objects are half made
    }
    if (type == QtFatalMsg &&
        (text.contains(QLatin1StringView("GL")) || text.contains(QLatin1StringView("graphics")))) {
        startWithoutOpenGl();
    }
    usualMessages(type, context, text);
}

}  // namespace

void mendEnvironment() {
#ifdef Q_OS_UNIX
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        const QByteArray value = qgetenv(name);
        if (!value.isEmpty() && !value.startsWith('/')) {
            qunsetenv(name);
        }
    }
    if (!qgetenv("HOME").startsWith('/')) {
        const passwd* const user = ::getpwuid(::getuid());
        if (user != nullptr && user->pw_dir != nullptr && user->pw_dir[0] == '/') {
            qputenv("HOME", user->pw_dir);
        }
    }
    if (hasLittleRoom() && !qEnvironmentVariableIsSet(kNoShaderCache)) {
        qputenv(kNoShaderCache, "true");
    }
#endif
}

WordsGo wordsGo(int fileDescriptor) {
#ifdef Q_OS_UNIX
    struct stat what{};
    if (::fstat(fileDescriptor, &what) != 0) {
        return WordsGo::Elsewhere;
    }
    if (S_ISFIFO(what.st_mode)) {
        return WordsGo::Pipe;
    }
    if (S_ISREG(what.st_mode)) {
        return WordsGo::File;
    }
    return ::isatty(fileDescriptor) != 0 ? WordsGo::Terminal : WordsGo::Elsewhere;
#else
    Q_UNUSED(fileDescriptor)
    return WordsGo::Elsewhere;
#endif
}

StartContext StartContext::now() {
    constexpr int kStandardError = 2;
    return {.startupId = qgetenv("DESKTOP_STARTUP_ID"),
            .activationToken = qgetenv("XDG_ACTIVATION_TOKEN"),
            .errors = wordsGo(kStandardError)};
}

bool needsWindow(const StartContext& context, const QString& platform) {
    if (platform == QLatin1StringView("offscreen") || platform == QLatin1StringView("minimal")) {
        return false;
    }
    return !context.startupId.isEmpty() || !context.activationToken.isEmpty() ||
           context.errors == WordsGo::Elsewhere;
}

FatalInWords::FatalInWords(char* const* argv, std::optional<int> refused) {
    words = argv;
    refusedWith = refused;
    hasDisplay = false;
    usualMessages = qInstallMessageHandler(fatalInWords);
}

FatalInWords::~FatalInWords() {
    qInstallMessageHandler(usualMessages);
}

void FatalInWords::displayIsThere() {
    hasDisplay = true;
}

}  // namespace tikgok
