// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>

namespace tikgok {

// The list that a PlaybackController plays. Implemented by whoever owns the videos.
class PlaylistSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    virtual int count() const = 0;
    virtual QUrl urlAt(int index) const = 0;
    // What the video is, apart from where it stands: the same video has the same key after the list changed.
    virtual QString keyAt(int index) const = 0;

Q_SIGNALS:
    // Rows were added, removed, moved or replaced, or an address changed. The controller looks for the key of
    // the current video and follows it; when it is gone, the index stays (clamped) and shows what stands
    // there.
    void changed();
    // It is another list from now on, watched from this index (clamped). Players that hold videos of the new
    // list keep them; the current video goes on when it is the same one.
    void switched(int index);
};

}  // namespace tikgok
