// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/staged_window.h"

#include <QCoreApplication>
#include <QQmlContext>
#include <QTimer>

#include <chrono>
#include <utility>

namespace tikgok {

namespace {

// A window that nobody sees has no first frame, but opens links all the same.
constexpr std::chrono::milliseconds kFramePatience{1000};

constexpr QLatin1StringView kMain("qrc:/qt/qml/TikGok/Window/MainWindow.qml");

void say(const QQmlComponent& component) {
    for (const QQmlError& error : component.errors()) {
        qWarning("%s", qPrintable(error.toString()));
    }
}

}  // namespace

StagedWindow::StagedWindow(QQmlEngine& engine, QUrl shellFile, QObject* parent)
    : QObject(parent), engine_(engine), shellFile_(std::move(shellFile)) {}

StagedWindow::~StagedWindow() = default;

bool StagedWindow::load(const QVariantMap& look) {
    QQmlComponent component(&engine_, QUrl(QString(kMain)));
    // Qt 6.4 does not survive being asked for what it could not load.
    std::unique_ptr<QObject> made(component.isReady() ? component.createWithInitialProperties(look)
                                                      : nullptr);
    if (auto* shown = qobject_cast<QQuickWindow*>(made.get())) {
        window_.reset(shown);
        static_cast<void>(made.release());
    } else {
        say(component);
        return false;
    }
    window_->installEventFilter(this);
    // Comes on the thread that draws.
    connect(window_.get(), &QQuickWindow::frameSwapped, this, &StagedWindow::reportShown,
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    QTimer::singleShot(kFramePatience, this, &StagedWindow::reportShown);
    return true;
}

void StagedWindow::raise() {
    if ((window_->windowStates() & Qt::WindowMinimized) != 0) {
        window_->setWindowStates(window_->windowStates() & ~Qt::WindowMinimized);
    }
    window_->show();
    window_->raise();
    window_->requestActivate();
}

void StagedWindow::show(const LaunchTarget& target) {
    whenReady([this, target] {
        if (const auto* video = std::get_if<VideoLink>(&target)) {
            QMetaObject::invokeMethod(shell_.get(), "openVideo", Q_ARG(QString, QString::number(video->id)));
        } else if (const auto* user = std::get_if<UserLink>(&target)) {
            QMetaObject::invokeMethod(shell_.get(), "openUser", Q_ARG(QString, QString::number(user->id)));
        } else if (std::holds_alternative<BrokenLink>(target)) {
            QMetaObject::invokeMethod(shell_.get(), "refuseLink");
        } else {
            QMetaObject::invokeMethod(shell_.get(), "openFile",
                                      Q_ARG(QUrl, QUrl::fromLocalFile(std::get<VideoFile>(target).path)));
        }
    });
}

void StagedWindow::whenReady(std::function<void()> then) {
    if (shell_ != nullptr) {
        then();
    } else {
        waiting_.push_back(std::move(then));
    }
}

void StagedWindow::reportShown() {
    if (!std::exchange(reported_, true)) {
        Q_EMIT shown();
    }
}

void StagedWindow::fill(const QVariantMap& parts) {
    parts_ = parts;
    // Read and compiled on a thread of the engine's, while the window goes on.
    component_ = std::make_unique<QQmlComponent>(&engine_, shellFile_, QQmlComponent::Asynchronous);
    if (component_->isLoading()) {
        connect(component_.get(), &QQmlComponent::statusChanged, this, &StagedWindow::makeShell);
    } else {
        makeShell();
    }
}

void StagedWindow::makeShell() {
    auto* place = window_->property("place").value<QQuickItem*>();
    // In the window's context, so that the bindings of both end together.
    QQmlContext* const context = QQmlEngine::contextForObject(window_.get());
    auto* shell = place == nullptr || !component_->isReady()
                      ? nullptr
                      : qobject_cast<QQuickItem*>(component_->beginCreate(context));
    if (shell == nullptr) {
        say(*component_);
        letGo();
        Q_EMIT failed();
        return;
    }
    component_->setInitialProperties(shell, std::exchange(parts_, {}));
    // Before its bindings are looked at, so that they see the window as it is.
    shell->setParent(window_.get());
    shell->setSize(place->size());
    shell->setParentItem(place);
    component_->completeCreate();
    shell_ = shell;
    for (const auto& then : std::exchange(waiting_, {})) {
        then();
    }
    letGo();
    Q_EMIT ready();
}

// What came before the shell goes where it would have gone.
void StagedWindow::letGo() {
    window_->removeEventFilter(this);
    for (const auto& event : std::exchange(held_, {})) {
        QCoreApplication::sendEvent(window_.get(), event.get());
    }
}

bool StagedWindow::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
        case QEvent::KeyRelease:
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonRelease:
        case QEvent::MouseButtonDblClick:
            held_.emplace_back(event->clone());
            event->accept();
            return true;
        default:
            return QObject::eventFilter(watched, event);
    }
}

}  // namespace tikgok
