// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/encoder_process.h"

#include <algorithm>
#include <utility>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace tikgok {

namespace {

constexpr qsizetype kMostEncoderLines = 40;
constexpr qsizetype kLongestEncoderLine = 2000;
constexpr qint64 kLookAtDiskMs = 1000;

// "frame=12": progress, not words.
bool isProgressLine(const QString& line, qsizetype equals) {
    if (equals <= 0) {
        return false;
    }
    for (const QChar c : QStringView(line).first(equals)) {
        if (!c.isLower() && !c.isDigit() && c != QLatin1Char('_')) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool PictureBox::put(VideoFrame frame) {
    const std::scoped_lock lock(mutex_);
    const bool was = frame_.has_value();
    frame_ = std::move(frame);
    return !was;
}

std::optional<VideoFrame> PictureBox::take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(frame_, std::nullopt);
}

EncoderProcess::EncoderProcess(EncoderPatience patience, std::function<qint64(const QString&)> free,
                               std::shared_ptr<PictureBox> box)
    : patience_(patience), free_(std::move(free)), box_(std::move(box)) {
    silence_.setSingleShot(true);
    ladder_.setSingleShot(true);
    connect(&silence_, &QTimer::timeout, this, [this] { endWith(EncoderEnd::Silent); });
    connect(&ladder_, &QTimer::timeout, this, &EncoderProcess::force);
}

EncoderProcess::~EncoderProcess() {
    leave();
}

void EncoderProcess::makeProcess() {
    process_ = std::make_unique<QProcess>();
#ifdef Q_OS_LINUX
    // Runs between fork and exec. When this program is gone, however it went, so is the encoder.
    const pid_t parent = getpid();
    process_->setChildProcessModifier([parent] {
        // Recordings are their owner's alone, whatever this program was started with.
        umask(S_IRWXG | S_IRWXO);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            _exit(1);
        }
    });
#endif
    connect(process_.get(), &QProcess::readyReadStandardOutput, this, &EncoderProcess::readPictures);
    connect(process_.get(), &QProcess::readyReadStandardError, this, &EncoderProcess::readWords);
    connect(process_.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            why_ = EncoderEnd::NotStarted;
            report();
        }
    });
    connect(process_.get(), &QProcess::finished, this, &EncoderProcess::report);
}

void EncoderProcess::start(const EncoderRun& run) {
    run_ = run;
    report_ = {};
    why_.reset();
    told_ = false;
    words_.clear();
    reader_.restart();
    makeProcess();
    if (!run_.directory.isEmpty() && free_(run_.directory) < run_.leastFree) {
        why_ = EncoderEnd::DiskLow;
        report();
        return;
    }
    sinceDisk_.start();
    if (!run_.camera.isEmpty()) {
        silence_.start(patience_.firstPicture);
    }
    process_->start(run_.program, run_.arguments);
}

void EncoderProcess::finish() {
    endWith(EncoderEnd::Asked);
}

void EncoderProcess::endWith(EncoderEnd end) {
    if (!process_ || why_) {
        return;
    }
    why_ = end;
    silence_.stop();
    process_->write("q");
    ladder_.start(patience_.asked);
}

void EncoderProcess::force() {
    if (!process_) {
        return;
    }
    if (std::exchange(told_, true)) {
        process_->kill();
        return;
    }
    process_->terminate();
    ladder_.start(patience_.told);
}

void EncoderProcess::abandon() {
    if (process_) {
        why_ = EncoderEnd::Asked;
        silence_.stop();
        process_->kill();
    }
}

void EncoderProcess::leave() {
    if (!process_) {
        return;
    }
    why_ = EncoderEnd::Asked;
    process_->disconnect(this);
    // What it has written can be played also if it does not end by itself.
    process_->write("q");
    process_->closeWriteChannel();
    if (!process_->waitForFinished(static_cast<int>(patience_.leaving.count()))) {
        process_->kill();
        process_->waitForFinished(static_cast<int>(patience_.leaving.count()));
    }
    process_.reset();
}

void EncoderProcess::readPictures() {
    auto frame = reader_.feed(process_->readAllStandardOutput());
    if (!frame) {
        return;
    }
    report_.pictured = true;
    if (!why_) {
        silence_.start(patience_.nextPicture);
    }
    if (box_->put(std::move(*frame))) {
        Q_EMIT pictureWaiting();
    }
}

void EncoderProcess::readWords() {
    words_ += process_->readAllStandardError();
    for (qsizetype end = words_.indexOf('\n'); end >= 0; end = words_.indexOf('\n')) {
        readWord(QString::fromUtf8(words_.first(end)).trimmed());
        words_.remove(0, end + 1);
    }
    if (words_.size() > kLongestEncoderLine) {
        words_.clear();
    }
}

void EncoderProcess::readWord(const QString& line) {
    const qsizetype equals = line.indexOf(QLatin1Char('='));
    if (!isProgressLine(line, equals)) {
        report_.lines.append(line);
        if (report_.lines.size() > kMostEncoderLines) {
            report_.lines.removeFirst();
        }
        // With a microphone it would go on, with a picture that stands still.
        const EncoderReport said{.lines = {line}};
        if (report_.pictured && readTrouble(said, run_.camera, {}) == RecordTrouble::CameraGone) {
            endWith(EncoderEnd::Lost);
        }
        return;
    }
    const QStringView key = QStringView(line).first(equals);
    const qint64 value = QStringView(line).sliced(equals + 1).toLongLong();
    if (key == QLatin1StringView("out_time_us")) {
        report_.milliseconds = std::max(report_.milliseconds, value / 1000);
    } else if (key == QLatin1StringView("total_size")) {
        report_.bytes = std::max(report_.bytes, value);
    } else if (key == QLatin1StringView("progress")) {
        Q_EMIT progressed(report_.milliseconds, report_.bytes);
        checkLimits();
    }
}

void EncoderProcess::checkLimits() {
    if (run_.longestMs > 0 && report_.milliseconds >= run_.longestMs) {
        endWith(EncoderEnd::Longest);
    } else if (run_.largestBytes > 0 && report_.bytes >= run_.largestBytes) {
        endWith(EncoderEnd::Largest);
    } else if (!run_.directory.isEmpty() && sinceDisk_.elapsed() >= kLookAtDiskMs) {
        sinceDisk_.start();
        if (free_(run_.directory) < run_.leastFree) {
            endWith(EncoderEnd::DiskLow);
        }
    }
}

void EncoderProcess::report() {
    if (!process_) {
        return;
    }
    silence_.stop();
    ladder_.stop();
    if (process_->isOpen()) {
        readPictures();
        readWords();
    }
    if (!words_.isEmpty()) {
        readWord(QString::fromUtf8(words_).trimmed());
    }
    const bool crashed = process_->exitStatus() == QProcess::CrashExit;
    report_.end = why_.value_or(crashed ? EncoderEnd::Crashed : EncoderEnd::ByItself);
    report_.exitCode = process_->exitCode();
    // This is called from within it.
    process_->disconnect(this);
    process_.release()->deleteLater();
    Q_EMIT ended(report_);
}

}  // namespace tikgok
