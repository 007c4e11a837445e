// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client_paths.h"
#include "app/environment.h"
#include "app/front.h"
#include "app/front_plugins.h"
#include "app/heap.h"
#include "app/late_client.h"
#include "app/options.h"
#include "app/single_instance.h"
#include "app/unix_signals.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QStandardPaths>

#include <cstdio>
#include <exception>
#include <optional>
#include <variant>

namespace {

using namespace tikgok;

int runSelfCheck() {
    QString problem;
    const LateProgram* const program = lateProgram(&problem);
    if (program == nullptr) {
        std::fprintf(stderr, "tikgok: %s\n", qPrintable(problem));
        return 1;
    }
    return program->selfCheck();
}

// Beside the words on stderr, where those might be read by nobody.
void showRefusal(const StartContext& context, const Refusal& refusal) {
    if (!needsWindow(context, QGuiApplication::platformName())) {
        return;
    }
    QString problem;
    if (const LateProgram* const program = lateProgram(&problem)) {
        program->refuse(refusal);
    }
}

int runWindow(const Options& options, const StartContext& context) {
    const ClientPaths paths = ClientPaths::in(options.dataDirectory);
    SingleInstance instance(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation),
                            QFileInfo(paths.databaseFile).absolutePath());
    QStringList words;
    if (options.target) {
        words.append(launchWord(*options.target));
    }
    switch (instance.claim(words)) {
        case SingleInstance::Role::First:
            break;
        case SingleInstance::Role::Second:
            std::fputs("tikgok: it is running already; its window comes to the front.\n", stderr);
            if (!options.server.isEmpty()) {
                std::fputs("tikgok: it stays with the server that it has; --server is for a first start.\n",
                           stderr);
            }
            return 0;
        case SingleInstance::Role::NoAnswer:
            std::fputs("tikgok: it is running already, and does not answer.\n", stderr);
            showRefusal(context,
                        {.reason = Refusal::Reason::NoAnswer, .dataDirectory = options.dataDirectory});
            return 1;
        case SingleInstance::Role::DataInUse:
            std::fputs(
                "tikgok: it is running already with the same data, perhaps in another session; end it there "
                "first, or choose another directory with --data.\n",
                stderr);
            showRefusal(context,
                        {.reason = Refusal::Reason::DataInUse, .dataDirectory = options.dataDirectory});
            return 1;
    }
    Front front(options.dataDirectory, options.server);
    if (!front.load()) {
        std::fputs("tikgok: the window could not be made; the lines above say why.\n", stderr);
        return 1;
    }
    QObject::connect(
        &front, &Front::failed, &front,
        [] {
            std::fputs("tikgok: what is in the window could not be made; the lines above say why.\n", stderr);
            QCoreApplication::exit(1);
        },
        Qt::QueuedConnection);
    StagedWindow& window = front.window();
    QObject::connect(&instance, &SingleInstance::raiseRequested, &window, [&window](const QStringList& said) {
        window.raise();
        for (const QString& word : said) {
            if (const auto target = parseLaunchTarget(word, {})) {
                window.show(*target);
            }
        }
    });
    if (options.target) {
        window.show(*options.target);
    }
    return QCoreApplication::exec();
}

}  // namespace

int main(int argc, char* argv[]) try {
    shareHeaps();
    mendEnvironment();
    const StartContext context = StartContext::now();
    const auto parsed = parseOptions(argc, argv);
    const auto* const leave = std::get_if<Leave>(&parsed);
    if (leave != nullptr) {
        std::fputs(leave->text.toUtf8().constData(), leave->code == 0 ? stdout : stderr);
        if (!leave->refusal || !needsWindow(context, {})) {
            return leave->code;
        }
    }
    const auto* const options = std::get_if<Options>(&parsed);

    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIKGOK_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("TikGok"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.tikgok.TikGok"));
    if (options != nullptr && options->selfCheck && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") &&
        qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    FatalInWords fatal(argv, leave != nullptr ? std::optional(leave->code) : std::nullopt);
    QGuiApplication app(argc, argv);
    fatal.displayIsThere();
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    const UnixSignals signals;
    QObject::connect(&signals, &UnixSignals::endRequested, &app, &QCoreApplication::quit);
    if (options == nullptr) {
        showRefusal(context, *leave->refusal);
        return leave->code;
    }
    return options->selfCheck ? runSelfCheck() : runWindow(*options, context);
} catch (const std::exception& error) {
    // Out of memory and the like, before there is a window to say it in.
    std::fprintf(stderr, "tikgok: %s\n", error.what());
    return 1;
}
