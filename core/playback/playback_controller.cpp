// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/playback_controller.h"

#include <algorithm>

namespace tikgok {

PlaybackController::PlaybackController(const PlayerFactory& factory, QObject* parent)
    : PlaybackController(factory, RetryTimes(), parent) {}

PlaybackController::PlaybackController(const PlayerFactory& factory, RetryTimes times, QObject* parent)
    : QObject(parent), retryTimes_(times) {
    retryTimer_.setSingleShot(true);
    connect(&retryTimer_, &QTimer::timeout, this, [this] {
        if (active_ && mayCome(slotFor(currentIndex_)))
            retry();
    });
    for (Slot& slot : slots_) {
        slot.player = factory();
        // QML may be handed a player; without a parent its garbage collector would take it for its own.
        slot.player->setParent(this);
        slot.player->setLooping(true);
        connectSlot(slot);
    }
}

PlaybackController::~PlaybackController() {
    for (Slot& slot : slots_)
        slot.player->disconnect(this);
}

void PlaybackController::connectSlot(Slot& slot) {
    Player* player = slot.player.get();
    const auto isCurrent = [this, &slot] { return slot.index >= 0 && slot.index == currentIndex_; };
    connect(player, &Player::firstFrame, this, [this, &slot, isCurrent] {
        slot.hasFrame = true;
        if (isCurrent())
            retries_ = 0;
        if (slot.index < 0)
            return;
        Q_EMIT firstFrame(slot.index);
        update();
    });
    connect(player, &Player::stateChanged, this, [this, isCurrent] {
        if (isCurrent())
            Q_EMIT stateChanged();
    });
    connect(player, &Player::failed, this, [this, isCurrent] {
        update();
        if (isCurrent())
            retryLater();
    });
    connect(player, &Player::positionChanged, this, [this, isCurrent] {
        if (isCurrent())
            Q_EMIT positionChanged();
    });
    connect(player, &Player::durationChanged, this, [this, isCurrent] {
        if (isCurrent())
            Q_EMIT durationChanged();
    });
    connect(player, &Player::looped, this, [this, &slot, isCurrent] {
        if (isCurrent())
            Q_EMIT looped(slot.index);
    });
}

void PlaybackController::setSource(PlaylistSource* source) {
    if (source_ == source)
        return;
    if (source_)
        source_->disconnect(this);
    source_ = source;
    if (source_) {
        connect(source_, &PlaylistSource::changed, this, &PlaybackController::listChanged);
        connect(source_, &PlaylistSource::switched, this, &PlaybackController::switchTo);
        connect(source_, &QObject::destroyed, this, &PlaybackController::listChanged);
    }
    listChanged();
}

// Where the list now has what the players hold.
void PlaybackController::findSlots() {
    bool ringMoved = false;
    for (Slot& slot : slots_) {
        if (slot.index < 0)
            continue;
        const int found = indexOfKey(slot.key, slot.index);
        ringMoved = ringMoved || found != slot.index;
        slot.index = found;
        if (found < 0) {
            slot.key.clear();
            slot.player->setSource({});
        }
    }
    if (ringMoved) {
        ++revision_;
        Q_EMIT revisionChanged();
    }
}

void PlaybackController::rememberPosition() {
    constexpr qsizetype kMostLeft = 32;
    const Slot* slot = slotFor(currentIndex_);
    if (!slot || !slot->hasFrame || slot->key != currentKey_)
        return;
    if (left_.size() >= kMostLeft)
        left_.clear();
    left_.insert(currentKey_, slot->player->position());
}

// Whoever comes back to a list goes on where it was left.
void PlaybackController::switchTo(int index) {
    rememberPosition();
    const QString before = currentKey_;
    findSlots();
    setCurrentIndex(index);
    if (Slot* slot = slotFor(currentIndex_); slot && currentKey_ != before)
        goOn(*slot);
}

void PlaybackController::goOn(Slot& slot) {
    const qint64 position = left_.take(slot.key);
    if (position > 0 && slot.index == currentIndex_)
        slot.player->seek(position, true);
}

void PlaybackController::listChanged() {
    findSlots();
    int index = currentIndex_;
    if (count() == 0) {
        index = -1;
    } else {
        const int found = currentKey_.isEmpty() ? -1 : indexOfKey(currentKey_, currentIndex_);
        index = found >= 0 ? found : std::clamp(currentIndex_, 0, count() - 1);
    }
    moveTo(index);
}

int PlaybackController::indexOfKey(const QString& key, int near) const {
    const int size = count();
    if (near >= 0 && near < size && source_->keyAt(near) == key)
        return near;
    for (int i = 0; i < size; ++i) {
        if (source_->keyAt(i) == key)
            return i;
    }
    return -1;
}

void PlaybackController::setCurrentIndex(int index) {
    moveTo(count() == 0 ? -1 : std::clamp(index, 0, count() - 1));
}

// Also called when only the list around the current video changed.
void PlaybackController::moveTo(int index) {
    const QString key = index < 0 ? QString() : source_->keyAt(index);
    const bool otherVideo = key != currentKey_;
    const bool otherIndex = index != currentIndex_;
    currentIndex_ = index;
    currentKey_ = key;
    if (otherVideo) {
        // Coming back to a video starts it again, as a person expects who swipes.
        if (Slot* slot = slotFor(index); slot && slot->hasFrame && slot->player->position() > 0)
            slot->player->seek(0, true);
        if (paused_ == autoplay_) {
            paused_ = !autoplay_;
            Q_EMIT pausedChanged();
        }
    }
    update();
    if (otherIndex)
        Q_EMIT currentIndexChanged();
    if (otherVideo) {
        retries_ = 0;
        retryTimer_.stop();
        // It failed while it was a neighbour; meanwhile things may be better.
        if (active_ && mayCome(slotFor(currentIndex_)))
            retry();
        currentReplaced();
    }
}

void PlaybackController::currentReplaced() {
    Q_EMIT stateChanged();
    Q_EMIT positionChanged();
    Q_EMIT durationChanged();
}

void PlaybackController::setActive(bool active) {
    if (active_ == active)
        return;
    active_ = active;
    update();
    if (active_ && mayCome(slotFor(currentIndex_)))
        retry();
    Q_EMIT activeChanged();
    Q_EMIT stateChanged();
}

void PlaybackController::setPaused(bool paused) {
    if (paused_ == paused)
        return;
    paused_ = paused;
    applyToPlayers();
    Q_EMIT pausedChanged();
    Q_EMIT stateChanged();
}

void PlaybackController::setMuted(bool muted) {
    if (muted_ == muted)
        return;
    muted_ = muted;
    applyToPlayers();
    Q_EMIT mutedChanged();
}

void PlaybackController::setVolume(double volume) {
    volume = std::clamp(volume, 0.0, 1.0);
    if (volume_ == volume)
        return;
    volume_ = volume;
    applyToPlayers();
    Q_EMIT volumeChanged();
}

void PlaybackController::setRate(double rate) {
    rate = std::clamp(rate, 0.5, 2.0);
    if (rate_ == rate)
        return;
    rate_ = rate;
    applyToPlayers();
    Q_EMIT rateChanged();
}

void PlaybackController::setDataSaver(bool saver) {
    if (dataSaver_ == saver)
        return;
    dataSaver_ = saver;
    update();
    Q_EMIT dataSaverChanged();
}

void PlaybackController::setLoadsBehind(bool behind) {
    if (loadsBehind_ == behind)
        return;
    loadsBehind_ = behind;
    update();
    Q_EMIT loadsBehindChanged();
}

void PlaybackController::setAutoplay(bool autoplay) {
    if (autoplay_ == autoplay)
        return;
    autoplay_ = autoplay;
    Q_EMIT autoplayChanged();
}

void PlaybackController::update() {
    bool moved = false;
    std::array<std::optional<int>, ring::kSlots> held;
    for (int s = 0; s < ring::kSlots; ++s) {
        if (slots_[s].index >= 0)
            held[s] = slots_[s].index;
    }
    std::vector<int> indices;
    const Slot* current = slotFor(currentIndex_);
    const bool mayPreload =
        current && ring::mayPreload(current->hasFrame, current->player->state() == Player::State::Failed);
    for (const ring::Want& want : ring::wanted(count(), currentIndex_, {active_, dataSaver_, loadsBehind_})) {
        const bool isHeld = slotFor(want.index) != nullptr;
        if (isHeld || (want.load && (want.index == currentIndex_ || mayPreload)))
            indices.push_back(want.index);
    }
    const std::vector<int> places = ring::assign(indices, held, currentIndex_);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        Slot& slot = slots_[places[i]];
        if (slot.index != indices[i]) {
            load(slot, indices[i]);
            moved = true;
        }
    }
    applyToPlayers();
    if (moved) {
        ++revision_;
        Q_EMIT revisionChanged();
    }
}

void PlaybackController::load(Slot& slot, int index) {
    slot.index = index;
    slot.key = source_->keyAt(index);
    slot.hasFrame = false;
    slot.player->pause();
    slot.player->setFrugal(index != currentIndex_);
    slot.player->setSource(source_->urlAt(index));
    goOn(slot);
}

void PlaybackController::applyToPlayers() {
    for (Slot& slot : slots_) {
        const bool isCurrent = slot.index >= 0 && slot.index == currentIndex_;
        Player& player = *slot.player;
        player.setMuted(muted_ || !isCurrent);
        player.setVolume(volume_);
        player.setRate(rate_);
        player.setFrugal(!isCurrent);
        if (isCurrent && active_ && !paused_)
            player.play();
        else
            player.pause();
    }
}

PlaybackController::Slot* PlaybackController::slotFor(int index) {
    return const_cast<Slot*>(std::as_const(*this).slotFor(index));
}

const PlaybackController::Slot* PlaybackController::slotFor(int index) const {
    if (index < 0)
        return nullptr;
    const auto found = std::ranges::find(slots_, index, &Slot::index);
    return found == slots_.end() ? nullptr : &*found;
}

Player* PlaybackController::playerFor(int index) const {
    const Slot* slot = slotFor(index);
    return slot ? slot->player.get() : nullptr;
}

double PlaybackController::positionMs() const {
    const Player* player = playerFor(currentIndex_);
    return player ? static_cast<double>(player->position()) : 0.0;
}

double PlaybackController::durationMs() const {
    const Player* player = playerFor(currentIndex_);
    return player ? static_cast<double>(player->duration()) : 0.0;
}

bool PlaybackController::isBuffering() const {
    const Player* player = playerFor(currentIndex_);
    return active_ && player && player->state() == Player::State::Loading;
}

bool PlaybackController::isPlaying() const {
    const Player* player = playerFor(currentIndex_);
    return player && player->state() == Player::State::Playing;
}

Player::ErrorKind PlaybackController::errorKind() const {
    const Player* player = playerFor(currentIndex_);
    return player ? player->errorKind() : Player::ErrorKind::None;
}

void PlaybackController::seek(double positionMs, bool exact) {
    if (Player* player = playerFor(currentIndex_))
        player->seek(static_cast<qint64>(positionMs), exact);
}

void PlaybackController::retry() {
    Slot* slot = slotFor(currentIndex_);
    if (!slot)
        return;
    // The list may know a newer address than the one that failed.
    if (const QUrl url = source_->urlAt(currentIndex_); url != slot->player->source())
        load(*slot, currentIndex_);
    else
        slot->player->retry();
    applyToPlayers();
}

void PlaybackController::retryFailed() {
    for (Slot& slot : slots_) {
        if (!mayCome(&slot))
            continue;
        if (slot.index == currentIndex_)
            retry();
        else
            slot.player->retry();
    }
}

void PlaybackController::retryLater() {
    if (!active_ || !mayCome(slotFor(currentIndex_)))
        return;
    constexpr int kMostDoublings = 20;
    const auto wait = retryTimes_.first * (1 << std::min(retries_, kMostDoublings));
    ++retries_;
    retryTimer_.start(std::min(wait, retryTimes_.longest));
}

bool PlaybackController::mayCome(const Slot* slot) {
    if (!slot || slot->index < 0 || slot->player->state() != Player::State::Failed)
        return false;
    switch (slot->player->errorKind()) {
        case Player::ErrorKind::Network:
        case Player::ErrorKind::NotFound:
            return true;
        case Player::ErrorKind::None:
        case Player::ErrorKind::Unsupported:
        case Player::ErrorKind::Damaged:
        case Player::ErrorKind::NoVideo:
        case Player::ErrorKind::Internal:
            return false;
    }
    return false;
}

Player::Statistics PlaybackController::statistics() const {
    Player::Statistics sum;
    for (const Slot& slot : slots_) {
        const Player::Statistics one = slot.player->statistics();
        sum.framesDecoded += one.framesDecoded;
        sum.framesShown += one.framesShown;
        sum.framesDropped += one.framesDropped;
    }
    return sum;
}

}  // namespace tikgok
