// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/swipe_run.h"

#include "tests/bench/press_key.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace tikgok::bench {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kEarly = 50;
// Memory is the median of so many swipes, around the early one and up to the last one: from one video to the
// next it goes up and down by some 7 %, with what is being loaded.
constexpr std::size_t kSamples = 40;
constexpr auto kPatience = 15s;
// Of the whole run, so that one sees whether it grows or only moves.
constexpr std::size_t kCourse = 20;
// The next page of the feed may still be on its way.
constexpr auto kAgain = 10ms;

// One by one: what is on the screen makes a difference of some megabytes.
QJsonObject middle(const std::vector<ProcessFacts>& samples) {
    const auto of = [&samples](auto member) {
        std::vector<qint64> values;
        values.reserve(samples.size());
        for (const ProcessFacts& one : samples) {
            values.push_back(one.*member);
        }
        std::ranges::sort(values);
        return values.at(values.size() / 2);
    };
    return {{QStringLiteral("rss_kb"), of(&ProcessFacts::rssKb)},
            {QStringLiteral("pss_kb"), of(&ProcessFacts::pssKb)},
            {QStringLiteral("heap_kb"), of(&ProcessFacts::heapKb)},
            {QStringLiteral("threads"), of(&ProcessFacts::threads)},
            {QStringLiteral("descriptors"), of(&ProcessFacts::descriptors)}};
}

QJsonObject toJson(const SlowEvent& event) {
    return {{QStringLiteral("what"), event.what},    {QStringLiteral("wall_ms"), event.wallMs},
            {QStringLiteral("cpu_ms"), event.cpuMs}, {QStringLiteral("own_ms"), event.ownMs()},
            {QStringLiteral("waits"), event.waits},  {QStringLiteral("drawing"), event.drawing}};
}

QJsonArray toJson(const std::vector<double>& values) {
    QJsonArray array;
    for (const double value : values) {
        array.append(value);
    }
    return array;
}

}  // namespace

SwipeRun::SwipeRun(Client& client, QQuickWindow& window, FrameWatch& frames, WatchedApplication& application,
                   const Plan& plan, std::function<void(const QJsonObject&)> finished)
    : client_(client),
      window_(window),
      frames_(frames),
      application_(application),
      plan_(plan),
      finished_(std::move(finished)) {
    pause_.setSingleShot(true);
    pause_.setTimerType(Qt::PreciseTimer);
    pause_.setObjectName(QStringLiteral("that swipes"));
    connect(&pause_, &QTimer::timeout, this, &SwipeRun::swipe);
    patience_.setSingleShot(true);
    patience_.setInterval(kPatience);
    connect(&patience_, &QTimer::timeout, this, [this] {
        finish(QStringLiteral("nothing moves at video %1 of %2 after %3 swipes: %4")
                   .arg(client_.playback().currentIndex() + 1)
                   .arg(client_.feed().count())
                   .arg(calmMs_.size() + hastyMs_.size())
                   .arg(frames_.describe()));
    });
}

void SwipeRun::start() {
    before_ = client_.playback().statistics();
    application_.restart();
    patience_.start();
    pause_.start(plan_.dwell);
}

void SwipeRun::swipe() {
    if (takeStock()) {
        pause_.start(0);
        return;
    }
    if (std::cmp_greater_equal(hastyMs_.size(), plan_.hasty)) {
        finish();
        return;
    }
    const int before = client_.playback().currentIndex();
    swipeStart_ = nowNs();
    pressKey(window_, Qt::Key_Down);
    if (client_.playback().currentIndex() == before) {
        pause_.start(kAgain);
        return;
    }
    frames_.waitForVideo([this](qint64 ns) { shown(ns); });
}

void SwipeRun::shown(qint64 ns) {
    patience_.start();
    const bool calm = std::cmp_less(calmMs_.size(), plan_.calm);
    (calm ? calmMs_ : hastyMs_).push_back(static_cast<double>(ns - swipeStart_) / 1e6);
    pause_.start(std::cmp_less(calmMs_.size(), plan_.calm) || calm ? plan_.dwell : 0ms);
}

bool SwipeRun::takeStock() {
    const std::size_t done = calmMs_.size();
    const auto last = static_cast<std::size_t>(plan_.calm);
    const bool early = done <= kEarly + kSamples / 2 && done + kSamples / 2 > kEarly;
    const bool late = hastyMs_.empty() && done <= last && done + kSamples > last;
    const bool course = hastyMs_.empty() && done > 0 && done % kCourse == 0;
    if ((!early && !late && !course) || done == stockTakenAt_) {
        return false;
    }
    stockTakenAt_ = done;
    // Reading the kernel's lists takes a while.
    application_.ignoreCurrentEvent();
    const ProcessFacts now = ProcessFacts::now();
    if (early || late) {
        (early ? early_ : late_).push_back(now);
    }
    if (course) {
        courseKb_.append(QJsonArray{now.pssKb, now.heapKb});
    }
    if (done == last) {
        takeNotes();
    }
    return true;
}

// What was seen during the calm swipes.
void SwipeRun::takeNotes() {
    report_[QStringLiteral("after_50")] = middle(early_);
    report_[QStringLiteral("after_all")] = middle(late_);
    report_[QStringLiteral("course_swipes")] = static_cast<qint64>(kCourse);
    report_[QStringLiteral("course_pss_heap_kb")] = courseKb_;
    const Player::Statistics now = client_.playback().statistics();
    report_[QStringLiteral("frames_shown")] = static_cast<qint64>(now.framesShown - before_.framesShown);
    report_[QStringLiteral("frames_dropped")] =
        static_cast<qint64>(now.framesDropped - before_.framesDropped);
    report_[QStringLiteral("longest_gap_ms")] = application_.longestGapMs();
    report_[QStringLiteral("longest_own_event")] = toJson(application_.longestOwn());
    report_[QStringLiteral("longest_other_event")] = toJson(application_.longestOther());
    QJsonArray slow;
    for (const SlowEvent& event : application_.slowEvents()) {
        slow.append(toJson(event));
    }
    report_[QStringLiteral("slow_events")] = slow;
}

void SwipeRun::finish(const QString& problem) {
    pause_.stop();
    patience_.stop();
    frames_.waitForVideo({});
    report_[QStringLiteral("calm_ms")] = toJson(calmMs_);
    report_[QStringLiteral("hasty_ms")] = toJson(hastyMs_);
    report_[QStringLiteral("dwell_ms")] = static_cast<qint64>(plan_.dwell.count());
    report_[QStringLiteral("videos")] = client_.feed().count();
    if (!problem.isEmpty()) {
        report_[QStringLiteral("problem")] = problem;
    }
    if (const auto finished = std::exchange(finished_, {})) {
        finished(report_);
    }
}

}  // namespace tikgok::bench
