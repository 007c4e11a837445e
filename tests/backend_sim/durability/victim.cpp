// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes as fast as it can, until it is killed.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/writer.h"
#include "tests/backend_sim/durability/protocol.h"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <random>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signal.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tikgok::sim::durability {
namespace {

// The real store; says outside when a commit is under way. A dishonest one forgets some of them.
class WatchedStore final : public Store {
public:
    WatchedStore(Store& inner, std::atomic<unsigned char>& phase, bool honest)
        : inner_(inner), phase_(phase), honest_(honest) {}

    UserRepository& users() override { return inner_.users(); }
    VideoRepository& videos() override { return inner_.videos(); }
    FavoriteRepository& favorites() override { return inner_.favorites(); }
    CommentRepository& comments() override { return inner_.comments(); }
    RelationRepository& relations() override { return inner_.relations(); }
    MessageRepository& messages() override { return inner_.messages(); }
    AppliedWrites& applied() override { return inner_.applied(); }
    StoreResult<Id> idBound() override { return inner_.idBound(); }
    StoreResult<void> setIdBound(Id bound) override { return inner_.setIdBound(bound); }

    StoreResult<void> atomically(const Work& work) override {
        if (depth_ > 0) {
            return inner_.atomically(work);
        }
        ++depth_;
        phase_ = 1;
        const bool forget = !honest_ && ++count_ % 10 == 0;
        StoreResult<void> result = inner_.atomically([&]() -> StoreResult<void> {
            StoreResult<void> done = work();
            return forget ? std::unexpected(StoreError{StoreError::Kind::Io, "forgotten"}) : done;
        });
        phase_ = 0;
        --depth_;
        return forget ? StoreResult<void>() : result;
    }

private:
    Store& inner_;
    std::atomic<unsigned char>& phase_;
    const bool honest_;
    int depth_ = 0;
    int count_ = 0;
};

// One write() per line: lines of different threads never mix.
void say(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) {
        std::_Exit(3);
    }
}

StoreResult<void> prepare(Store& store) {
    return store.atomically([&]() -> StoreResult<void> {
        if (const auto there = store.users().exists(1); !there || *there) {
            return there ? StoreResult<void>() : std::unexpected(there.error());
        }
        for (Id id = 1; id <= kProducers; ++id) {
            UserRow row;
            row.id = id;
            row.name = "producer " + std::to_string(id);
            if (auto added = applyChange(store, row); !added) {
                return added;
            }
        }
        VideoRow video;
        video.id = kVideo;
        video.author = 1;
        video.publishedAt = 1;
        if (auto added = applyChange(store, video); !added) {
            return added;
        }
        return store.setIdBound(kVideo + 1);
    });
}

void toggleLike(Writer& writer, Id producer, bool on) {
    const std::string what = " l " + std::to_string(producer) + (on ? " 1" : " 0");
    std::mutex mutex;
    std::condition_variable answered;
    bool done = false;
    say("T" + what);
    writer.submit(SetFavorite{producer, kVideo, on}, [&](Outcome<void> outcome) {
        if (outcome) {
            say("A" + what);
        }
        const std::lock_guard lock(mutex);
        done = true;
        answered.notify_one();
    });
    std::unique_lock lock(mutex);
    answered.wait(lock, [&done] { return done; });
}

void produce(Writer& writer, Id producer, unsigned seed) {
    std::mt19937 random(seed + static_cast<unsigned>(producer) * 7919U);
    const std::string base = std::to_string(seed) + "-" + std::to_string(producer) + "-";
    for (int number = 0;; ++number) {
        const int burst = static_cast<int>(random() % 12);
        for (int i = 0; i < burst; ++i) {
            const std::string text = base + std::to_string(number) + "-" + std::to_string(i);
            say("T m " + text);
            if (random() % 2 == 0) {
                const Id partner = producer % kProducers + 1;
                writer.submit(SendMessage{producer, partner, text}, [text](Outcome<void> outcome) {
                    if (outcome) {
                        say("A m " + text);
                    }
                });
            } else {
                writer.submit(AddComment{producer, kVideo, text}, [text](Outcome<CommentRow> outcome) {
                    if (outcome) {
                        say("A m " + text);
                    }
                });
            }
        }
        toggleLike(writer, producer, random() % 2 == 0);
    }
}

int run(char** argv) {
    // Never outlives the judge.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int file = ::open(argv[2], O_RDWR | O_CREAT, 0600);
    if (file < 0 || ::ftruncate(file, 4096) != 0) {
        return 2;
    }
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) {
        return 2;
    }
    auto& phase = *static_cast<std::atomic<unsigned char>*>(page);
    phase = 0;
    auto store = SqliteStore::open(argv[1]);
    if (!store || !prepare(**store)) {
        return 2;
    }
    MemoryStore readModel;
    const auto rebuilt =
        (*store)->replay([&readModel](const Change& change) { return applyChange(readModel, change); });
    const auto bound = (*store)->idBound();
    if (!rebuilt || !bound) {
        return 2;
    }
    WatchedStore watched(**store, phase, argv[4][0] == '1');
    const SystemClock clock;
    SequentialIds ids(*bound);
    Writer writer(watched, readModel, clock, ids, Writer::Limits(), {});
    say("ready");
    std::vector<std::jthread> producers;
    const auto seed = static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10));
    for (Id producer = 1; producer <= kProducers; ++producer) {
        producers.emplace_back([&writer, producer, seed] { produce(writer, producer, seed); });
    }
    producers.clear();
    return 0;
}

}  // namespace
}  // namespace tikgok::sim::durability

int main(int argc, char** argv) {
    return argc == 5 ? tikgok::sim::durability::run(argv) : 2;
}
