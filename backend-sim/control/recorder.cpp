// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/recorder.h"

#include "backend-sim/control/carried_worlds.h"
#include "backend-sim/control/inner_call.h"
#include "backend-sim/control/replay_file.h"
#include "backend-sim/gateway/upload.h"

#include <algorithm>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using Steady = std::chrono::steady_clock;

// What takes longer is taken to wait for time to pass, and gets some: at first so much, and each time twice
// as much. A replay knows how often that was, and need not be sure.
constexpr std::chrono::milliseconds kLongWait{2'000};
constexpr std::chrono::milliseconds kLongWaitOfReplay{300};
constexpr std::int64_t kFirstPushMs = 500;
constexpr std::uint64_t kMostPushes = 12;
// Nobody is held up for longer than this by what goes on behind the scenes.
constexpr std::chrono::seconds kLongestUnquiet{3};
// For a turn of what runs on the control's thread.
constexpr std::chrono::seconds kLongestHeld{60};
constexpr std::chrono::milliseconds kTimeTick{20};
constexpr std::chrono::milliseconds kQuietTick{2};

bool areCarried(const json::array& carried) {
    return std::ranges::none_of(carried, [](const json::value& each) {
        const json::object& one = each.get_object();
        const json::value& content = one.contains("start") ? one.at("start") : one.at("world");
        return content == kTooLargeToCarry;
    });
}

std::int64_t wallOf(const VirtualTime& time) {
    const VirtualTime::State state = time.state();
    return state.nowMs - state.skewMs;
}

}  // namespace

// One place in the queue.
struct Recorder::Slot {
    std::uint64_t session = 0;
    bool come = false;
    bool begun = false;
    std::optional<http::Responder> wake;
    std::int64_t nowMs = 0;
    json::object request;
};

// The place of a request.
class Recorder::Place final : public Turn {
public:
    Place(std::shared_ptr<Recorder> recorder, std::shared_ptr<Slot> slot)
        : recorder_(std::move(recorder)), slot_(std::move(slot)) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() override { recorder_->leave(slot_); }

    [[nodiscard]] bool hasCome() const override {
        const std::lock_guard lock(recorder_->mutex_);
        return slot_->come;
    }
    void wait(http::Responder wake) override {
        {
            const std::lock_guard lock(recorder_->mutex_);
            if (!slot_->come) {
                slot_->wake.emplace(std::move(wake));
                return;
            }
        }
        // It came in between.
        wake(http::Response());
    }
    void begins(const http::Exchange& exchange) override {
        const http::Request& request = exchange.request;
        const auto* const upload = dynamic_cast<const UploadSink*>(exchange.sink.get());
        const std::string* const kept = upload == nullptr ? &request.body : upload->body();
        json::object told = toldRequest(request, kept == nullptr ? std::string_view() : *kept);
        const std::lock_guard lock(recorder_->mutex_);
        slot_->begun = true;
        slot_->request = std::move(told);
        if (kept == nullptr) {
            slot_->request["body_missing"] = true;
        }
    }
    void answered(const http::Exchange& /*exchange*/, const http::Response& response) override {
        json::object told = toldAnswer(response);
        const std::lock_guard lock(recorder_->mutex_);
        if (slot_->session == recorder_->session_ && slot_->begun) {
            slot_->begun = false;
            recorder_->take({{"now_ms", slot_->nowMs},
                             {"pushes", recorder_->pushes_},
                             {"request", std::move(slot_->request)},
                             {"answer", std::move(told)}});
        }
    }

private:
    const std::shared_ptr<Recorder> recorder_;
    const std::shared_ptr<Slot> slot_;
};

// The place of something on the control's thread: waits for its turn, and has it until it goes.
class Recorder::Held {
public:
    explicit Held(Recorder& recorder) : recorder_(recorder), slot_(recorder.enter()) {
        if (!slot_) {
            return;
        }
        Lock lock(recorder_.mutex_);
        const bool came = recorder_.changed_.wait_for(lock, kLongestHeld, [this] {
            return slot_->come || recorder_.session_ != slot_->session || !recorder_.on_;
        });
        if (!came) {
            // Whatever blocks the way there: this goes on.
            slot_->nowMs = wallOf(recorder_.needs_.time);
        }
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() {
        if (slot_) {
            recorder_.leave(slot_);
        }
    }
    [[nodiscard]] std::int64_t nowMs() const { return slot_ ? slot_->nowMs : 0; }

private:
    Recorder& recorder_;
    const std::shared_ptr<Slot> slot_;
};

Recorder::~Recorder() {
    close();
}

void Recorder::open(bool driven) {
    {
        const std::lock_guard lock(mutex_);
        ++session_;
        on_ = true;
        driven_ = driven;
        full_ = false;
        lines_.clear();
        heard_.clear();
        entries_ = 0;
        passed_ = Steady::now();
        unquietSince_.reset();
        stand();
        turning_ = true;
    }
    keeper_ = std::jthread([this](const std::stop_token& stop) { keepTime(stop); });
}

void Recorder::hold() {
    const std::lock_guard lock(mutex_);
    stand();
}

void Recorder::begin(std::string head, std::size_t mostBytes) {
    {
        const std::lock_guard lock(mutex_);
        head_ = std::move(head);
        mostBytes_ = mostBytes;
    }
    open(false);
}

void Recorder::drive() {
    open(true);
}

void Recorder::interrupt() {
    Wakes wake;
    {
        const std::lock_guard lock(mutex_);
        on_ = false;
        shut(wake);
        letTimeGo();
    }
    for (http::Responder& each : wake) {
        each(http::Response());
    }
    changed_.notify_all();
}

void Recorder::end() {
    interrupt();
    keeper_ = {};
    driven_ = false;
}

void Recorder::forget() {
    end();
    const std::lock_guard lock(mutex_);
    head_.clear();
    lines_.clear();
    entries_ = 0;
    full_ = false;
}

void Recorder::close() {
    end();
}

Recorder::State Recorder::state() const {
    const std::lock_guard lock(mutex_);
    return {on_, full_, entries_, head_.size() + lines_.size(), mostBytes_};
}

std::string Recorder::file() const {
    const std::lock_guard lock(mutex_);
    if (head_.empty()) {
        return {};
    }
    std::string all = head_ + lines_;
    all += replayEnd(all, entries_);
    return all;
}

bool Recorder::noteAdmin(const AdminRouter::Entry& entry, std::string_view path, AdminRequest& request,
                         http::Response& response) {
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    if (!turning()) {
        return false;
    }
    if (!isReplayedCall(entry.verb, path)) {
        static_cast<void>(carriedBy(path));
        return false;
    }
    const Held turn(*this);
    if (driven()) {
        response = innerCall(entry.handler, std::move(request));
        return true;
    }
    const std::int64_t home = needs_.realNowMs();
    needs_.time.setHome(home);
    json::array carried = carriedBy(path);
    json::object call{{"method", http::verbName(entry.verb)}, {"path", path}};
    if (!request.body.empty()) {
        call["body"] = request.body;
    }
    response = innerCall(entry.handler, std::move(request));
    const std::lock_guard lock(mutex_);
    if (path.starts_with("clock") || path.starts_with("scenario")) {
        const VirtualTime::State now = needs_.time.state();
        wasReal_ = now.nowMs == home && now.skewMs == 0 && !now.frozen && now.scale == VirtualTime::kScaleOne;
    }
    if (on_) {
        stand();
    }
    json::object told{{"now_ms", turn.nowMs()},
                      {"pushes", pushes_},
                      {"home_ms", home},
                      {"admin", std::move(call)},
                      {"status", response.status}};
    if (!carried.empty()) {
        told["carried"] = std::move(carried);
    }
    take(std::move(told));
    return true;
}

std::string Recorder::noteDeed(const json::object& step, const std::function<std::string()>& perform) {
    if (!turning()) {
        return perform();
    }
    const Held turn(*this);
    const std::string path = textIn(step, "path").value_or("");
    json::array carried =
        carriedBy(std::string_view(path).substr(std::min(path.find_first_not_of('/'), path.size())));
    std::string problem = perform();
    if (driven()) {
        return problem;
    }
    const std::lock_guard lock(mutex_);
    if (on_) {
        stand();
    }
    json::object told{
        {"now_ms", turn.nowMs()}, {"pushes", pushes_}, {"deed", step}, {"problem", toldBytes(problem)}};
    if (!carried.empty()) {
        told["carried"] = std::move(carried);
    }
    take(std::move(told));
    return problem;
}

json::array Recorder::carriedBy(std::string_view path) const {
    return driven() || !needs_.carried ? json::array() : needs_.carried(path);
}

void Recorder::setTime(std::int64_t nowMs, std::uint64_t pushes) {
    const std::lock_guard lock(mutex_);
    mayPush_ = pushes;
    if (wallOf(needs_.time) != nowMs) {
        needs_.time.set(nowMs);
    }
    passed_ = Steady::now();
}

void Recorder::setHome(std::int64_t homeMs) {
    needs_.time.setHome(homeMs);
}

void Recorder::holdTime() {
    const std::lock_guard lock(mutex_);
    stand();
}

std::optional<json::object> Recorder::next(std::chrono::milliseconds patience) {
    Lock lock(mutex_);
    if (!changed_.wait_for(lock, patience, [this] { return !heard_.empty(); })) {
        return std::nullopt;
    }
    json::object first = std::move(heard_.front());
    heard_.pop_front();
    return first;
}

std::size_t Recorder::mostBody() const {
    const std::lock_guard lock(mutex_);
    // In base64 it is longer by a third.
    return driven_ ? kMostReplayFile : mostBytes_ / 4 * 3;
}

std::unique_ptr<Turn> Recorder::queue() {
    auto slot = enter();
    return slot ? std::make_unique<Place>(shared_from_this(), std::move(slot)) : nullptr;
}

void Recorder::refused(const http::Exchange& exchange, const http::Response& response) {
    // A body that was not read cannot be sent again.
    if (exchange.request.hasBody()) {
        return;
    }
    json::object told = toldRequest(exchange.request, {});
    json::object answer = toldAnswer(response);
    const std::lock_guard lock(mutex_);
    if (on_) {
        take({{"now_ms", wallOf(needs_.time)},
              {"request", std::move(told)},
              {"answer", std::move(answer)},
              {"refused", true}});
    }
}

std::shared_ptr<Recorder::Slot> Recorder::enter() {
    auto slot = std::make_shared<Slot>();
    Wakes wake;
    {
        const std::lock_guard lock(mutex_);
        if (!on_) {
            return nullptr;
        }
        slot->session = session_;
        waiting_.push_back(slot);
        grant(wake);
    }
    for (http::Responder& each : wake) {
        each(http::Response());
    }
    changed_.notify_all();
    return slot;
}

void Recorder::leave(const std::shared_ptr<Slot>& slot) {
    Wakes wake;
    {
        const std::lock_guard lock(mutex_);
        if (slot->begun && slot->session == session_) {
            take({{"now_ms", slot->nowMs},
                  {"pushes", pushes_},
                  {"request", std::move(slot->request)},
                  {"left", true}});
        }
        slot->begun = false;
        std::erase(waiting_, slot);
        if (active_ == slot) {
            active_.reset();
        }
        grant(wake);
    }
    for (http::Responder& each : wake) {
        each(http::Response());
    }
    changed_.notify_all();
}

void Recorder::shut(Wakes& wake) {
    turning_ = false;
    active_.reset();
    for (const auto& slot : std::exchange(waiting_, {})) {
        slot->come = true;
        if (slot->wake) {
            wake.push_back(std::move(*slot->wake));
            slot->wake.reset();
        }
    }
    // What is under way belongs to nothing any more.
    ++session_;
}

void Recorder::grant(Wakes& wake) {
    if (!on_ || active_ || waiting_.empty()) {
        return;
    }
    const auto now = Steady::now();
    if (needs_.quiet && !needs_.quiet()) {
        if (!unquietSince_) {
            unquietSince_ = now;
        }
        if (now - *unquietSince_ < kLongestUnquiet) {
            return;  // keepTime() looks again
        }
    } else {
        unquietSince_.reset();
    }
    if (!driven_) {
        passTime();
    }
    active_ = std::move(waiting_.front());
    waiting_.pop_front();
    activeSince_ = now;
    pushes_ = 0;
    passed_ = driven_ ? now : passed_;
    active_->come = true;
    active_->nowMs = wallOf(needs_.time);
    if (active_->wake) {
        wake.push_back(std::move(*active_->wake));
        active_->wake.reset();
    }
}

void Recorder::passTime() {
    const auto now = Steady::now();
    const VirtualTime::State state = needs_.time.state();
    const auto real = std::chrono::duration_cast<std::chrono::microseconds>(now - passed_).count();
    const double ms = static_cast<double>(real) / 1000.0 * static_cast<double>(state.scale) /
                      static_cast<double>(VirtualTime::kScaleOne);
    if (state.frozen) {
        passed_ = now;
        return;
    }
    if (ms >= 1.0) {
        // Fractions are left for the next time only at the usual scale, where they add up.
        const auto whole = static_cast<std::int64_t>(ms);
        passed_ = state.scale == VirtualTime::kScaleOne ? passed_ + std::chrono::milliseconds(whole) : now;
        needs_.time.advance(whole);
    }
}

void Recorder::pushTime() {
    const auto now = Steady::now();
    if (now - activeSince_ < (driven_ ? kLongWaitOfReplay : kLongWait) ||
        pushes_ >= (driven_ ? mayPush_ : kMostPushes) || needs_.time.state().frozen) {
        return;
    }
    needs_.time.advance(kFirstPushMs << pushes_++);
    activeSince_ = now;
    // It has passed already.
    passed_ = now;
}

// The clock stands, at a whole millisecond.
void Recorder::stand() {
    if (!std::exchange(standing_, true)) {
        wasReal_ = !needs_.time.state().touched;
    }
    needs_.time.setStepping(true);
    needs_.time.set(wallOf(needs_.time));
    passed_ = Steady::now();
}

void Recorder::letTimeGo() {
    if (!std::exchange(standing_, false)) {
        return;
    }
    needs_.time.setStepping(false);
    if (wasReal_) {
        needs_.time.reset();
    }
}

void Recorder::take(json::object entry) {
    if (driven_) {
        heard_.push_back(std::move(entry));
        changed_.notify_all();
        return;
    }
    if (!on_) {
        return;
    }
    const std::string line = replayLine(entry);
    // An upload of which nothing was kept cannot be sent again, and what is too large to carry cannot be gone
    // back to: the recording ends before it.
    const json::value* const request = entry.if_contains("request");
    const json::value* const carried = entry.if_contains("carried");
    const bool whole = (request == nullptr || !request->get_object().contains("body_missing")) &&
                       (carried == nullptr || areCarried(carried->get_array()));
    if (!whole || head_.size() + lines_.size() + line.size() > mostBytes_) {
        full_ = true;
        on_ = false;
        turning_ = false;
        changed_.notify_all();
        return;
    }
    lines_ += line;
    ++entries_;
}

void Recorder::keepTime(const std::stop_token& stop) {
    Lock lock(mutex_);
    while (!stop.stop_requested()) {
        changed_.wait_for(lock, stop, unquietSince_ ? kQuietTick : kTimeTick, [] { return false; });
        if (stop.stop_requested()) {
            return;
        }
        Wakes wake;
        if (full_) {
            shut(wake);
            letTimeGo();
        } else if (active_) {
            pushTime();
        } else if (waiting_.empty() && !driven_) {
            passTime();
        }
        grant(wake);
        if (wake.empty()) {
            continue;
        }
        lock.unlock();
        for (http::Responder& each : wake) {
            each(http::Response());
        }
        changed_.notify_all();
        lock.lock();
    }
}

}  // namespace tikgok::sim
