// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_output.h"

#include "core/playback/thread_group.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QEventLoop>
#include <QIODevice>
#include <QMediaDevices>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

namespace tikgok {

namespace {

constexpr int kBytesPerFrame = AudioStream::kChannels * int(sizeof(int16_t));
constexpr int kBufferMs = 60;
constexpr int kLingerMs = 2000;              // the device stays open so long after the last stream
constexpr int kRetryMs = 3000;               // between two looks for a device
constexpr int64_t kMostLatencyUs = 1000000;  // more is a wrong answer of the backend

QAudioFormat outputFormat() {
    QAudioFormat format;
    format.setSampleRate(AudioStream::kRate);
    format.setChannelCount(AudioStream::kChannels);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

}  // namespace

// What both threads use. The device lives in its thread alone (Device, below).
struct AudioOutput::Worker {
    std::mutex mutex;
    std::vector<std::shared_ptr<AudioStream>> streams;
    QObject* device = nullptr;  // set while the thread can take calls
    bool started = false;
    bool quit = false;
    ThreadGroup thread;

    std::vector<std::shared_ptr<AudioStream>> current() {
        const std::lock_guard lock(mutex);
        return streams;
    }
};

namespace {

// The device that QAudioSink reads from: the sum of all streams, or silence.
class AudioMixer : public QIODevice {
public:
    explicit AudioMixer(AudioOutput::Worker& worker) : worker_(worker) {
        // A buffer in between would only make the sound later.
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    void setSink(const QAudioSink* sink) {
        sink_ = sink;
        writtenFrames_ = 0;
    }

protected:
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return 1 << 20; }
    qint64 writeData(const char*, qint64) override { return -1; }

    qint64 readData(char* data, qint64 size) override {
        const int frames = int(size / kBytesPerFrame);
        if (frames <= 0)
            return 0;
        sum_.assign(std::size_t(frames) * AudioStream::kChannels, 0);
        const auto heardAt = std::chrono::steady_clock::now() + std::chrono::microseconds(latencyUs());
        for (const auto& stream : worker_.current())
            stream->mixInto(sum_.data(), frames, heardAt);
        auto* out = reinterpret_cast<int16_t*>(data);
        for (std::size_t i = 0; i < sum_.size(); ++i)
            out[i] = int16_t(std::clamp(sum_[i], -32768, 32767));
        writtenFrames_ += frames;
        return qint64(frames) * kBytesPerFrame;
    }

private:
    // From now until a sample that is written now is heard.
    int64_t latencyUs() const {
        if (!sink_)
            return 0;
        const int64_t writtenUs = writtenFrames_ * 1000000 / AudioStream::kRate;
        const int64_t playedUs = sink_->processedUSecs();
        const int64_t inSinkUs = int64_t(std::max<qsizetype>(0, sink_->bufferSize() - sink_->bytesFree())) /
                                 kBytesPerFrame * 1000000 / AudioStream::kRate;
        const int64_t measured = writtenUs - playedUs;
        return measured > 0 && measured < kMostLatencyUs ? std::max(measured, inSinkUs) : inSinkUs;
    }

    AudioOutput::Worker& worker_;
    const QAudioSink* sink_ = nullptr;
    int64_t writtenFrames_ = 0;
    std::vector<int32_t> sum_;
};

// Lives in the output's thread.
class AudioDevice : public QObject {
public:
    AudioDevice(AudioOutput::Worker& worker, QEventLoop& loop)
        : worker_(worker), loop_(loop), mixer_(worker) {
        timer_.setSingleShot(true);
        connect(&timer_, &QTimer::timeout, this, &AudioDevice::look);
    }

    ~AudioDevice() override { close(); }

    // Streams came or went, or it is time to try again.
    void look() {
        bool quit = false;
        bool wanted = false;
        {
            const std::lock_guard lock(worker_.mutex);
            quit = worker_.quit;
            wanted = !worker_.streams.empty();
        }
        if (quit) {
            loop_.quit();
        } else if (wanted) {
            lingering_ = false;
            if (!sink_ && !timer_.isActive())
                open();
        } else if (sink_) {
            if (lingering_ && !timer_.isActive()) {
                lingering_ = false;
                close();
            } else if (!lingering_) {
                lingering_ = true;
                timer_.start(kLingerMs);
            }
        }
    }

private:
    void open() {
        const QAudioDevice device = QMediaDevices::defaultAudioOutput();
        if (device.isNull() || !device.isFormatSupported(outputFormat())) {
            timer_.start(kRetryMs);
            return;
        }
        sink_ = std::make_unique<QAudioSink>(device, outputFormat());
        sink_->setBufferSize(qsizetype(AudioStream::kRate) / 1000 * kBufferMs * kBytesPerFrame);
        connect(sink_.get(), &QAudioSink::stateChanged, this, [this](QAudio::State state) {
            // Not from inside the sink's own call.
            if (state == QAudio::StoppedState)
                QMetaObject::invokeMethod(this, &AudioDevice::stopped, Qt::QueuedConnection);
        });
        mixer_.setSink(sink_.get());
        sink_->start(&mixer_);
    }

    void stopped() {
        if (!sink_ || sink_->state() != QAudio::StoppedState)
            return;
        close();
        timer_.start(kRetryMs);
    }

    void close() {
        timer_.stop();
        mixer_.setSink(nullptr);
        if (!sink_)
            return;
        sink_->disconnect(this);
        sink_->stop();
        sink_.reset();
    }

    AudioOutput::Worker& worker_;
    QEventLoop& loop_;
    AudioMixer mixer_;
    std::unique_ptr<QAudioSink> sink_;
    QTimer timer_;
    bool lingering_ = false;
};

void runDevice(const std::shared_ptr<AudioOutput::Worker>& worker) {
    QEventLoop loop;
    AudioDevice device(*worker, loop);
    {
        const std::lock_guard lock(worker->mutex);
        worker->device = &device;
    }
    QMetaObject::invokeMethod(&device, &AudioDevice::look, Qt::QueuedConnection);
    loop.exec();
    const std::lock_guard lock(worker->mutex);
    worker->device = nullptr;
}

void wake(AudioOutput::Worker& worker) {
    if (worker.device)
        QMetaObject::invokeMethod(static_cast<AudioDevice*>(worker.device), &AudioDevice::look,
                                  Qt::QueuedConnection);
}

}  // namespace

AudioOutput::AudioOutput() : worker_(std::make_shared<Worker>()) {}

AudioOutput::~AudioOutput() {
    {
        const std::lock_guard lock(worker_->mutex);
        worker_->quit = true;
        worker_->streams.clear();
        wake(*worker_);
    }
    worker_->thread.waitForNone(std::chrono::seconds(1));
}

void AudioOutput::add(const std::shared_ptr<AudioStream>& stream) {
    bool start = false;
    {
        const std::lock_guard lock(worker_->mutex);
        if (std::ranges::find(worker_->streams, stream) != worker_->streams.end())
            return;
        worker_->streams.push_back(stream);
        start = !std::exchange(worker_->started, true);
        wake(*worker_);
    }
    if (start)
        worker_->thread.start([worker = worker_] { runDevice(worker); });
}

void AudioOutput::remove(const std::shared_ptr<AudioStream>& stream) {
    const std::lock_guard lock(worker_->mutex);
    if (std::erase(worker_->streams, stream) > 0)
        wake(*worker_);
}

}  // namespace tikgok
