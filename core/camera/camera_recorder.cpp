// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/camera_recorder.h"

#include "core/camera/recorder_command.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStorageInfo>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tikgok {

namespace {

const QString kPartSuffix = QStringLiteral(".part");
const QString kMakingSuffix = QStringLiteral(".making");
constexpr QFileDevice::Permissions kOwnersFolder =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

qint64 freeOnDisk(const QString& directory) {
    return QStorageInfo(directory).bytesAvailable();
}

QString wholeName(const QString& part) {
    return part.chopped(kPartSuffix.size());
}

}  // namespace

void CameraFrames::setFrameSink(FrameSink* sink) {
    sink_ = sink;
    if (sink_ != nullptr && !frame_.isNull()) {
        sink_->present(frame_);
    }
}

void CameraFrames::clearFrameSink(const FrameSink* sink) {
    if (sink_ == sink) {
        sink_ = nullptr;
    }
}

void CameraFrames::show(const VideoFrame& frame) {
    frame_ = frame;
    if (sink_ != nullptr) {
        sink_->present(frame_);
    }
}

void CameraFrames::clear() {
    frame_ = {};
    if (sink_ != nullptr) {
        sink_->reset();
    }
}

CameraRecorder::CameraRecorder(RecorderOptions options, QObject* parent)
    : QObject(parent), options_(std::move(options)) {
    settle_.setSingleShot(true);
    // A device is there before it may be opened.
    settle_.setInterval(std::chrono::milliseconds(700));
    connect(&settle_, &QTimer::timeout, this, &CameraRecorder::look);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, &settle_, qOverload<>(&QTimer::start));
}

CameraRecorder::~CameraRecorder() {
    if (encoder_ != nullptr) {
        encoder_->disconnect(this);
        // Its destructor ends what runs.
        encoder_->deleteLater();
        thread_.quit();
        thread_.wait();
    }
}

// The thread begins when something is wanted of it: most people never record.
void CameraRecorder::onEncoder(const std::function<void()>& work) {
    if (encoder_ == nullptr) {
        thread_.setObjectName(QStringLiteral("camera"));
        encoder_ =
            new EncoderProcess(options_.patience, options_.freeBytes ? options_.freeBytes : freeOnDisk, box_);
        encoder_->moveToThread(&thread_);
        qRegisterMetaType<EncoderReport>();
        connect(encoder_, &EncoderProcess::pictureWaiting, this, &CameraRecorder::takePicture);
        connect(encoder_, &EncoderProcess::ended, this, &CameraRecorder::ended);
        connect(encoder_, &EncoderProcess::progressed, this, [this](qint64 milliseconds, qint64) {
            if (state_ == State::Recording) {
                milliseconds_ = milliseconds;
                Q_EMIT progressed();
            }
        });
        thread_.start();
    }
    QMetaObject::invokeMethod(encoder_, work, Qt::QueuedConnection);
}

QVariantList CameraRecorder::cameraList() const {
    QVariantList list;
    for (const Camera& camera : look_.cameras) {
        list.append(QVariantMap{{QStringLiteral("id"), camera.id}, {QStringLiteral("name"), camera.name}});
    }
    return list;
}

const Camera* CameraRecorder::present() const {
    const auto found = std::ranges::find(look_.cameras, camera_, &Camera::id);
    return found == look_.cameras.cend() ? nullptr : &*found;
}

const QStringList* CameraRecorder::sound() const {
    return soundAt_ < look_.sounds.size() ? &look_.sounds.at(soundAt_) : nullptr;
}

void CameraRecorder::look() {
    if (!options_.cameras) {
        return;
    }
    const QString folder = options_.cameras->watchedFolder();
    if (!folder.isEmpty() && watcher_.directories().isEmpty()) {
        watcher_.addPath(folder);
    }
    onEncoder([this, cameras = options_.cameras, name = options_.program] {
        const QString program = QStandardPaths::findExecutable(name);
        // The thread ends before this object does.
        QMetaObject::invokeMethod(
            this, [this, found = cameras->look(), program] { setLook(found, program); },
            Qt::QueuedConnection);
    });
}

void CameraRecorder::setLook(CameraLook look, const QString& program) {
    const bool same = look_.cameras == look.cameras && program_ == program;
    // What is under way goes on with the microphone that it has.
    if (!encoderRuns()) {
        look_.sounds = look.sounds;
    }
    look_.cameras = std::move(look.cameras);
    program_ = program;
    if (state_ == State::Off && present() == nullptr) {
        camera_ = look_.cameras.isEmpty() ? QString() : look_.cameras.first().id;
        Q_EMIT cameraChanged();
    }
    if (!same) {
        Q_EMIT camerasChanged();
    }
    nextLeftover();
}

void CameraRecorder::open() {
    if (state_ != State::Off) {
        return;
    }
    setTrouble(RecordTrouble::None, false);
    if (!equipped()) {
        setTrouble(RecordTrouble::NoEncoder, false);
        return;
    }
    if (present() == nullptr) {
        setTrouble(RecordTrouble::CameraGone, false);
        return;
    }
    setState(State::Opening);
    start(Phase::Showing);
}

void CameraRecorder::choose(const QString& camera) {
    if (camera == camera_ || (state_ != State::Off && state_ != State::Opening && state_ != State::Showing)) {
        return;
    }
    camera_ = camera;
    Q_EMIT cameraChanged();
    if (state_ != State::Off) {
        frames_.clear();
        setState(State::Opening);
        start(Phase::Showing);
    }
}

void CameraRecorder::record() {
    if (state_ != State::Showing) {
        return;
    }
    soundAt_ = 0;
    encoderAt_ = 0;
    drop_ = false;
    milliseconds_ = 0;
    Q_EMIT progressed();
    setState(State::Starting);
    start(Phase::Recording);
}

void CameraRecorder::stop() {
    if (state_ == State::Recording) {
        setState(State::Finishing);
        onEncoder([encoder = encoder_] { encoder->finish(); });
    }
}

void CameraRecorder::cancel() {
    if (state_ == State::Off || state_ == State::Finishing) {
        return;
    }
    drop_ = true;
    next_ = Phase::None;
    onEncoder([encoder = encoder_] { encoder->abandon(); });
    setState(State::Off);
}

void CameraRecorder::leave() {
    if (state_ == State::Recording) {
        stop();
    } else {
        cancel();
    }
}

void CameraRecorder::forgetTrouble() {
    setTrouble(RecordTrouble::None, false);
}

// One encoder at a time: a camera is given to one program only.
void CameraRecorder::start(Phase phase) {
    next_ = phase;
    if (encoderRuns()) {
        // What is made whole is waited for.
        if (phase_ != Phase::Making) {
            onEncoder([encoder = encoder_] { encoder->abandon(); });
        }
        return;
    }
    startNow();
}

void CameraRecorder::startNow() {
    const Camera* camera = present();
    phase_ = std::exchange(next_, Phase::None);
    if (camera == nullptr) {
        phase_ = Phase::None;
        setTrouble(RecordTrouble::CameraGone, false);
        setState(State::Off);
        return;
    }
    if (phase_ == Phase::Showing) {
        run({.program = program_, .arguments = previewCommand(*camera), .camera = camera_});
        return;
    }
    drop_ = false;
    recovered_ = false;
    part_ = options_.directory + QStringLiteral("/recording-") +
            QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")) +
            QStringLiteral(".mp4") + kPartSuffix;
    const QStringList* heard = sound();
    run({.program = program_,
         .arguments = recordCommand(*camera, heard != nullptr ? *heard : QStringList(),
                                    videoEncoders().at(encoderAt_), part_),
         .longestMs = options_.longestMs,
         .largestBytes = largest_,
         .directory = options_.directory,
         .leastFree = options_.leastFree,
         .camera = camera_});
}

void CameraRecorder::run(EncoderRun run) {
    onEncoder([encoder = encoder_, run = std::move(run)] {
        if (!run.directory.isEmpty()) {
            // Nobody else looks in, nor at recordings of earlier versions.
            QDir().mkpath(run.directory);
            QFile::setPermissions(run.directory, kOwnersFolder);
        }
        encoder->start(run);
    });
}

void CameraRecorder::takePicture() {
    const auto frame = box_->take();
    if (!frame || state_ == State::Off) {
        return;
    }
    if (state_ == State::Opening && phase_ == Phase::Showing && next_ == Phase::None) {
        setState(State::Showing);
    } else if (state_ == State::Starting && phase_ == Phase::Recording) {
        setState(State::Recording);
    }
    if (state_ != State::Opening) {
        frames_.show(*frame);
    }
}

void CameraRecorder::ended(const EncoderReport& report) {
    const Phase was = std::exchange(phase_, Phase::None);
    switch (was) {
        case Phase::None:
            return;
        case Phase::Showing:
            showingEnded(report);
            break;
        case Phase::Recording:
            recordingEnded(report);
            break;
        case Phase::Making:
            makingEnded(report);
            break;
    }
    if (!encoderRuns() && next_ != Phase::None) {
        startNow();
    }
    nextLeftover();
}

void CameraRecorder::showingEnded(const EncoderReport& report) {
    if (next_ != Phase::None || state_ == State::Off) {
        return;
    }
    setTrouble(readTrouble(report, camera_, {}), false);
    setState(State::Off);
}

void CameraRecorder::recordingEnded(const EncoderReport& report) {
    if (drop_) {
        onEncoder([part = part_] { QFile::remove(part); });
        return;
    }
    if (state_ == State::Starting && tryOtherwise(report)) {
        return;
    }
    setTrouble(readTrouble(report, camera_, part_), false);
    recordedMs_ = report.milliseconds;
    if (recordedMs_ <= 0 && !report.pictured) {
        onEncoder([part = part_] { QFile::remove(part); });
        setState(State::Off);
        return;
    }
    setState(State::Finishing);
    make(part_, false);
}

// A microphone, or an encoder, that does not work is no reason to record nothing.
bool CameraRecorder::tryOtherwise(const EncoderReport& report) {
    if (report.pictured || (report.end != EncoderEnd::ByItself && report.end != EncoderEnd::Silent)) {
        return false;
    }
    if (wantsOtherEncoder(report)) {
        if (encoderAt_ + 1 >= videoEncoders().size()) {
            return false;
        }
        ++encoderAt_;
    } else {
        const RecordTrouble trouble = readTrouble(report, camera_, part_);
        if (sound() == nullptr ||
            (trouble != RecordTrouble::CameraFailed && trouble != RecordTrouble::CameraSilent)) {
            return false;
        }
        ++soundAt_;
    }
    start(Phase::Recording);
    return true;
}

void CameraRecorder::make(const QString& part, bool recovered) {
    phase_ = Phase::Making;
    part_ = part;
    recovered_ = recovered;
    run({.program = program_, .arguments = wholeCommand(part, part + kMakingSuffix)});
}

void CameraRecorder::makingEnded(const EncoderReport& report) {
    const bool good = report.end == EncoderEnd::ByItself && report.exitCode == 0 && report.milliseconds > 0;
    // Read to its end, and nothing in it. That a whole one cannot be written, as on a full disk, does not
    // make the part worse: it can be played as it is.
    const bool read =
        report.end == EncoderEnd::ByItself && readTrouble(report, {}, {}) != RecordTrouble::DiskFull;
    const bool gone = read && !good && (report.exitCode == 0 || recordedMs_ <= 0);
    onEncoder([this, part = part_, good, gone] {
        QString file;
        if (!gone) {
            file = wholeName(part);
            QFile::remove(file);
            if (!QFile::rename(good ? part + kMakingSuffix : part, file)) {
                file.clear();
            }
        }
        QFile::remove(part + kMakingSuffix);
        QFile::remove(part);
        QMetaObject::invokeMethod(this, [this, file] { made(file); }, Qt::QueuedConnection);
    });
    // Until then nothing else begins.
    phase_ = Phase::Making;
}

void CameraRecorder::made(const QString& file) {
    phase_ = Phase::None;
    if (!recovered_ && state_ == State::Finishing) {
        setTrouble(file.isEmpty() && trouble_ == RecordTrouble::None ? RecordTrouble::CameraFailed : trouble_,
                   !file.isEmpty());
        setState(State::Off);
    }
    if (!file.isEmpty()) {
        Q_EMIT recorded(file, recovered_);
    }
    if (!encoderRuns() && next_ != Phase::None) {
        startNow();
    }
    nextLeftover();
}

void CameraRecorder::recover() {
    onEncoder([this, directory = options_.directory] {
        QStringList found;
        const QFileInfoList files = QDir(directory).entryInfoList(QDir::Files, QDir::Name);
        for (const QFileInfo& file : files) {
            if (file.fileName().endsWith(kMakingSuffix)) {
                QFile::remove(file.absoluteFilePath());
            } else if (file.fileName().endsWith(kPartSuffix)) {
                found.append(file.absoluteFilePath());
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, found] {
                leftovers_ = found;
                // Without the program they stay for another time.
                if (!found.isEmpty() && options_.cameras) {
                    look();
                }
            },
            Qt::QueuedConnection);
    });
}

void CameraRecorder::nextLeftover() {
    if (!encoderRuns() && state_ == State::Off && equipped() && !leftovers_.isEmpty()) {
        recordedMs_ = 0;
        make(leftovers_.takeFirst(), true);
    }
}

void CameraRecorder::setState(State state) {
    if (state == State::Off) {
        frames_.clear();
    }
    if (std::exchange(state_, state) != state) {
        Q_EMIT stateChanged();
    }
}

void CameraRecorder::setTrouble(RecordTrouble trouble, bool kept) {
    trouble_ = trouble;
    kept_ = kept;
    Q_EMIT troubleChanged();
}

}  // namespace tikgok
