// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/video_frame.h"

#include <QObject>

namespace tikgok {

// Whatever has moving pictures to show: a player, a camera. GUI thread only.
class FrameSource : public QObject {
    Q_OBJECT

public:
    explicit FrameSource(QObject* parent = nullptr);
    ~FrameSource() override;

    // Not owned. The current frame, when there is one, is presented again at once.
    virtual void setFrameSink(FrameSink* sink) = 0;
    // Detaches `sink` if it is the one that is attached.
    virtual void clearFrameSink(const FrameSink* sink) = 0;
    virtual void setFrameRequest(const FrameRequest& request) = 0;
};

}  // namespace tikgok
