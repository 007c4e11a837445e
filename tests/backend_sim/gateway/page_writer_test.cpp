// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pages out of the model's rows are byte for byte what the codec makes of their copies, whatever the texts,
// the numbers and the viewer, at the first time and when texts are kept.

#include "backend-sim/gateway/page_writer.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/shapes.h"
#include "core/contract/codec.h"

#include <QtTest>

#include <atomic>
#include <limits>
#include <thread>

using namespace tikgok;
using namespace tikgok::sim;

namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

class BaseUrls final : public MediaUrls {
public:
    std::string urlOf(std::string_view key) const override {
        ++asked;
        return key.empty() ? std::string() : base + std::string(key);
    }
    std::string base = "http://127.0.0.1:1/static/";
    mutable std::atomic<int> asked = 0;
};

// As a service makes them for callers who need values.
std::string byCodec(const MemoryStore& store, Id caller, const MediaUrls& urls) {
    std::vector<contract::Video> videos;
    store.readFeed(caller, kNoBound, 30,
                   [&](const VideoSight& sight) { videos.push_back(videoOf(sight, urls)); });
    return contract::writeFeed(videos, 77);
}

std::string byWriter(const MemoryStore& store, Id caller, const MediaUrls& urls) {
    VideoPageWriter page;
    store.readFeed(caller, kNoBound, 30, [&](const VideoSight& sight) { page.add(sight, urls); });
    return page.feed(77);
}

void fill(MemoryStore& store, const std::string& text) {
    for (Id id = 1; id <= 3; ++id) {
        UserRow row;
        row.id = id;
        row.name = text + std::to_string(id);
        row.avatarKey = id == 1 ? std::string() : "a/" + text;
        row.backgroundKey = "b/" + text;
        row.signature = text;
        QVERIFY(store.users().add(row).value_or(false));
    }
    for (Id id = 1; id <= 5; ++id) {
        VideoRow row;
        row.id = std::numeric_limits<Id>::max() - id;
        row.author = id % 3 + 1;
        row.title = text + text;
        row.playKey = "p/" + text;
        row.coverKey = id == 2 ? std::string() : "c/" + text;
        row.publishedAt = id;
        QVERIFY(store.videos().add(row).value_or(false));
        QVERIFY(store.comments().add({id, 1, row.id, text, id}).has_value());
    }
    QVERIFY(store.favorites().set(1, std::numeric_limits<Id>::max() - 3, true, 1).value_or(false));
    QVERIFY(store.favorites().set(2, std::numeric_limits<Id>::max() - 3, true, 1).value_or(false));
    QVERIFY(store.relations().set(1, 2, true, 1).value_or(false));
}

}  // namespace

class PageWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameBytes_data();
    void sameBytes();
    void emptyPage();
    void lists();
    void sightsWithoutAPlace();
    void countersAreFresh();
    void textsAreMadeOnce();
    void aNewBaseIsSeen();
    void takenBackRows();
    void manyTextsMakeRoom();
    void readersAtOnce();
};

void PageWriterTest::sameBytes_data() {
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text; };
    row("empty", "");
    row("plain", "cat");
    row("Chinese", "雨后的山路 🐈");
    row("quotes", R"(a"b\c"")");
    row("HTML", "<script>&amp;</script>");
    row("control characters", QByteArray("\x01\x02\x1f\t\r\n\b\f\x7f", 9));
    row("line separators", "\xe2\x80\xa8\xe2\x80\xa9");
    row("NUL", QByteArray("a\0b", 3));
    row("long", QByteArray(5000, 'x') + "\"" + QByteArray(3000, '\\'));
    // Names of members that the writer looks for.
    row("follow_count", R"("follow_count":)");
    row("all members",
        R"({"id":1,"author":{"name":"x","follow_count":0,"follower_count":0,"is_follow":false},)"
        R"("favorite_count":0,"comment_count":0,"is_favorite":false,"title":""})");
    row("the end of a list", R"(]}"video_list":[],"next_time":0)");
    row("an escaped name", R"(\"is_favorite\":false,\"is_follow\":false)");
}

void PageWriterTest::sameBytes() {
    QFETCH(QByteArray, text);
    MemoryStore store;
    fill(store, text.toStdString());
    const BaseUrls urls;
    for (const Id caller : {0, 1, 2, 3, 99}) {
        const std::string expected = byCodec(store, caller, urls);
        QCOMPARE(byWriter(store, caller, urls), expected);
        QCOMPARE(byWriter(store, caller, urls), expected);
    }
}

void PageWriterTest::emptyPage() {
    QCOMPARE(VideoPageWriter().feed(5), contract::writeFeed({}, 5));
    QCOMPARE(VideoPageWriter().feed(std::numeric_limits<std::int64_t>::min()),
             contract::writeFeed({}, std::numeric_limits<std::int64_t>::min()));
    QCOMPARE(VideoPageWriter().list(), contract::writeVideos({}));
}

void PageWriterTest::lists() {
    MemoryStore store;
    fill(store, "list");
    const BaseUrls urls;
    std::vector<contract::Video> videos;
    VideoPageWriter page;
    QVERIFY(store.readPublished(1, 2, [&](const VideoSight& sight) {
        videos.push_back(videoOf(sight, urls));
        page.add(sight, urls);
    }));
    QCOMPARE(videos.size(), std::size_t{2});
    QCOMPARE(page.list(), contract::writeVideos(videos));
}

// Extreme numbers, and rows that are not of a model.
void PageWriterTest::sightsWithoutAPlace() {
    constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
    UserRow user{kMin, "n", "h", "a", "b", "s", 1, kMin, kMin, kMin, kMin, kMin};
    VideoRow video{kMin, kMin, "t", "p", "c", 1, kMin, kMin};
    const BaseUrls urls;
    VideoPageWriter page;
    std::vector<contract::Video> videos;
    for (const bool flag : {false, true}) {
        const VideoSight sight{video, {user, flag}, flag};
        page.add(sight, urls);
        videos.push_back(videoOf(sight, urls));
    }
    QCOMPARE(page.list(), contract::writeVideos(videos));
}

void PageWriterTest::countersAreFresh() {
    MemoryStore store;
    fill(store, "x");
    const BaseUrls urls;
    const std::string before = byWriter(store, 3, urls);
    QVERIFY(store.favorites().set(3, std::numeric_limits<Id>::max() - 1, true, 1).value_or(false));
    QVERIFY(store.relations().set(3, 1, true, 1).value_or(false));
    QVERIFY(store.comments().add({1000, 1, std::numeric_limits<Id>::max() - 5, "c", 1}).has_value());
    QCOMPARE(byWriter(store, 3, urls), byCodec(store, 3, urls));
    QVERIFY(byWriter(store, 3, urls) != before);
}

void PageWriterTest::textsAreMadeOnce() {
    MemoryStore store;
    fill(store, "x");
    const BaseUrls urls;
    byWriter(store, 0, urls);
    const int asked = urls.asked;
    QCOMPARE(asked, 3 * 2 + 5 * 2);
    byWriter(store, 1, urls);
    QCOMPARE(urls.asked.load(), asked);
}

void PageWriterTest::aNewBaseIsSeen() {
    MemoryStore store;
    fill(store, "x");
    BaseUrls urls;
    byWriter(store, 0, urls);
    urls.base = "http://elsewhere/";
    QVERIFY(byWriter(store, 0, urls) != byCodec(store, 0, urls));
    store.dropTexts();
    QCOMPARE(byWriter(store, 0, urls), byCodec(store, 0, urls));
}

// A row that goes again takes its text along.
void PageWriterTest::takenBackRows() {
    MemoryStore store;
    fill(store, "x");
    const BaseUrls urls;
    const auto result = store.atomically([&]() -> StoreResult<void> {
        VideoRow row;
        row.id = 500;
        row.author = 4;
        row.publishedAt = 500;
        UserRow user;
        user.id = 4;
        user.name = "gone";
        static_cast<void>(store.users().add(user));
        static_cast<void>(store.videos().add(row));
        const std::string page = byWriter(store, 0, urls);
        return std::unexpected(StoreError{StoreError::Kind::Conflict, page});
    });
    QVERIFY(!result);
    QVERIFY(result.error().what.find("\"gone\"") != std::string::npos);
    QVERIFY(byWriter(store, 0, urls).find("\"gone\"") == std::string::npos);
    store.dropTexts();
    QCOMPARE(byWriter(store, 0, urls), byCodec(store, 0, urls));
}

// Who goes through a long feed does not fill the memory with texts.
void PageWriterTest::manyTextsMakeRoom() {
    TextShelf shelf;
    std::vector<TextSlot> slots(TextShelf::kLimit);
    for (const TextSlot& slot : slots) {
        QVERIFY(!shelf.full());
        auto text = std::make_unique<const KeptText>();
        QVERIFY(TextPlace(slot, shelf).keep(text) != nullptr);
        QVERIFY(text == nullptr);
    }
    QVERIFY(shelf.full());
    shelf.dropAll();
    QVERIFY(!shelf.full());
    QVERIFY(TextPlace(slots[0], shelf).get() == nullptr);

    // The model does so on its own.
    MemoryStore store;
    fill(store, "x");
    for (Id id = 1; id <= static_cast<Id>(TextShelf::kLimit); ++id) {
        VideoRow row;
        row.id = 1000 + id;
        row.author = 1;
        row.publishedAt = 1000 + id;
        QVERIFY(store.videos().add(row).value_or(false));
    }
    const BaseUrls urls;
    const auto whole = [&] {
        VideoPageWriter page;
        store.readFeed(0, kNoBound, 100'000, [&](const VideoSight& sight) { page.add(sight, urls); });
        return page.list();
    };
    const std::string once = whole();
    const int asked = urls.asked;
    QCOMPARE(whole(), once);
    QVERIFY2(urls.asked > asked, "nothing was dropped");
}

// Twenty at once make texts of the same rows while the base changes.
void PageWriterTest::readersAtOnce() {
    MemoryStore store;
    fill(store, "x");
    const BaseUrls urls;
    const std::string expected = byCodec(store, 1, urls);
    std::atomic<bool> stop = false;
    std::atomic<int> pages = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 20; ++i) {
        readers.emplace_back([&] {
            while (!stop) {
                wrong += byWriter(store, 1, urls) == expected ? 0 : 1;
                ++pages;
            }
        });
    }
    for (int round = 0; round < 200 || pages < 500; ++round) {
        store.dropTexts();
    }
    stop = true;
    readers.clear();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(PageWriterTest)
#include "page_writer_test.moc"
