// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The first half of publishing, up to the point from which on an upload cannot be lost any more.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/executor.h"
#include "backend-sim/ports/ids.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/media_inspector.h"
#include "backend-sim/ports/object_store.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/uploads/consumer.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>

namespace tikgok::sim {

// What the video service asks for.
class Publishing {
public:
    virtual ~Publishing() = default;
    // As VideoService::publish().
    virtual void publish(const RequestContext& context, StagedUpload upload, std::string title,
                         Done<contract::Id> done) = 0;
};

class Publisher final : public Publishing {
public:
    // Nothing is owned. Work given to `storing` refers to this object.
    struct Needs {
        UploadIntake& intake;
        ObjectStore& objects;
        Executor& storing;
        IdGenerator& ids;
        const Clock& clock;
        LogSink log;
        // May be null.
        Telemetry* telemetry = nullptr;
        // For covers that come along; null: they are thrown away.
        PictureMaker* pictures = nullptr;
    };
    explicit Publisher(Needs needs) : needs_(std::move(needs)) {}

    // Checks title and suffix as the policy of the request says, puts the file into the object store, and
    // hands it to the intake. `done` is called when the intake calls it or, where nobody waits for the media
    // (Policy), as soon as the upload is durable.
    void publish(const RequestContext& context, StagedUpload upload, std::string title,
                 Done<contract::Id> done) override;

    // While it is held, no upload is on its way between the staged file and the intake. Waits for those that
    // are.
    [[nodiscard]] std::unique_lock<std::shared_mutex> hold() { return std::unique_lock(storing_); }

    // How long media are hidden where the policy hides them at all, instead of what it says. Any thread.
    void setMediaDelay(std::chrono::milliseconds delay) { mediaDelayMs_ = delay.count(); }

private:
    struct Publication;
    // Counts what nobody waits for any more.
    [[nodiscard]] bool givenUp(const Publication& publication) const;
    void store(std::unique_ptr<Publication> publication);
    // Puts the cover that came along into the object store. Gives what to say when that cannot be.
    std::optional<contract::Failure> storeCover(Publication& publication);

    const Needs needs_;
    std::shared_mutex storing_;
    // Negative: as the policy says.
    std::atomic<std::int64_t> mediaDelayMs_ = -1;
};

}  // namespace tikgok::sim
