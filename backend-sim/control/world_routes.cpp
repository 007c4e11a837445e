// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/world_routes.h"

#include "backend-sim/control/base64.h"
#include "backend-sim/control/replay_file.h"

#include <boost/json/array.hpp>

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using http::Verb;

constexpr std::size_t kPieceBody = std::size_t{2} * 1024 * 1024;
constexpr std::uint64_t kMostImport = std::uint64_t{4} * 1024 * 1024 * 1024;
constexpr std::size_t kMostImports = 4;

json::object snapshotJson(const WorldKeeper::Snapshot& snapshot) {
    return {{"name", snapshot.name},
            {"world", snapshot.world},
            {"made_ms", snapshot.madeMs},
            {"bytes", snapshot.bytes}};
}

http::Response worldReply(const WorldKeeper& keeper) {
    return adminReply({{"world", keeper.worldName()}});
}

// A file that is being put together.
class ImportFile {
public:
    explicit ImportFile(std::filesystem::path file)
        : file_(std::move(file)),
          descriptor_(::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) {}
    ImportFile(const ImportFile&) = delete;
    ImportFile& operator=(const ImportFile&) = delete;
    ~ImportFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            ::unlink(file_.c_str());
        }
    }
    [[nodiscard]] bool good() const { return descriptor_ >= 0; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    bool append(std::string_view piece) {
        while (!piece.empty()) {
            const ssize_t written = ::write(descriptor_, piece.data(), piece.size());
            if (written <= 0) {
                return false;
            }
            size_ += static_cast<std::uint64_t>(written);
            piece.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    std::filesystem::path file_;
    int descriptor_;
    std::uint64_t size_ = 0;
};

// Names are numbers: "9" comes before "10".
struct ByNumber {
    bool operator()(const std::string& one, const std::string& other) const {
        return one.size() != other.size() ? one.size() < other.size() : one < other;
    }
};

// Touched by the control's thread only.
struct Imports {
    // The oldest first.
    std::map<std::string, std::unique_ptr<ImportFile>, ByNumber> open;
    std::uint64_t next = 1;
};

http::Response fileReply(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    // The descriptor is enough.
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    struct stat facts{};
    if (descriptor < 0 || ::fstat(descriptor, &facts) != 0) {
        return adminProblem(500, "io", "The file cannot be read.");
    }
    http::Response response;
    response.contentType = "application/vnd.sqlite3";
    response.file.emplace(descriptor, 0, static_cast<std::uint64_t>(facts.st_size));
    return response;
}

void addImportRoutes(AdminRouter& router, WorldKeeper& keeper, ReplayTaker replay) {
    const auto imports = std::make_shared<Imports>();
    const auto unknown = [] {
        return adminProblem(404, "no_such_import", "There is no such import: POST /_sim/imports begins one.");
    };
    router.add(Verb::Post, "imports", "Begins to take in an exported world, piece by piece.",
               [&keeper, imports](const AdminRequest& /*request*/) {
                   if (imports->open.size() >= kMostImports) {
                       imports->open.erase(imports->open.begin());
                   }
                   const std::string name = std::to_string(imports->next++);
                   auto file = std::make_unique<ImportFile>(keeper.scratch() / ("import-" + name));
                   if (!file->good()) {
                       return adminProblem(500, "io",
                                           "The import cannot be begun: the disk does not take it.");
                   }
                   imports->open.emplace(name, std::move(file));
                   return adminReply({{"import", name}, {"bytes", 0}}, 201);
               });
    router
        .add(
            Verb::Put, "imports/{import}", "The next piece. Body: {\"at\": bytes so far, \"base64\": ...}.",
            [imports, unknown](const AdminRequest& request) {
                const auto found = imports->open.find(request.names[0]);
                if (found == imports->open.end()) {
                    return unknown();
                }
                const auto at = numberIn(request.body, "at");
                const auto piece = textIn(request.body, "base64");
                const auto bytes = piece ? fromBase64(*piece) : std::nullopt;
                if (!at || !bytes || static_cast<std::uint64_t>(*at) != found->second->size()) {
                    return adminProblem(422, "bad_member",
                                        "'at' must be " + std::to_string(found->second->size()) +
                                            ", and 'base64' the bytes that follow.");
                }
                if (found->second->size() + bytes->size() > kMostImport) {
                    return adminProblem(413, "too_large", "An import may have 4 GiB.");
                }
                if (!found->second->append(*bytes)) {
                    imports->open.erase(found);
                    return adminProblem(500, "io", "The disk did not take it.");
                }
                return adminReply({{"import", request.names[0]}, {"bytes", found->second->size()}});
            },
            kPieceBody)
        .takes({"at", "base64"});
    router
        .add(Verb::Post, "imports/{import}/finish",
             "Makes a snapshot of it. Body: {\"name\": ..., \"replace\": bool}.",
             [&keeper, imports, unknown](const AdminRequest& request) {
                 const auto found = imports->open.find(request.names[0]);
                 if (found == imports->open.end()) {
                     return unknown();
                 }
                 const auto name = textIn(request.body, "name");
                 if (!name || !isAdminName(*name)) {
                     return adminProblem(422, "bad_member", "'name' must be a plain name.");
                 }
                 const auto replace = boolIn(request.body, "replace", false);
                 if (!replace) {
                     return adminProblem(422, "bad_member", replace.error());
                 }
                 const auto done = keeper.importFile(found->second->file(), *name, *replace);
                 // What can be put right (another name, some room) can be tried again.
                 if (done || done.error().code == WorldKeeper::kBadFile) {
                     imports->open.erase(found);
                 }
                 return done ? adminReply(snapshotJson(*done), 201) : adminProblem(done.error());
             })
        .takes({"name", "replace"});
    router.add(Verb::Delete, "imports/{import}", "Drops one that is not finished.",
               [imports, unknown](const AdminRequest& request) {
                   return imports->open.erase(request.names[0]) > 0
                              ? adminReply({{"removed", request.names[0]}})
                              : unknown();
               });
    router.addLate(
        Verb::Post, "imports/{import}/replay",
        "Replays it, when it is a recording, in a simulator of its own, and says what was different first.",
        [imports, unknown, replay = std::move(replay)](const AdminRequest& request,
                                                       AdminResponder responder) {
            const auto found = imports->open.find(request.names[0]);
            if (found == imports->open.end()) {
                responder(unknown());
                return;
            }
            if (found->second->size() > kMostReplayFile) {
                responder(adminProblem(413, "too_large", "A recording may have 512 MiB."));
                return;
            }
            std::ifstream in(found->second->file(), std::ios::binary);
            std::string content{std::istreambuf_iterator<char>(in), {}};
            imports->open.erase(found);
            replay(std::move(content), std::move(responder));
        });
}

}  // namespace

http::Response adminProblem(const WorldKeeper::Problem& problem) {
    return adminProblem(problem.status, problem.code, problem.words);
}

void addWorldRoutes(AdminRouter& router, WorldKeeper& keeper, ReplayTaker replay) {
    router.add(Verb::Get, "world", "Which world this is.",
               [&keeper](const AdminRequest& /*request*/) { return worldReply(keeper); });
    router.add(Verb::Post, "world/reset", "The world as it was when it was made.",
               [&keeper](const AdminRequest& /*request*/) {
                   const auto done = keeper.reset();
                   return done ? worldReply(keeper) : adminProblem(done.error());
               });
    router
        .add(Verb::Put, "world",
             "Another world, made anew. Body: {\"name\": \"empty\", \"small\", \"busy\", ..., \"seed\": "
             "number}.",
             [&keeper](const AdminRequest& request) {
                 const auto name = textIn(request.body, "name");
                 const auto seed = request.body.contains("seed") ? numberIn(request.body, "seed")
                                                                 : std::optional<std::int64_t>(1);
                 if (!name || !isAdminName(*name) || !seed || *seed < 0) {
                     return adminProblem(422, "bad_member",
                                         "'name' must name a world, and 'seed' be a number from 0 up.");
                 }
                 const auto done = keeper.makeWorld(*name, static_cast<std::uint64_t>(*seed));
                 return done ? worldReply(keeper) : adminProblem(done.error());
             })
        .takes({"name", "seed"});
    router.add(Verb::Get, "world/export", "The world as one file, which PUT /_sim/imports takes in again.",
               [&keeper](const AdminRequest& /*request*/) {
                   const auto file = keeper.exportWorld();
                   return file ? fileReply(*file) : adminProblem(file.error());
               });
    router.add(Verb::Get, "snapshots", "The snapshots that there are.",
               [&keeper](const AdminRequest& /*request*/) {
                   json::array all;
                   for (const WorldKeeper::Snapshot& each : keeper.snapshots()) {
                       all.push_back(snapshotJson(each));
                   }
                   return adminReply({{"snapshots", std::move(all)}});
               });
    router
        .add(Verb::Put, "snapshots/{snapshot}",
             "Keeps the world as it is under a name. Body: {\"replace\": bool}.",
             [&keeper](const AdminRequest& request) {
                 const auto replace = boolIn(request.body, "replace", false);
                 if (!replace) {
                     return adminProblem(422, "bad_member", replace.error());
                 }
                 const auto saved = keeper.save(request.names[0], *replace);
                 return saved ? adminReply(snapshotJson(*saved), 201) : adminProblem(saved.error());
             })
        .takes({"replace"});
    router.add(Verb::Post, "snapshots/{snapshot}/restore", "The world as it was kept.",
               [&keeper](const AdminRequest& request) {
                   const auto done = keeper.restore(request.names[0]);
                   return done ? worldReply(keeper) : adminProblem(done.error());
               });
    router.add(Verb::Delete, "snapshots/{snapshot}", "Forgets a snapshot.",
               [&keeper](const AdminRequest& request) {
                   const auto done = keeper.remove(request.names[0]);
                   return done ? adminReply({{"removed", request.names[0]}}) : adminProblem(done.error());
               });
    addImportRoutes(router, keeper, std::move(replay));
}

}  // namespace tikgok::sim
