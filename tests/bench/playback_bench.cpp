// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures a playback engine on the questions that a feed asks, and prints one JSON object.
// Usage: playback_bench [--media DIR] [--swipes N]
// Without --media it makes 20 files (540x960, 8 s, H.264/AAC, each fifth VP9/Opus) with the ffmpeg program.

#include "core/playback/playback_controller.h"
#include "core/playback/playback_engine.h"
#include "tests/playback/media_server.h"
#include "tests/playback/recording_sink.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>

// Another engine is measured by giving these two and not linking the default ones.
std::unique_ptr<tikgok::Player> benchPlayer();
QString benchName();

namespace tikgok::bench {
namespace {

using test::MediaServer;
using test::RecordingSink;

bool waitFor(const std::function<bool()>& done, int limitMs = 10000) {
    QElapsedTimer clock;
    clock.start();
    // Wakes the loop below; processEvents() with a time limit would spin.
    QTimer look;
    look.start(2);
    while (!done()) {
        if (clock.elapsed() > limitMs)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

void pass(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

double processSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double residentMb() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

int threads() {
    return int(QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

double quantile(std::vector<double> values, double q) {
    if (values.empty())
        return -1;
    std::ranges::sort(values);
    return std::round(values[std::min(values.size() - 1, std::size_t(q * double(values.size())))] * 100) /
           100;
}

QJsonObject spread(const std::vector<double>& values) {
    return {{"p50", quantile(values, 0.5)}, {"p95", quantile(values, 0.95)}, {"max", quantile(values, 1)}};
}

// The event loop may turn every millisecond; how late it is shows what blocks the GUI thread.
class BlockWatch {
public:
    BlockWatch() {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(1);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            late.push_back(double(clock_.nsecsElapsed()) / 1e6 - 1);
            clock_.start();
        });
        clock_.start();
        timer_.start();
    }
    std::vector<double> late;

private:
    QTimer timer_;
    QElapsedTimer clock_;
};

// The server in a thread of its own, so that it does not share the GUI thread with what is measured.
class ServerThread : public QThread {
public:
    explicit ServerThread(QString directory) : directory_(std::move(directory)) {
        start();
        ready_.acquire();
    }
    ~ServerThread() override {
        quit();
        wait();
    }
    QUrl url(const QString& file) const { return QUrl(base_.toString() + file); }

protected:
    void run() override {
        MediaServer server(directory_);
        base_ = server.url(QStringLiteral("ok/"));
        ready_.release();
        exec();
    }

private:
    QString directory_;
    QUrl base_;
    QSemaphore ready_;
};

bool makeMedia(const QString& directory) {
    for (int i = 0; i < 20; ++i) {
        const bool webm = i % 5 == 4;
        QStringList arguments{
            "-nostdin", "-v",    "error", "-y",
            "-f",       "lavfi", "-i",    QStringLiteral("testsrc2=s=540x960:r=30:d=8,hue=h=%1").arg(i * 18),
            "-f",       "lavfi", "-i",    QStringLiteral("sine=frequency=%1:duration=8").arg(200 + i * 40)};
        if (webm)
            arguments << "-c:v" << "libvpx-vp9" << "-deadline" << "realtime" << "-cpu-used" << "8" << "-b:v"
                      << "1500k"
                      << "-c:a" << "libopus";
        else
            arguments << "-c:v" << "libx264" << "-preset" << "veryfast" << "-g" << "60" << "-pix_fmt"
                      << "yuv420p"
                      << "-c:a" << "aac" << "-movflags" << "+faststart";
        arguments << QStringLiteral("%1/%2.%3")
                         .arg(directory)
                         .arg(i, 2, 10, QLatin1Char('0'))
                         .arg(webm ? "webm" : "mp4");
        if (QProcess::execute(QStringLiteral("ffmpeg"), arguments) != 0)
            return false;
    }
    const QStringList large{"-nostdin",
                            "-v",
                            "error",
                            "-y",
                            "-f",
                            "lavfi",
                            "-i",
                            "testsrc2=s=1080x1920:r=30:d=6",
                            "-c:v",
                            "libx264",
                            "-preset",
                            "veryfast",
                            "-pix_fmt",
                            "yuv420p",
                            "-b:v",
                            "6M",
                            directory + "/large-1080.mp4"};
    return QProcess::execute(QStringLiteral("ffmpeg"), large) == 0;
}

class Playlist : public PlaylistSource {
public:
    int count() const override { return 1000000; }
    QUrl urlAt(int index) const override { return urls[index % urls.size()]; }
    QString keyAt(int index) const override { return QString::number(index); }
    QList<QUrl> urls;
};

// A player made when it is needed.
QJsonObject firstFrames(const QList<QUrl>& urls) {
    std::vector<double> ms;
    for (const QUrl& url : urls) {
        RecordingSink sink;
        QElapsedTimer clock;
        clock.start();
        const auto player = benchPlayer();
        player->setFrameSink(&sink);
        player->setSource(url);
        player->play();
        if (waitFor([&] { return !sink.shown.empty(); }))
            ms.push_back(double(clock.nsecsElapsed()) / 1e6);
        pass(30);
    }
    return spread(ms);
}

// From play() on one that waits at its first frame to the second picture.
QJsonObject motion(const QList<QUrl>& urls) {
    std::vector<double> ms;
    for (const QUrl& url : urls) {
        RecordingSink sink;
        const auto player = benchPlayer();
        player->setFrameSink(&sink);
        player->setSource(url);
        if (!waitFor([&] { return !sink.shown.empty(); }))
            continue;
        pass(200);
        const auto before = sink.shown.size();
        QElapsedTimer clock;
        clock.start();
        player->play();
        if (waitFor([&] { return sink.shown.size() > before; }))
            ms.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    return spread(ms);
}

QJsonObject loops(const QUrl& url) {
    RecordingSink sink;
    const auto player = benchPlayer();
    player->setFrameSink(&sink);
    player->setSource(url);
    player->seek(6500, true);
    player->play();
    int count = 0;
    std::vector<double> gaps;
    std::vector<double> steps;
    std::size_t seen = 1;
    waitFor(
        [&] {
            for (; seen < sink.shown.size(); ++seen) {
                const auto& before = sink.shown[seen - 1];
                const auto& now = sink.shown[seen];
                const double ms = double(now.atUs - before.atUs) / 1000;
                if (now.positionMs < before.positionMs - 1000) {
                    gaps.push_back(ms);
                    ++count;
                } else {
                    steps.push_back(ms);
                }
            }
            return count >= 4;
        },
        40000);
    QJsonObject result = spread(gaps);
    result["loops"] = count;
    result["step"] = spread(steps);
    const auto statistics = player->statistics();
    result["shown"] = double(statistics.framesShown);
    result["dropped"] = double(statistics.framesDropped);
    return result;
}

QJsonObject sourceChanges(const QList<QUrl>& urls) {
    RecordingSink sink;
    const auto player = benchPlayer();
    player->setFrameSink(&sink);
    std::vector<double> call;
    std::vector<double> late;
    for (int i = 0; i < 40; ++i) {
        BlockWatch watch;
        QElapsedTimer clock;
        clock.start();
        player->setSource(urls[i % urls.size()]);
        player->play();
        call.push_back(double(clock.nsecsElapsed()) / 1e6);
        pass(120);
        late.push_back(*std::ranges::max_element(watch.late));
    }
    return {{"call", spread(call)}, {"gui_thread_late", spread(late)}};
}

QJsonObject seeks(const QUrl& url) {
    RecordingSink sink;
    const auto player = benchPlayer();
    player->setFrameSink(&sink);
    player->setSource(url);
    waitFor([&] { return !sink.shown.empty(); });
    pass(200);
    std::vector<double> ms;
    std::vector<double> off;
    for (const int target : {6000, 500, 4321, 7900, 20, 3000, 3033, 2967}) {
        const auto before = sink.shown.size();
        QElapsedTimer clock;
        clock.start();
        player->seek(target, true);
        if (!waitFor([&] { return sink.shown.size() > before; }, 3000))
            continue;
        ms.push_back(double(clock.nsecsElapsed()) / 1e6);
        pass(100);
        off.push_back(std::abs(double(sink.shown.back().positionMs - target)));
    }
    return {{"ms", spread(ms)}, {"off_by_ms", spread(off)}, {"answered", double(ms.size())}};
}

QJsonObject swipes(const QList<QUrl>& urls, int count) {
    Playlist list;
    list.urls = urls;
    PlaybackController controller([] { return benchPlayer(); });
    std::array<RecordingSink, 3> sinks;
    controller.setSource(&list);
    QJsonObject memory;
    memory["0"] = std::round(residentMb());
    controller.setActive(true);
    std::vector<double> firstFrame;
    std::vector<double> late;
    quint64 shown = 0;
    for (int i = 0; i <= count; ++i) {
        BlockWatch watch;
        QElapsedTimer clock;
        clock.start();
        controller.setCurrentIndex(i);
        Player* player = controller.playerFor(i);
        RecordingSink& sink = sinks[std::size_t(i) % 3];
        sink.shown.clear();
        for (RecordingSink& other : sinks) {
            for (int near = i - 3; near <= i + 3; ++near) {
                if (Player* p = controller.playerFor(near))
                    p->clearFrameSink(&other);
            }
        }
        player->setFrameSink(&sink);
        if (waitFor([&] { return !sink.shown.empty(); }) && i > 0)
            firstFrame.push_back(double(clock.nsecsElapsed()) / 1e6);
        pass(150);
        shown += sink.shown.size();
        late.push_back(*std::ranges::max_element(watch.late));
        if (i == 20 || i == 75 || i == count)
            memory[QString::number(i)] = std::round(residentMb());
    }
    return {{"resident_mb", memory},
            {"first_frame", spread(firstFrame)},
            {"gui_thread_late", spread(late)},
            {"frames", double(shown)},
            {"threads", threads()}};
}

// Share of one processor while playing, without anything that draws.
double cpu(const QUrl& url, const FrameRequest& request) {
    RecordingSink sink;
    const auto player = benchPlayer();
    player->setFrameRequest(request);
    player->setFrameSink(&sink);
    player->setSource(url);
    player->play();
    waitFor([&] { return sink.shown.size() > 5; });
    const double before = processSeconds();
    QElapsedTimer clock;
    clock.start();
    pass(4000);
    const double share = (processSeconds() - before) / (double(clock.elapsed()) / 1000) * 100;
    return std::round(share * 10) / 10;
}

double pausedCpu(const QUrl& url) {
    RecordingSink sink;
    const auto player = benchPlayer();
    player->setFrameSink(&sink);
    player->setSource(url);
    player->play();
    waitFor([&] { return sink.shown.size() > 5; });
    player->pause();
    pass(3000);  // until the sound device is closed
    const double before = processSeconds();
    pass(3000);
    return std::round((processSeconds() - before) / 3 * 1000) / 10;
}

int run(const QStringList& arguments) {
    const auto option = [&](const QString& name, const QString& otherwise) {
        const qsizetype at = arguments.indexOf(name);
        return at >= 0 ? arguments.value(at + 1, otherwise) : otherwise;
    };
    QTemporaryDir made;
    QString directory = option(QStringLiteral("--media"), {});
    if (directory.isEmpty()) {
        directory = made.path();
        if (!makeMedia(directory)) {
            std::fputs("playback_bench: cannot make the clips (is ffmpeg installed?)\n", stderr);
            return 1;
        }
    }
    const QStringList files = QDir(directory).entryList({"*.mp4", "*.webm"}, QDir::Files, QDir::Name);
    const ServerThread server(directory);
    QList<QUrl> urls;
    QUrl large;
    for (const QString& file : files) {
        if (file.startsWith(QLatin1StringView("large")))
            large = server.url(file);
        else
            urls.append(server.url(file));
    }
    if (urls.isEmpty()) {
        std::fputs("playback_bench: no .mp4 or .webm there\n", stderr);
        return 1;
    }
    QJsonObject result;
    result["engine"] = benchName();
    result["first_frame_ms"] = firstFrames(urls);
    result["preloaded_to_motion_ms"] = motion(urls);
    result["loop_gap_ms"] = loops(urls.first());
    result["source_change_ms"] = sourceChanges(urls);
    result["seek_mp4"] = seeks(urls.first());
    for (const QUrl& url : urls) {
        if (url.path().endsWith(QLatin1StringView(".webm"))) {
            result["seek_webm"] = seeks(url);
            break;
        }
    }
    const FrameRequest yuv{};
    const FrameRequest rgb{PixelLayout::Rgb32, QSize(475, 844)};
    result["cpu_percent_yuv"] = cpu(urls.first(), yuv);
    result["cpu_percent_rgb"] = cpu(urls.first(), rgb);
    if (!large.isEmpty()) {
        result["cpu_percent_1080_yuv"] = cpu(large, yuv);
        result["cpu_percent_1080_rgb"] = cpu(large, rgb);
    }
    result["cpu_percent_paused"] = pausedCpu(urls.first());
    result["swipes"] = swipes(urls, option(QStringLiteral("--swipes"), QStringLiteral("200")).toInt());
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}

}  // namespace
}  // namespace tikgok::bench

#ifndef TIKGOK_BENCH_OTHER_ENGINE
namespace {

std::unique_ptr<tikgok::PlaybackEngine>& benchEngine() {
    static std::unique_ptr<tikgok::PlaybackEngine> engine;
    return engine;
}

}  // namespace

std::unique_ptr<tikgok::Player> benchPlayer() {
    if (!benchEngine())
        benchEngine() = std::make_unique<tikgok::PlaybackEngine>();
    return benchEngine()->makePlayer();
}

QString benchName() {
    return tikgok::PlaybackEngine::name();
}
#endif

int main(int argc, char** argv) {
    const QGuiApplication application(argc, argv);
    const int code = tikgok::bench::run(QCoreApplication::arguments());
#ifndef TIKGOK_BENCH_OTHER_ENGINE
    benchEngine().reset();
#endif
    return code;
}
