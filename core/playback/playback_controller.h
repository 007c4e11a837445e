// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/player.h"
#include "core/playback/playlist_source.h"
#include "core/playback/ring.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <array>
#include <chrono>
#include <memory>

namespace tikgok {

// Plays the video at currentIndex of a list, with the next one ready at its first frame and the previous one
// kept. Makes exactly three players, once, and never more. For the QML of the feed pager; GUI thread only.
// A video that failed and that may come after all (no network, or not there yet, as media right after
// publishing) is tried again by itself: when one comes to it, and while one waits at it, after times that
// double.
class PlaybackController : public QObject {
    Q_OBJECT
    // -1 while the list is empty.
    Q_PROPERTY(int currentIndex READ currentIndex WRITE setCurrentIndex NOTIFY currentIndexChanged FINAL)
    // The page is on top and the window is visible. False: everything stops, nothing is read or decoded.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    // The person paused the current video. Forgotten when the index changes.
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged FINAL)
    Q_PROPERTY(bool muted READ isMuted WRITE setMuted NOTIFY mutedChanged FINAL)
    Q_PROPERTY(double volume READ volume WRITE setVolume NOTIFY volumeChanged FINAL)
    Q_PROPERTY(double rate READ rate WRITE setRate NOTIFY rateChanged FINAL)
    Q_PROPERTY(bool dataSaver READ dataSaver WRITE setDataSaver NOTIFY dataSaverChanged FINAL)
    // The video before is loaded, too, and not only kept.
    Q_PROPERTY(bool loadsBehind READ loadsBehind WRITE setLoadsBehind NOTIFY loadsBehindChanged FINAL)
    // False: every video waits, paused, until the person starts it.
    Q_PROPERTY(bool autoplay READ autoplay WRITE setAutoplay NOTIFY autoplayChanged FINAL)
    Q_PROPERTY(double positionMs READ positionMs NOTIFY positionChanged FINAL)
    Q_PROPERTY(double durationMs READ durationMs NOTIFY durationChanged FINAL)
    // The current video should play but waits for data.
    Q_PROPERTY(bool buffering READ isBuffering NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool playing READ isPlaying NOTIFY stateChanged FINAL)
    Q_PROPERTY(tikgok::Player::ErrorKind errorKind READ errorKind NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool hasError READ hasError NOTIFY stateChanged FINAL)
    // Grows whenever playerFor() may answer differently: `c.revision >= 0 ? c.playerFor(index) : null`. In a
    // comma expression the QML compiler of 6.4 drops it.
    Q_PROPERTY(int revision READ revision NOTIFY revisionChanged FINAL)

public:
    struct RetryTimes {
        std::chrono::milliseconds first{2'000};
        std::chrono::milliseconds longest{30'000};
    };

    explicit PlaybackController(const PlayerFactory& factory, QObject* parent = nullptr);
    PlaybackController(const PlayerFactory& factory, RetryTimes times, QObject* parent = nullptr);
    ~PlaybackController() override;

    // Not owned; null for none. Starts at index 0 when the list has videos and no index was set.
    void setSource(PlaylistSource* source);
    PlaylistSource* source() const { return source_; }

    int currentIndex() const { return currentIndex_; }
    void setCurrentIndex(int index);
    bool isActive() const { return active_; }
    void setActive(bool active);
    bool isPaused() const { return paused_; }
    void setPaused(bool paused);
    bool isMuted() const { return muted_; }
    void setMuted(bool muted);
    double volume() const { return volume_; }
    void setVolume(double volume);
    double rate() const { return rate_; }
    void setRate(double rate);
    bool dataSaver() const { return dataSaver_; }
    void setDataSaver(bool saver);
    bool loadsBehind() const { return loadsBehind_; }
    void setLoadsBehind(bool behind);
    bool autoplay() const { return autoplay_; }
    // From the next video on.
    void setAutoplay(bool autoplay);

    double positionMs() const;
    double durationMs() const;
    bool isBuffering() const;
    bool isPlaying() const;
    Player::ErrorKind errorKind() const;
    bool hasError() const { return errorKind() != Player::ErrorKind::None; }
    int revision() const { return revision_; }

    // Null when no player holds that video. Owned by the controller, lives as long as it.
    Q_INVOKABLE tikgok::Player* playerFor(int index) const;
    Q_INVOKABLE void seek(double positionMs, bool exact = true);
    Q_INVOKABLE void retry();
    // The network works again: all three players that failed for want of it try again.
    void retryFailed();
    Q_INVOKABLE void togglePause() { setPaused(!paused_); }

    Player::Statistics statistics() const;  // of all three players together

Q_SIGNALS:
    void currentIndexChanged();
    void activeChanged();
    void pausedChanged();
    void mutedChanged();
    void volumeChanged();
    void rateChanged();
    void dataSaverChanged();
    void loadsBehindChanged();
    void autoplayChanged();
    void positionChanged();
    void durationChanged();
    void stateChanged();
    void revisionChanged();
    void looped(int index);      // the current video starts again (auto-scroll listens here)
    void firstFrame(int index);  // the first frame of a video of the ring is there

private:
    struct Slot {
        std::unique_ptr<Player> player;
        int index = -1;  // in the list; -1 while it holds nothing
        QString key;
        bool hasFrame = false;
    };

    void connectSlot(Slot& slot);
    void listChanged();
    void switchTo(int index);
    void rememberPosition();
    void goOn(Slot& slot);
    void findSlots();
    void moveTo(int index);
    void update();  // brings the players in line with what is wanted
    void load(Slot& slot, int index);
    void applyToPlayers();  // play, pause and sound
    Slot* slotFor(int index);
    const Slot* slotFor(int index) const;
    int count() const { return source_ ? source_->count() : 0; }
    int indexOfKey(const QString& key, int near) const;
    void currentReplaced();
    void retryLater();
    static bool mayCome(const Slot* slot);

    QPointer<PlaylistSource> source_;
    // How far videos were watched, in milliseconds, that were left for another list.
    QHash<QString, qint64> left_;
    std::array<Slot, ring::kSlots> slots_;
    int currentIndex_ = -1;
    QString currentKey_;
    bool active_ = false;
    bool paused_ = false;
    bool muted_ = false;
    bool dataSaver_ = false;
    bool loadsBehind_ = false;
    bool autoplay_ = true;
    double volume_ = 1.0;
    double rate_ = 1.0;
    int revision_ = 0;
    RetryTimes retryTimes_;
    QTimer retryTimer_;
    int retries_ = 0;  // of the current video since it came up or played
};

}  // namespace tikgok
