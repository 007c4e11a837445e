// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes as fast as it is answered, until it is killed.

#include "backend-sim/services/write/change_codec.h"
#include "tests/durability/write_path.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tikgok::sim::durability {
namespace {

// One write() per line, so that lines of different threads never mix, and what was said stays said.
void say(std::string line) {
    line += '\n';
    if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        std::_Exit(3);
    }
}

// Lets one thread have a number of questions open.
class Window {
public:
    explicit Window(int places) : free_(places) {}
    void enter() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return free_ > 0; });
        --free_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        ++free_;
        changed_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int free_;
};

class Producer {
public:
    Producer(WritePath& path, const VictimOptions& options, int number)
        : path_(path),
          number_(number),
          life_(options.life),
          random_(options.disk.seed * 31 + static_cast<unsigned>(number)) {}

    // Never returns.
    void run(Work work) {
        for (;;) {
            if (work != Work::Toggles) {
                for (auto burst = random_() % 12; burst > 0; --burst) {
                    text();
                }
            }
            if (work == Work::Texts) {
                continue;
            }
            toggle(number_ + static_cast<int>(random_() % (kKeys / kProducers)) * kProducers);
        }
    }

private:
    // Next for this key when it is answered; other keys go on.
    void toggle(int key) {
        Flag& busy = busy_[static_cast<std::size_t>(key)];
        busy.wait(true);
        busy = true;
        window_.enter();
        const bool on = random_() % 4 == 0 ? random_() % 2 == 0 : !seen(key);
        const std::string what = ' ' + std::to_string(key) + (on ? " 1" : " 0");
        say('T' + what);
        path_.favorites().submit(SetFavorite{userOf(key), videoOf(key), on},
                                 [this, key, on, what, &busy](Outcome<void> outcome) {
                                     say((outcome ? 'A' : 'R') + what);
                                     if (outcome && seen(key) != on) {
                                         say("X readers do not see" + what);
                                     }
                                     busy = false;
                                     busy.notify_one();
                                     window_.leave();
                                 });
    }

    void text() {
        const std::string text =
            std::to_string(life_) + '-' + std::to_string(number_) + '-' + std::to_string(++texts_);
        const auto answer = [this, text](bool taken) {
            say(taken ? "a " + text : std::string("r"));
            window_.leave();
        };
        const Id user = kFirstUser + static_cast<Id>(random_() % kUsers);
        window_.enter();
        if (random_() % 2 == 0) {
            const Id partner = kFirstUser + (user - kFirstUser + 1) % kUsers;
            path_.messages().submit(SendMessage{user, partner, text},
                                    [answer](const Outcome<void>& outcome) { answer(outcome.has_value()); });
        } else {
            const Id video = kFirstVideo + static_cast<Id>(random_() % kVideos);
            path_.comments().submit(
                AddComment{user, video, text},
                [answer](const Outcome<CommentRow>& outcome) { answer(outcome.has_value()); });
        }
    }

    bool seen(int key) {
        return path_.readModel().favorites().contains(userOf(key), videoOf(key)).value_or(false);
    }

    using Flag = std::atomic<bool>;
    WritePath& path_;
    const int number_;
    const int life_;
    int texts_ = 0;
    std::mt19937_64 random_;
    Window window_{25};
    std::array<Flag, kKeys> busy_{};
};

// Every deed one to five times, far apart.
std::vector<WriteId> planOf(const VictimOptions& options) {
    std::mt19937_64 random(options.planSeed);
    std::vector<WriteId> plan;
    for (std::uint64_t deed = 1; deed <= options.deeds; ++deed) {
        plan.insert(plan.end(), 1 + random() % 5, static_cast<WriteId>(deed));
    }
    for (std::size_t i = plan.size(); i > 1; --i) {
        std::swap(plan[i - 1], plan[random() % i]);
    }
    return plan;
}

// Each time with another row of the same text: applying a deed twice shows.
void repeat(WritePath& path, const VictimOptions& options) {
    const std::vector<WriteId> plan = planOf(options);
    std::mt19937_64 random(options.disk.seed);
    for (std::size_t at = options.sent; at < plan.size();) {
        std::vector<NewMessage> batch;
        for (auto count = 1 + random() % 8; count > 0 && at < plan.size(); --count, ++at) {
            const Id row = 1'000'000 + static_cast<Id>(at);
            const CommentRow comment{row, kFirstUser, kFirstVideo, "1-0-" + std::to_string(plan[at]), 1};
            batch.push_back({Topic::Writes, plan[at], 1, encodeChange(comment, row + 1)});
        }
        if (const auto appended = path.queue().append(batch); !appended) {
            say("X the queue refused: " + appended.error().what);
            return;
        }
        for (std::size_t i = at - batch.size(); i < at; ++i) {
            say("a 1-0-" + std::to_string(plan[i]));
        }
        say("P " + std::to_string(at));
        path.consumer().appended();
    }
    say("done");
}

int run(const std::vector<std::string>& words) {
    // Never outlives the judge.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto options = VictimOptions::parse(words);
    if (!options) {
        std::fprintf(stderr, "victim: %s\n", options.error().c_str());
        return 1;
    }
    const WatchPage watch = mapWatch(options->watch());
    if (!watch) {
        say("not opened: the directory is gone");
        return kVictimNotOpened;
    }
    watch->committing = 0;
    watch->unacknowledged = 0;
    const Disk disk(options->disk, watch.get());
    WritePathOptions pathOptions;
    pathOptions.directory = options->directory;
    pathOptions.control = options->control;
    pathOptions.consumer.atMostOnce = options->parity;
    // Small slices and large ones, at once and later: so that kills meet the consumer everywhere.
    std::mt19937_64 random(options->disk.seed);
    pathOptions.consumer.slice = std::size_t{32} << (random() % 6);
    pathOptions.consumer.linger = std::chrono::milliseconds(random() % 8);
    auto path = WritePath::open(pathOptions, *watch);
    if (!path) {
        say("not opened: " + path.error());
        return kVictimNotOpened;
    }
    for (int key = 0; key < kKeys; ++key) {
        const bool on = (*path)->readModel().favorites().contains(userOf(key), videoOf(key)).value_or(false);
        say("S " + std::to_string(key) + (on ? " 1" : " 0"));
    }
    for (const std::string& text : (*path)->lost()) {
        say("L " + text);
    }
    say("ready");
    if (options->work == Work::Drain) {
        return (*path)->consumer().drain(options->drain) ? 0 : kVictimNotDrained;
    }
    if (options->work == Work::Repeats) {
        repeat(**path, *options);
        ::pause();
    }
    std::vector<std::jthread> threads;
    threads.reserve(kProducers);
    for (int number = 0; number < kProducers; ++number) {
        threads.emplace_back([&, number] { Producer(**path, *options, number).run(options->work); });
    }
    threads.clear();
    return 0;
}

}  // namespace
}  // namespace tikgok::sim::durability

int main(int argc, char** argv) {
    return tikgok::sim::durability::run(std::vector<std::string>(argv + 1, argv + argc));
}
