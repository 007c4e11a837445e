// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Records a video with a camera of this computer, by the program ffmpeg in a process of its own. First the
// camera is only shown; record() begins, stop() ends and keeps, cancel() forgets. GUI thread only, and it
// never waits: the encoder is looked after on another thread.
#pragma once

#include "core/camera/camera_source.h"
#include "core/camera/encoder_process.h"
#include "core/camera/record_trouble.h"
#include "core/playback/frame_source.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QThread>
#include <QTimer>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

namespace tikgok {

struct RecorderOptions {
    // Where recordings are kept; made when there is one.
    QString directory;
    // Nothing: there is no camera.
    std::shared_ptr<CameraSource> cameras;
    // Looked for in PATH when it has no slash.
    QString program = QStringLiteral("ffmpeg");
    qint64 longestMs = qint64{3} * 60 * 1000;
    // So much stays free on the disk.
    qint64 leastFree = qint64{100} * 1024 * 1024;
    EncoderPatience patience = {};
    // How many bytes are free in a folder; asked on another thread. Empty: the system is asked.
    std::function<qint64(const QString&)> freeBytes = {};
};

// The pictures of the camera, as a surface wants them.
class CameraFrames final : public tikgok::FrameSource {
    Q_OBJECT

public:
    using FrameSource::FrameSource;

    void setFrameSink(FrameSink* sink) override;
    void clearFrameSink(const FrameSink* sink) override;
    void setFrameRequest(const FrameRequest&) override {}
    void show(const VideoFrame& frame);
    void clear();
    [[nodiscard]] const VideoFrame& frame() const { return frame_; }

private:
    FrameSink* sink_ = nullptr;
    VideoFrame frame_;
};

class CameraRecorder final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    // Maps with `id` and `name`.
    Q_PROPERTY(QVariantList cameras READ cameraList NOTIFY camerasChanged)
    Q_PROPERTY(bool available READ available NOTIFY camerasChanged)
    // Whether the program that records is installed.
    Q_PROPERTY(bool equipped READ equipped NOTIFY camerasChanged)
    // The one that is, or would be, used.
    Q_PROPERTY(QString camera READ camera NOTIFY cameraChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(tikgok::FrameSource* frames READ frames CONSTANT)
    // Of what is being recorded.
    Q_PROPERTY(double milliseconds READ milliseconds NOTIFY progressed)
    Q_PROPERTY(double longest READ longest CONSTANT)
    Q_PROPERTY(bool silent READ silent NOTIFY stateChanged)
    // Why the camera is off, or why a recording ended; None after a start, and when nobody wants to know.
    Q_PROPERTY(tikgok::RecordTroubles::Trouble trouble READ trouble NOTIFY troubleChanged)
    // Whether there is a recording in spite of it.
    Q_PROPERTY(bool kept READ kept NOTIFY troubleChanged)

public:
    enum class State {
        Off,
        Opening,   // no picture yet
        Showing,   // pictures come, nothing is kept
        Starting,  // the recording begins; the last picture stays
        Recording,
        Finishing,  // the file is made whole
    };
    Q_ENUM(State)

    explicit CameraRecorder(RecorderOptions options, QObject* parent = nullptr);
    // Ends what runs and waits for it, two seconds and a bit at most. What was being recorded stays in the
    // folder and is found by recover() the next time.
    ~CameraRecorder() override;

    [[nodiscard]] QVariantList cameraList() const;
    [[nodiscard]] bool available() const { return !look_.cameras.isEmpty(); }
    [[nodiscard]] bool equipped() const { return !program_.isEmpty(); }
    [[nodiscard]] QString camera() const { return camera_; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] CameraFrames* frames() { return &frames_; }
    [[nodiscard]] qint64 milliseconds() const { return milliseconds_; }
    [[nodiscard]] qint64 longest() const { return options_.longestMs; }
    [[nodiscard]] bool silent() const { return state_ == State::Recording && sound() == nullptr; }
    [[nodiscard]] RecordTrouble trouble() const { return trouble_; }
    [[nodiscard]] bool kept() const { return kept_; }

    // The most that a recording may have, in bytes; 0: no limit.
    void setLargest(qint64 bytes) { largest_ = bytes; }

    // Looks for cameras and the encoder, now and whenever one is plugged in or taken away.
    Q_INVOKABLE void look();
    // Shows what the camera sees.
    Q_INVOKABLE void open();
    // Another one, while it is off or shown.
    Q_INVOKABLE void choose(const QString& camera);
    Q_INVOKABLE void record();
    // Ends the recording and keeps it: recorded() follows.
    Q_INVOKABLE void stop();
    // Switches the camera off; what was recorded is deleted.
    Q_INVOKABLE void cancel();
    // Nobody looks any more: as stop() while it records, else as cancel().
    Q_INVOKABLE void leave();
    Q_INVOKABLE void forgetTrouble();
    // Recordings that a sudden end left unfinished: recorded() follows for each that has pictures.
    void recover();

Q_SIGNALS:
    void camerasChanged();
    void cameraChanged();
    void stateChanged();
    void progressed();
    void troubleChanged();
    // A film is there. `recovered`: of an earlier run of the program.
    void recorded(const QString& file, bool recovered);

private:
    enum class Phase { None, Showing, Recording, Making };

    void start(Phase phase);
    void startNow();
    void run(EncoderRun run);
    void ended(const EncoderReport& report);
    void showingEnded(const EncoderReport& report);
    void recordingEnded(const EncoderReport& report);
    bool tryOtherwise(const EncoderReport& report);
    void make(const QString& part, bool recovered);
    void makingEnded(const EncoderReport& report);
    void made(const QString& file);
    void nextLeftover();
    void takePicture();
    void setLook(CameraLook look, const QString& program);
    void setState(State state);
    void setTrouble(RecordTrouble trouble, bool kept);
    void onEncoder(const std::function<void()>& work);
    [[nodiscard]] const Camera* present() const;
    [[nodiscard]] const QStringList* sound() const;
    [[nodiscard]] bool encoderRuns() const { return phase_ != Phase::None; }

    const RecorderOptions options_;
    const std::shared_ptr<PictureBox> box_ = std::make_shared<PictureBox>();
    CameraFrames frames_;
    CameraLook look_;
    QString program_;
    QString camera_;
    State state_ = State::Off;
    RecordTrouble trouble_ = RecordTrouble::None;
    bool kept_ = false;
    // What the encoder does, and what it is to do after that.
    Phase phase_ = Phase::None;
    Phase next_ = Phase::None;
    // What is recorded into, or made whole.
    QString part_;
    bool drop_ = false;
    bool recovered_ = false;
    qint64 recordedMs_ = 0;
    qint64 milliseconds_ = 0;
    qint64 largest_ = 0;
    // Which of the ways to hear, and to encode, are tried.
    qsizetype soundAt_ = 0;
    qsizetype encoderAt_ = 0;
    QStringList leftovers_;
    QFileSystemWatcher watcher_;
    QTimer settle_;
    QThread thread_;
    // Lives on the thread; so does what options_.cameras does.
    EncoderProcess* encoder_ = nullptr;
};

}  // namespace tikgok
