// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of publishing share: a client's publishing with its surroundings, on a fake transport, and
// lists to answer with.
#pragma once

#include "core/outbox/outbox_store.h"
#include "core/publish/publish_store.h"
#include "core/publish/publishing.h"
#include "core/storage/database.h"
#include "resources/demo_media_dir.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tikgok::test {

inline const QString kFilm = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4");
inline const QString kOther = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/38-enso.mp4");
inline const QString kPublish = QStringLiteral("/douyin/publish/action/");

// Never shows anything: the page is not looked at here.
class BlindPlayer final : public Player {
public:
    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override {
        source_ = source;
        sources.append(source);
        state_ = State::Loading;
    }
    void play() override {}
    void pause() override {}
    void retry() override { setSource(source_); }
    bool isMuted() const override { return false; }
    void setMuted(bool) override {}
    double volume() const override { return 1; }
    void setVolume(double) override {}
    double rate() const override { return 1; }
    void setRate(double) override {}
    bool isLooping() const override { return true; }
    void setLooping(bool) override {}
    void seek(qint64, bool) override {}
    State state() const override { return state_; }
    Error error() const override { return {error_, {}}; }
    qint64 position() const override { return 0; }
    qint64 duration() const override { return 0; }
    Statistics statistics() const override { return {}; }
    void setFrameSink(FrameSink*) override {}
    void clearFrameSink(const FrameSink*) override {}
    void setFrameRequest(const FrameRequest&) override {}
    void setFrugal(bool) override {}

    void fail(ErrorKind kind) {
        error_ = kind;
        state_ = State::Failed;
        Q_EMIT failed();
    }
    QList<QUrl> sources;

private:
    QUrl source_;
    State state_ = State::Empty;
    ErrorKind error_ = ErrorKind::None;
};

inline std::string listOf(std::initializer_list<std::pair<contract::Id, const char*>> videos) {
    std::vector<contract::Video> list;
    for (const auto& [id, title] : videos) {
        list.push_back(clip(id));
        list.back().title = title;
    }
    return contract::writeVideos(list);
}

inline const std::string kNone = listOf({});
inline const std::string kYes = R"({"status_code":0,"status_msg":"success"})";

// A client's publishing with its surroundings; begin() again is the next start of the program.
struct Desk {
    explicit Desk(bool signedIn = true) : world(signedIn) { begin(); }

    void begin() {
        beginToLoad();
        QVERIFY(waitUntil([&] { return outbox->loaded() && publishing->drafts()->loaded(); }));
        world.net.sent.clear();
    }
    void beginToLoad() {
        publishing.reset();
        outbox.reset();
        database.reset();
        database = std::make_unique<Database>(path("client.sqlite"),
                                              QList<SchemaPart>{outboxSchema(), publishSchema()});
        outbox = std::make_unique<Outbox>(*database, world.session, clock, OutboxOptions{});
        PublishingOptions options{.directory = path("publish")};
        options.publisher.findPauses = {std::chrono::milliseconds(0), std::chrono::milliseconds(1)};
        options.publisher.idPauses = {std::chrono::milliseconds(0), std::chrono::milliseconds(1)};
        publishing = std::make_unique<Publishing>(
            world.api, world.session, *database, *outbox, [] { return std::make_unique<BlindPlayer>(); },
            options);
    }
    [[nodiscard]] QString path(const char* name) const { return directory.filePath(QLatin1StringView(name)); }
    // A copy of a film, of the given name.
    QString film(const char* name = "film.mp4", const QString& of = kFilm) const {
        QFile::copy(of, path(name));
        return path(name);
    }
    // The same as one that was recorded here.
    QString recording() {
        // After the look for those that nobody names, which the start began.
        if (opens(path("nothing.mp4"))) {
            editor().discard();
        }
        QDir().mkpath(path("publish/recordings"));
        return film("publish/recordings/recording-1.mp4");
    }
    bool opens(const QString& file) {
        editor().openFile(QUrl::fromLocalFile(file));
        return waitUntil([&] { return editor().state() == PublishEditor::State::Checked; });
    }
    // A job for a fresh film stands in the outbox.
    bool hands(const QString& title = QStringLiteral("hello"), const char* name = "film.mp4") {
        if (!opens(film(name))) {
            return false;
        }
        editor().setTitle(title);
        const int before = jobs().count();
        editor().publish();
        return waitUntil([&] { return jobs().count() == before + 1; });
    }
    PublishEditor& editor() const { return *publishing->editor(); }
    PublishJobs& jobs() const { return *publishing->jobs(); }
    PublishDrafts& drafts() const { return *publishing->drafts(); }
    [[nodiscard]] PublishJobs::State state(int row = 0) const {
        return jobs().data(jobs().index(row), PublishJobs::StateRole).value<PublishJobs::State>();
    }
    [[nodiscard]] QVariant job(int role, int row = 0) const { return jobs().data(jobs().index(row), role); }
    bool reaches(PublishJobs::State wanted) {
        return waitUntil([&] { return jobs().count() > 0 && state() == wanted; }, std::chrono::seconds(8));
    }
    [[nodiscard]] int count(const QString& path) const {
        int found = 0;
        for (qsizetype i = 0; i < world.net.count(); ++i) {
            found += world.net.path(i) == path ? 1 : 0;
        }
        return found;
    }
    bool settled() const {
        for (int i = 0; i < 4; ++i) {
            waitFor(database->run([](SQLite::Database&) {}, {}));
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        return true;
    }

    World world;
    QTemporaryDir directory{QDir::currentPath() + QStringLiteral("/publish-XXXXXX")};
    FakeOutboxClock clock;
    std::unique_ptr<Database> database;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Publishing> publishing;
};

}  // namespace tikgok::test
