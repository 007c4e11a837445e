// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/player.h"

#include <QTimer>

#include <chrono>

namespace tikgok {

// One video outside of the feed. What was published a moment ago may not be there yet, so that an address
// that is not found is asked for again, with growing waits, before it counts as failed.
class PreviewPlayer final : public QObject {
    Q_OBJECT
    // Null until there is something to play.
    Q_PROPERTY(tikgok::Player* player READ player NOTIFY playerChanged)
    // A file or http(s); empty stops and forgets. Plays when `playing` is on.
    Q_PROPERTY(QUrl source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(bool playing READ playing WRITE setPlaying NOTIFY playingChanged)
    Q_PROPERTY(bool muted READ muted WRITE setMuted NOTIFY mutedChanged)
    // It was not found and will be asked for again.
    Q_PROPERTY(bool waiting READ waiting NOTIFY waitingChanged)
    // It failed, and nothing more is tried until retry().
    Q_PROPERTY(bool failed READ failed NOTIFY waitingChanged)

public:
    struct Options {
        std::chrono::milliseconds firstWait{500};
        std::chrono::milliseconds longestWait{8'000};
        int tries = 12;
    };

    // The engine behind `factory` must outlive it.
    explicit PreviewPlayer(const PlayerFactory& factory, QObject* parent = nullptr);
    PreviewPlayer(const PlayerFactory& factory, Options options, QObject* parent = nullptr);

    [[nodiscard]] Player* player() const { return player_.get(); }
    [[nodiscard]] QUrl source() const { return source_; }
    void setSource(const QUrl& source);
    [[nodiscard]] bool playing() const { return playing_; }
    void setPlaying(bool playing);
    [[nodiscard]] bool muted() const { return muted_; }
    void setMuted(bool muted);
    [[nodiscard]] bool waiting() const { return again_.isActive(); }
    [[nodiscard]] bool failed() const;

    Q_INVOKABLE void retry();
    Q_INVOKABLE void seek(qint64 positionMs);

Q_SIGNALS:
    void playerChanged();
    void sourceChanged();
    void playingChanged();
    void mutedChanged();
    void waitingChanged();

private:
    void makePlayer();
    void playerFailed();

    const PlayerFactory factory_;
    const Options options_;
    std::unique_ptr<Player> player_;
    QUrl source_;
    bool playing_ = false;
    bool muted_ = false;
    int tries_ = 0;
    QTimer again_;
};

}  // namespace tikgok
