// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/playback_controller.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace tikgok::test {

using State = Player::State;
using Kind = Player::ErrorKind;

// Does what it is told at once and tells what it was told.
class FakePlayer : public Player {
public:
    explicit FakePlayer(std::vector<FakePlayer*>& all) : all_(all) { all_.push_back(this); }
    ~FakePlayer() override { std::erase(all_, this); }

    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override {
        source_ = source;
        ++loads;
        playing = false;
        position_ = 0;
        setState(source.isEmpty() ? State::Empty : State::Loading);
    }
    void play() override {
        playing = true;
        if (state_ == State::Ready || state_ == State::Paused)
            setState(State::Playing);
    }
    void pause() override {
        playing = false;
        if (state_ == State::Playing)
            setState(State::Paused);
    }
    void retry() override {
        ++retries;
        error_ = {};
        setState(State::Loading);
    }
    bool isMuted() const override { return muted; }
    void setMuted(bool on) override { muted = on; }
    double volume() const override { return volume_; }
    void setVolume(double volume) override { volume_ = volume; }
    double rate() const override { return rate_; }
    void setRate(double rate) override { rate_ = rate; }
    bool isLooping() const override { return looping_; }
    void setLooping(bool looping) override { looping_ = looping; }
    void seek(qint64 positionMs, bool) override {
        position_ = positionMs;
        ++seeks;
        Q_EMIT positionChanged();
    }
    State state() const override { return state_; }
    Error error() const override { return error_; }
    qint64 position() const override { return position_; }
    qint64 duration() const override { return 5000; }
    Statistics statistics() const override { return {1, 2, 3}; }
    void setFrameSink(FrameSink*) override {}
    void clearFrameSink(const FrameSink*) override {}
    void setFrameRequest(const FrameRequest&) override {}
    void setFrugal(bool on) override { frugal = on; }

    // What a real one does by itself.
    void showFirstFrame() {
        setState(playing ? State::Playing : State::Ready);
        Q_EMIT firstFrame();
    }
    void failWith(Kind kind) {
        error_ = {kind, QStringLiteral("made up")};
        setState(State::Failed);
        Q_EMIT failed();
    }
    void moveTo(qint64 ms) {
        position_ = ms;
        Q_EMIT positionChanged();
    }
    void stall() { setState(State::Loading); }
    int number() const { return source_.fileName().toInt(); }

    bool playing = false;
    bool muted = false;
    bool frugal = false;
    int loads = 0;
    int seeks = 0;
    int retries = 0;

private:
    void setState(State state) {
        if (state_ == state)
            return;
        state_ = state;
        Q_EMIT stateChanged();
    }
    std::vector<FakePlayer*>& all_;
    QUrl source_;
    State state_ = State::Empty;
    Error error_;
    qint64 position_ = 0;
    double volume_ = 1;
    double rate_ = 1;
    bool looping_ = false;
};

class FakeList : public PlaylistSource {
public:
    int count() const override { return int(ids.size()); }
    QUrl urlAt(int index) const override {
        return QUrl(QStringLiteral("http://127.0.0.1/%1%2").arg(prefix, keyAt(index)));
    }
    QString keyAt(int index) const override { return QString::number(ids[std::size_t(index)]); }
    void set(std::vector<int> now) {
        ids = std::move(now);
        Q_EMIT changed();
    }
    std::vector<int> ids;
    QString prefix;
};

class ControllerTest : public QObject {
    Q_OBJECT

private:
    struct Rig {
        explicit Rig(int count = 10, PlaybackController::RetryTimes times = {}) {
            for (int i = 0; i < count; ++i)
                list.ids.push_back(100 + i);
            controller = std::make_unique<PlaybackController>(
                [this] { return std::make_unique<FakePlayer>(players); }, times);
            controller->setSource(&list);
        }
        ~Rig() { controller.reset(); }
        FakePlayer* at(int index) { return static_cast<FakePlayer*>(controller->playerFor(index)); }
        // Goes there and lets everything load.
        void show(int index) {
            controller->setCurrentIndex(index);
            for (int round = 0; round < 3; ++round) {
                for (FakePlayer* player : players) {
                    if (player->state() == State::Loading)
                        player->showFirstFrame();
                }
            }
        }
        int sounding() {
            return int(std::ranges::count_if(players, [](auto* p) { return p->playing && !p->muted; }));
        }
        int loads() {
            int sum = 0;
            for (auto* p : players)
                sum += p->loads;
            return sum;
        }
        std::vector<FakePlayer*> players;
        FakeList list;
        std::unique_ptr<PlaybackController> controller;
    };

private Q_SLOTS:
    // A list of one's own over the feed, and back: one ring, one place in each, one sound.
    void anotherListTakesThePlayers() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(4);
        QSignalSpy changes(rig.controller.get(), &PlaybackController::currentIndexChanged);
        const std::vector<int> feed = rig.list.ids;
        rig.list.ids = {501, 502, 105, 503};
        Q_EMIT rig.list.switched(1);
        QCOMPARE(rig.controller->currentIndex(), 1);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(rig.at(1)->number(), 502);
        // The feed's next video is in this list, too: its player keeps it. The rest of the feed is let go.
        QVERIFY(rig.at(2));
        QCOMPARE(rig.at(2)->number(), 105);
        QCOMPARE(rig.sounding(), 1);
        rig.show(3);
        rig.list.ids = feed;
        Q_EMIT rig.list.switched(4);
        QCOMPARE(rig.controller->currentIndex(), 4);
        QCOMPARE(rig.at(4)->number(), 104);
        QVERIFY(rig.at(4)->playing);
        QCOMPARE(rig.sounding(), 1);
        rig.list.ids = {};
        Q_EMIT rig.list.switched(7);
        QCOMPARE(rig.controller->currentIndex(), -1);
        QCOMPARE(rig.sounding(), 0);
    }

    // Back from a list over the feed, also when the page comes to the front after its list.
    void goesOnWhereAListWasLeft_data() {
        QTest::addColumn<bool>("hidden");
        QTest::newRow("in front") << false;
        QTest::newRow("not in front yet") << true;
    }
    void goesOnWhereAListWasLeft() {
        QFETCH(bool, hidden);
        Rig rig;
        rig.controller->setActive(true);
        rig.show(4);
        rig.at(4)->moveTo(2300);
        const std::vector<int> feed = rig.list.ids;
        rig.list.ids = {501, 502, 503, 504};
        Q_EMIT rig.list.switched(1);
        QCOMPARE(rig.at(1)->position(), 0);
        rig.show(2);
        rig.show(3);
        rig.controller->setActive(!hidden);
        rig.list.ids = feed;
        Q_EMIT rig.list.switched(4);
        rig.controller->setActive(true);
        QCOMPARE(rig.at(4)->number(), 104);
        QCOMPARE(rig.at(4)->position(), 2300);
        // Once: whoever swipes away and back sees it from its beginning.
        rig.show(4);
        rig.show(9);
        rig.show(4);
        QCOMPARE(rig.at(4)->position(), 0);
    }

    void theSameVideoInAnotherListGoesOn() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(4);
        FakePlayer* const player = rig.at(4);
        player->moveTo(1500);
        const int loads = player->loads;
        rig.list.ids = {104, 900};
        Q_EMIT rig.list.switched(0);
        QCOMPARE(rig.at(0), player);
        QCOMPARE(player->loads, loads);
        QCOMPARE(player->position(), 1500);
        QVERIFY(player->playing);
    }

    void nothingIsLoadedBeforeThePageIsShown() {
        Rig rig;
        QCOMPARE(rig.players.size(), std::size_t(3));
        QCOMPARE(rig.controller->currentIndex(), 0);
        QCOMPARE(rig.loads(), 0);
        QCOMPARE(rig.at(0), nullptr);
        rig.controller->setActive(true);
        QVERIFY(rig.at(0));
        QCOMPARE(rig.at(0)->number(), 100);
        QVERIFY(rig.at(0)->playing);
        QVERIFY(rig.at(0)->isLooping());
        QVERIFY(rig.controller->isBuffering());
    }

    void theNextOneIsLoadedAfterTheFirstFrame() {
        Rig rig;
        rig.controller->setActive(true);
        QSignalSpy firstFrame(rig.controller.get(), &PlaybackController::firstFrame);
        QSignalSpy revision(rig.controller.get(), &PlaybackController::revisionChanged);
        QCOMPARE(rig.at(1), nullptr);
        rig.at(0)->showFirstFrame();
        QVERIFY(rig.controller->isPlaying());
        QVERIFY(!rig.controller->isBuffering());
        QVERIFY(rig.at(1));
        QCOMPARE(revision.count(), 1);
        QVERIFY(!rig.at(1)->playing);
        QVERIFY(rig.at(1)->frugal);
        QVERIFY(!rig.at(0)->frugal);
        rig.at(1)->showFirstFrame();
        QCOMPARE(firstFrame.count(), 2);
        QCOMPARE(firstFrame.at(1).at(0).toInt(), 1);
        QCOMPARE(rig.at(2), nullptr);
        QCOMPARE(rig.loads(), 2);
    }

    void swipingForwardUsesWhatIsReady() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        FakePlayer* next = rig.at(1);
        rig.controller->setCurrentIndex(1);
        QCOMPARE(rig.at(1), next);
        QCOMPARE(next->loads, 1);
        QVERIFY(next->playing && rig.controller->isPlaying());
        QVERIFY(!rig.at(0)->playing);
        QVERIFY(rig.at(2));  // its neighbour is ready already, so the one behind it comes at once
        for (int i = 2; i < 10; ++i) {
            rig.show(i);
            QCOMPARE(rig.sounding(), 1);
            QVERIFY(rig.at(i)->playing);
            QVERIFY(rig.at(i - 1));
            QCOMPARE(rig.players.size(), std::size_t(3));
        }
        QCOMPARE(rig.loads(), 10);  // each once
    }

    void swipingBackKeepsThePrevious() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        rig.show(1);
        rig.at(1)->moveTo(3000);
        const int loads = rig.loads();
        FakePlayer* first = rig.at(0);
        first->moveTo(1234);
        rig.controller->setCurrentIndex(0);
        QCOMPARE(rig.at(0), first);
        QCOMPARE(rig.loads(), loads);
        QCOMPARE(first->position(), 0);  // from the start again
        QVERIFY(first->playing);
        // Further back nothing was kept: it is loaded as the current one, not before.
        rig.show(5);
        QCOMPARE(rig.at(4), nullptr);
        rig.controller->setCurrentIndex(4);
        QVERIFY(rig.at(4));
    }

    void aJumpAndManyQuickSwipes() {
        Rig rig(200);
        rig.controller->setActive(true);
        for (int i = 0; i < 200; ++i)
            rig.controller->setCurrentIndex(i);
        QCOMPARE(rig.players.size(), std::size_t(3));
        QCOMPARE(rig.at(199)->number(), 299);
        QVERIFY(rig.at(199)->playing);
        rig.controller->setCurrentIndex(5000);
        QCOMPARE(rig.controller->currentIndex(), 199);
        rig.controller->setCurrentIndex(-7);
        QCOMPARE(rig.controller->currentIndex(), 0);
    }

    void hiddenMeansStill() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        const int loads = rig.loads();
        rig.controller->setActive(false);
        QVERIFY(std::ranges::none_of(rig.players, &FakePlayer::playing));
        rig.controller->setCurrentIndex(3);
        QCOMPARE(rig.loads(), loads);
        QCOMPARE(rig.at(3), nullptr);
        rig.controller->setActive(true);
        QVERIFY(rig.at(3)->playing);
    }

    void pauseIsForgottenOnTheNextVideo() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        QSignalSpy changed(rig.controller.get(), &PlaybackController::pausedChanged);
        rig.controller->togglePause();
        QVERIFY(rig.controller->isPaused());
        QVERIFY(!rig.at(0)->playing);
        rig.controller->setActive(false);
        rig.controller->setActive(true);
        QVERIFY(!rig.at(0)->playing);  // hiding and showing does not undo it
        rig.show(1);
        QVERIFY(!rig.controller->isPaused());
        QCOMPARE(changed.count(), 2);
        QVERIFY(rig.at(1)->playing);
    }

    void soundAndSpeedReachThePlayers() {
        Rig rig;
        rig.controller->setMuted(true);
        rig.controller->setRate(1.5);
        rig.controller->setVolume(0.3);
        rig.controller->setActive(true);
        rig.show(0);
        QVERIFY(rig.at(0)->muted);
        QCOMPARE(rig.at(0)->rate(), 1.5);
        QCOMPARE(rig.at(0)->volume(), 0.3);
        rig.show(1);
        QCOMPARE(rig.at(1)->rate(), 1.5);
        rig.controller->setMuted(false);
        QVERIFY(!rig.at(1)->muted);
        QVERIFY(rig.at(0)->muted);
        rig.controller->setRate(99);
        QCOMPARE(rig.controller->rate(), 2.0);
    }

    void dataSaverLoadsOnlyWhatIsWatched() {
        Rig rig;
        rig.controller->setDataSaver(true);
        rig.controller->setActive(true);
        rig.show(0);
        QCOMPARE(rig.at(1), nullptr);
        rig.show(1);
        QVERIFY(rig.at(0));  // kept all the same
        QCOMPARE(rig.loads(), 2);
        rig.controller->setDataSaver(false);
        QVERIFY(rig.at(2));
    }

    void withoutAutoplayEachVideoWaits() {
        Rig rig;
        rig.controller->setAutoplay(false);
        rig.controller->setActive(true);
        rig.controller->setCurrentIndex(1);
        QVERIFY(rig.controller->isPaused());
        rig.show(1);
        QVERIFY(!rig.at(1)->playing);
        rig.controller->togglePause();
        QVERIFY(rig.at(1)->playing);
        rig.controller->setCurrentIndex(2);
        QVERIFY(rig.controller->isPaused());
        rig.controller->setAutoplay(true);
        rig.controller->setCurrentIndex(3);
        QVERIFY(!rig.controller->isPaused());
    }

    void aFailureIsToldAndTheNextStillComes() {
        Rig rig;
        rig.controller->setActive(true);
        QSignalSpy state(rig.controller.get(), &PlaybackController::stateChanged);
        rig.at(0)->failWith(Kind::NotFound);
        QVERIFY(rig.controller->hasError());
        QCOMPARE(rig.controller->errorKind(), Kind::NotFound);
        QVERIFY(state.count() >= 1);
        QVERIFY(rig.at(1));
        rig.controller->retry();
        QCOMPARE(rig.at(0)->retries, 1);
        QVERIFY(rig.at(0)->playing);
        QVERIFY(!rig.controller->hasError());
        // A neighbour's failure is not the current one's.
        rig.at(0)->showFirstFrame();
        rig.at(1)->failWith(Kind::Damaged);
        QVERIFY(!rig.controller->hasError());
        rig.controller->setCurrentIndex(1);
        QCOMPARE(rig.controller->errorKind(), Kind::Damaged);
        // A new address is taken.
        rig.list.prefix = QStringLiteral("again/");
        const int loads = rig.at(1)->loads;
        rig.controller->retry();
        QCOMPARE(rig.at(1)->loads, loads + 1);
        QCOMPARE(rig.at(1)->source(), rig.list.urlAt(1));
    }

    void whatMayComeIsTriedAgainByItself_data() {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<bool>("again");
        QTest::newRow("network") << Kind::Network << true;
        QTest::newRow("not there yet") << Kind::NotFound << true;
        QTest::newRow("damaged") << Kind::Damaged << false;
        QTest::newRow("unsupported") << Kind::Unsupported << false;
        QTest::newRow("sound only") << Kind::NoVideo << false;
    }
    void whatMayComeIsTriedAgainByItself() {
        QFETCH(Kind, kind);
        QFETCH(bool, again);
        constexpr int kFirstMs = 2;
        Rig rig(10, {std::chrono::milliseconds(kFirstMs), std::chrono::milliseconds(4 * kFirstMs)});
        rig.controller->setActive(true);
        // While one waits at it.
        for (int tries = 1; tries <= 4; ++tries) {
            rig.at(0)->failWith(kind);
            if (!again)
                break;
            QTRY_COMPARE(rig.at(0)->retries, tries);
        }
        if (!again) {
            QTest::qWait(5 * kFirstMs);
            QCOMPARE(rig.at(0)->retries, 0);
            return;
        }
        // Nothing is asked of the network while nobody looks; coming back asks.
        rig.controller->setActive(false);
        rig.at(0)->failWith(kind);
        QTest::qWait(8 * kFirstMs);
        QCOMPARE(rig.at(0)->retries, 4);
        rig.controller->setActive(true);
        QCOMPARE(rig.at(0)->retries, 5);
        rig.at(0)->showFirstFrame();
        // One that failed as a neighbour, when one comes to it.
        rig.at(1)->failWith(kind);
        QCOMPARE(rig.at(1)->retries, 0);
        rig.controller->setCurrentIndex(1);
        QCOMPARE(rig.at(1)->retries, 1);
        QVERIFY(!rig.controller->hasError());
    }

    void allAreTriedAgainWhenTheNetworkIsBack() {
        Rig rig(10, {std::chrono::hours(1), std::chrono::hours(1)});
        rig.controller->setActive(true);
        rig.show(1);
        rig.at(0)->failWith(Kind::Network);
        rig.at(1)->failWith(Kind::Network);
        rig.at(2)->failWith(Kind::Damaged);
        rig.controller->retryFailed();
        QCOMPARE(rig.at(0)->retries, 1);
        QVERIFY(!rig.at(0)->playing);
        QCOMPARE(rig.at(1)->retries, 1);
        QVERIFY(rig.at(1)->playing);
        QCOMPARE(rig.at(2)->retries, 0);
    }

    void aStallIsBuffering() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        rig.at(0)->stall();
        QVERIFY(rig.controller->isBuffering());
        QVERIFY(!rig.controller->isPlaying());
    }

    void rowsAtTheEndChangeNothingButTheNext() {
        Rig rig(1);
        rig.controller->setActive(true);
        rig.show(0);
        const int loads = rig.loads();
        QCOMPARE(rig.at(1), nullptr);
        rig.list.set({100, 101, 102});
        QCOMPARE(rig.loads(), loads + 1);
        QVERIFY(rig.at(1));
        QVERIFY(rig.controller->isPlaying());
    }

    void aRefreshFollowsTheVideoThatIsWatched() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        rig.show(1);
        FakePlayer* watched = rig.at(1);
        const int loads = watched->loads;
        QSignalSpy moved(rig.controller.get(), &PlaybackController::currentIndexChanged);
        rig.list.set({900, 901, 902, 101, 903});
        QCOMPARE(rig.controller->currentIndex(), 3);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(rig.at(3), watched);
        QCOMPARE(watched->loads, loads);
        QVERIFY(watched->playing);
        QCOMPARE(rig.at(4)->number(), 903);
        // Gone: what stands in its place plays.
        rig.list.set({900, 901});
        QCOMPARE(rig.controller->currentIndex(), 1);
        QCOMPARE(rig.at(1)->number(), 901);
        QVERIFY(rig.at(1)->playing);
        rig.list.set({});
        QCOMPARE(rig.controller->currentIndex(), -1);
        QVERIFY(
            std::ranges::all_of(rig.players, [](auto* p) { return p->source().isEmpty() && !p->playing; }));
        rig.list.set({7});
        QCOMPARE(rig.controller->currentIndex(), 0);
        QVERIFY(rig.at(0)->playing);
    }

    void theListMayGo() {
        Rig rig;
        auto list = std::make_unique<FakeList>();
        list->ids = {1, 2, 3};
        rig.controller->setSource(list.get());
        rig.controller->setActive(true);
        rig.show(0);
        list.reset();
        QCOMPARE(rig.controller->currentIndex(), -1);
        QCOMPARE(rig.controller->playerFor(0), nullptr);
        rig.controller->retry();
        rig.controller->seek(5);
        QCOMPARE(rig.controller->durationMs(), 0.0);
    }

    void positionAndLoopsAreThoseOfTheCurrentOne() {
        Rig rig;
        rig.controller->setActive(true);
        rig.show(0);
        QSignalSpy position(rig.controller.get(), &PlaybackController::positionChanged);
        QSignalSpy looped(rig.controller.get(), &PlaybackController::looped);
        rig.at(0)->moveTo(700);
        QCOMPARE(rig.controller->positionMs(), 700.0);
        QCOMPARE(rig.controller->durationMs(), 5000.0);
        QCOMPARE(position.count(), 1);
        rig.at(1)->moveTo(99);
        QCOMPARE(position.count(), 1);
        Q_EMIT rig.at(0)->looped();
        Q_EMIT rig.at(1)->looped();
        QCOMPARE(looped.count(), 1);
        QCOMPARE(looped.at(0).at(0).toInt(), 0);
        rig.controller->seek(1500.0);
        QCOMPARE(rig.at(0)->position(), 1500);
        QCOMPARE(rig.controller->statistics().framesShown, quint64(6));
    }
};

}  // namespace tikgok::test

QTEST_GUILESS_MAIN(tikgok::test::ControllerTest)
#include "controller_test.moc"
