// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One run of ffmpeg after the other, on a thread of its own: starts it, keeps reading what it says and shows
// (an encoder whose pictures nobody takes would stand still), watches its limits, and ends it, if need be by
// force. It never outlives this program.
#pragma once

#include "core/camera/record_trouble.h"
#include "core/camera/y4m_reader.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace tikgok {

struct EncoderRun {
    QString program;
    QStringList arguments = {};
    // 0: no limit.
    qint64 longestMs = 0;
    qint64 largestBytes = 0;
    // Where it writes; empty: nothing. With less free than this it is not started, or ended.
    QString directory = {};
    qint64 leastFree = 0;
    // It has pictures of this camera (as the encoder calls it) to show, and is ended when there are none any
    // more. Empty: it has none.
    QString camera = {};
};

struct EncoderPatience {
    std::chrono::milliseconds firstPicture{12'000};
    std::chrono::milliseconds nextPicture{8'000};
    // After it was asked to end, and after it was told to.
    std::chrono::milliseconds asked{4'000};
    std::chrono::milliseconds told{2'000};
    // Together, when the whole program ends.
    std::chrono::milliseconds leaving{1'500};
};

// The newest picture on its way to the window. Those that the window had no time for are gone.
class PictureBox {
public:
    // True when the other side has to be told.
    bool put(VideoFrame frame);
    std::optional<VideoFrame> take();

private:
    std::mutex mutex_;
    std::optional<VideoFrame> frame_;
};

class EncoderProcess final : public QObject {
    Q_OBJECT

public:
    // `free`: how many bytes are free in a folder; asked on this object's thread.
    EncoderProcess(EncoderPatience patience, std::function<qint64(const QString&)> free,
                   std::shared_ptr<PictureBox> box);
    ~EncoderProcess() override;

    // All on the thread of this object. Only when none runs; ended() follows in any case.
    void start(const EncoderRun& run);
    // It finishes what it writes.
    void finish();
    // It ends at once.
    void abandon();
    // As finish(), and waits a little; then it is gone.
    void leave();

Q_SIGNALS:
    void pictureWaiting();
    void progressed(qint64 milliseconds, qint64 bytes);
    void ended(const tikgok::EncoderReport& report);

private:
    void makeProcess();
    void endWith(EncoderEnd end);
    void force();
    void readPictures();
    void readWords();
    void readWord(const QString& line);
    void checkLimits();
    void report();

    const EncoderPatience patience_;
    const std::function<qint64(const QString&)> free_;
    const std::shared_ptr<PictureBox> box_;
    EncoderRun run_;
    EncoderReport report_;
    std::optional<EncoderEnd> why_;
    bool told_ = false;
    QByteArray words_;
    Y4mReader reader_;
    std::unique_ptr<QProcess> process_;
    QTimer silence_{this};
    QTimer ladder_{this};
    QElapsedTimer sinceDisk_;
};

}  // namespace tikgok
