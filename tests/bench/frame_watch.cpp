// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/frame_watch.h"

#include "tests/bench/process_facts.h"

#include <QVariant>

#include <utility>

namespace tikgok::bench {

namespace {

void eachSurface(const QQuickItem* item, const std::function<void(const VideoSurface*)>& call) {
    if (const auto* surface = qobject_cast<const VideoSurface*>(item)) {
        call(surface);
    }
    for (const QQuickItem* child : item->childItems()) {
        eachSurface(child, call);
    }
}

}  // namespace

FrameWatch::FrameWatch(QQuickWindow& window, PlaybackController& playback, QObject* parent)
    : QObject(parent), window_(window), playback_(playback) {
    connect(&window, &QQuickWindow::afterSynchronizing, this, &FrameWatch::synchronized,
            Qt::DirectConnection);
    connect(&window, &QQuickWindow::frameSwapped, this, &FrameWatch::swapped, Qt::DirectConnection);
}

void FrameWatch::waitForVideo(std::function<void(qint64)> call) {
    videoFrame_ = std::move(call);
    before_.clear();
    eachSurface(window_.contentItem(), [this](const VideoSurface* surface) {
        before_[surface] = surface->hasFrame() ? -1 : surface->framesPresented();
    });
    inThisFrame_ = false;
    waiting_ = true;
    window_.update();
}

QString FrameWatch::describe() const {
    const Player* player = playback_.playerFor(playback_.currentIndex());
    if (player == nullptr) {
        return QStringLiteral("no player has the current video");
    }
    QString words =
        QStringLiteral("%1; player %2, %3 frames decoded, error %4 %5; active %6, paused %7; surfaces:")
            .arg(waiting_ ? QStringLiteral("waiting") : QStringLiteral("not waiting"))
            .arg(QVariant::fromValue(player->state()).toString())
            .arg(player->statistics().framesDecoded)
            .arg(QVariant::fromValue(player->errorKind()).toString(), player->error().detail)
            .arg(playback_.isActive())
            .arg(playback_.isPaused());
    eachSurface(window_.contentItem(), [&words, player](const VideoSurface* surface) {
        words += QStringLiteral(" [%1player, %2, %3 frames]")
                     .arg(surface->player() == player ? QStringLiteral("this ") : QStringLiteral("other "))
                     .arg(surface->hasFrame() ? QStringLiteral("picture") : QStringLiteral("no picture"))
                     .arg(surface->framesPresented());
    });
    return words;
}

// The GUI thread waits meanwhile (or it is this one), so its objects may be read.
void FrameWatch::synchronized() {
    if (!waiting_) {
        return;
    }
    const Player* player = playback_.playerFor(playback_.currentIndex());
    if (player == nullptr) {
        return;
    }
    eachSurface(window_.contentItem(), [this, player](const VideoSurface* surface) {
        const auto known = before_.find(surface);
        const int presented = known == before_.end() ? 0 : known->second;
        // hasFrame() follows a little later; the count is exact.
        if (surface->player() == player && (surface->hasFrame() || surface->framesPresented() > presented)) {
            inThisFrame_ = true;
        }
    });
}

void FrameWatch::swapped() {
    const qint64 now = nowNs();
    if (!sawWindow_.exchange(true)) {
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                if (windowFrame_) {
                    windowFrame_(now);
                }
            },
            Qt::QueuedConnection);
    }
    if (waiting_ && inThisFrame_.exchange(false)) {
        waiting_ = false;
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                if (auto call = std::exchange(videoFrame_, {})) {
                    call(now);
                }
            },
            Qt::QueuedConnection);
    }
}

}  // namespace tikgok::bench
