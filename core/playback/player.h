// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/frame_source.h"

#include <QUrl>

#include <functional>
#include <memory>

namespace tikgok {

// Plays one video, again and again. Everything happens on the GUI thread, no call blocks (8 ms at most):
// reading and decoding have their own threads, which end by themselves after the player is destroyed.
// Times are in milliseconds of the media.
class Player : public tikgok::FrameSource {
    Q_OBJECT
    Q_PROPERTY(tikgok::Player::State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(tikgok::Player::ErrorKind errorKind READ errorKind NOTIFY stateChanged FINAL)
    Q_PROPERTY(qint64 position READ position NOTIFY positionChanged FINAL)
    Q_PROPERTY(qint64 duration READ duration NOTIFY durationChanged FINAL)
    Q_PROPERTY(QUrl source READ source NOTIFY sourceChanged FINAL)

public:
    enum class State {
        Empty,    // no source
        Loading,  // opening, seeking without a frame yet, or waiting for data
        Ready,    // the first frame is there, play() was not called yet
        Playing,
        Paused,
        Failed,  // see error(); setSource() or retry() lead out
    };
    Q_ENUM(State)

    enum class ErrorKind {
        None,
        Network,      // no answer, refused, broken off, or the server is in trouble; retry can help
        NotFound,     // the server says it is not there, or there is no such file
        Unsupported,  // container, codec or protocol that this build does not play
        Damaged,      // the bytes are not a video, or too few of them are
        NoVideo,      // sound only
        Internal,     // out of memory and the like
    };
    Q_ENUM(ErrorKind)

    struct Error {
        ErrorKind kind = ErrorKind::None;
        QString detail;  // for the log; holds no secret, not meant for people
    };

    struct Statistics {
        quint64 framesDecoded = 0;
        quint64 framesShown = 0;    // distinct frames handed to the sink
        quint64 framesDropped = 0;  // decoded but too late to be shown
    };

    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    virtual QUrl source() const = 0;
    // http, https and file. An empty URL leads to Empty. Keeps muted, volume, rate and looping; the new
    // source is paused at its first frame until play(). The same URL again loads it again.
    virtual void setSource(const QUrl& source) = 0;

    virtual void play() = 0;
    virtual void pause() = 0;
    // From Failed: opens the source again, and goes on where it was when play() had been called.
    virtual void retry() = 0;

    virtual bool isMuted() const = 0;
    virtual void setMuted(bool muted) = 0;
    virtual double volume() const = 0;
    virtual void setVolume(double volume) = 0;  // 0 to 1, linear
    virtual double rate() const = 0;
    virtual void setRate(double rate) = 0;  // 0.5 to 2; the pitch stays
    virtual bool isLooping() const = 0;
    virtual void setLooping(bool looping) = 0;  // on by default; off: Paused at the last frame

    // Exact: the frame that covers `positionMs`. Otherwise the nearest earlier frame that is quick to reach.
    // The old frame stays until the new one is there. A later seek replaces one that is under way.
    virtual void seek(qint64 positionMs, bool exact) = 0;

    virtual State state() const = 0;
    virtual Error error() const = 0;
    virtual qint64 position() const = 0;
    virtual qint64 duration() const = 0;  // 0 while unknown
    virtual Statistics statistics() const = 0;

    // How far ahead to read. Off (the default) is for the video that plays; on, for a preloaded one: the
    // start only.
    virtual void setFrugal(bool frugal) = 0;

    ErrorKind errorKind() const { return error().kind; }

Q_SIGNALS:
    void stateChanged();
    void sourceChanged();
    void firstFrame();       // of this source, each time a source was set
    void positionChanged();  // about ten times a second while playing, and after a seek
    void durationChanged();
    void looped();  // the start plays again
    void failed();  // state is Failed
};

using PlayerFactory = std::function<std::unique_ptr<Player>()>;

}  // namespace tikgok
