// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is done with one upload: looked into, given a cover, published.
#pragma once

#include "backend-sim/ports/log.h"
#include "backend-sim/ports/media_inspector.h"
#include "backend-sim/ports/object_store.h"
#include "backend-sim/services/uploads/upload.h"
#include "backend-sim/services/write/commands.h"

#include <filesystem>
#include <string>

namespace tikgok::sim {

struct UploadVerdict {
    enum class Kind : std::uint8_t {
        Published,
        Refused,   // for good, with `failure`; nothing of it shall stay
        Retry,     // what stood in the way may pass
        Hopeless,  // will never work, and nobody but a person can say why
        Stopped,   // before it was done, because it was told to stop
    };
    Kind kind = Kind::Published;
    contract::Failure failure = contract::kServiceErr;
    // For the log, and for the dead letter.
    std::string reason;
};

// Several threads may process different uploads at once.
class UploadProcessor {
public:
    // Nothing is owned.
    struct Needs {
        Submit<PublishVideo>& writer;
        MediaInspector& inspector;
        ObjectStore& objects;
        // For covers in the making; on the file system of the object store, emptied at start.
        std::filesystem::path scratch;
        LogSink log;
    };
    explicit UploadProcessor(Needs needs) : needs_(std::move(needs)) {}

    // Every step can be done again: whatever an earlier attempt did before it ended, even in another process,
    // is found and not done twice. Blocks, and waits for the writer.
    UploadVerdict process(const Upload& upload, const MediaInspector::Cancelled& stopped);
    // Removes the files of an upload that was refused.
    void discard(const Upload& upload);

private:
    UploadVerdict makeCover(const Upload& upload, const std::filesystem::path& video,
                            const MediaInspector::Cancelled& stopped);
    UploadVerdict write(const Upload& upload);

    const Needs needs_;
};

}  // namespace tikgok::sim
