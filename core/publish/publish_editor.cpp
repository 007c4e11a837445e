// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_editor.h"

#include <QFileInfo>

#include <utility>

namespace tikgok {

namespace {

constexpr int kStripFrames = 10;
constexpr QSize kStripBound(180, 180);
constexpr QSize kThumbBound(160, 160);
constexpr QSize kCoverBound(1280, 1280);
constexpr int kThumbQuality = 80;

QString dataUrl(const QByteArray& picture) {
    return picture.isEmpty()
               ? QString()
               : QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(picture.toBase64());
}

// Whether the server is told what this program could not read itself.
PublishProblem problemOf(Player::ErrorKind error) {
    switch (error) {
        case Player::ErrorKind::None:
            return PublishProblem::None;
        case Player::ErrorKind::NotFound:
            return PublishProblem::FileGone;
        case Player::ErrorKind::Unsupported:
            return PublishProblem::NotPlayable;
        case Player::ErrorKind::Damaged:
            return PublishProblem::Damaged;
        case Player::ErrorKind::NoVideo:
            return PublishProblem::NoVideo;
        case Player::ErrorKind::Network:
        case Player::ErrorKind::Internal:
            return PublishProblem::FileUnreadable;
    }
    return PublishProblem::FileUnreadable;
}

}  // namespace

PublishEditor::PublishEditor(Session& session, Outbox& outbox, PublishDrafts& drafts, FileDesk& files,
                             ServerLimits& limits, QObject* parent)
    : QObject(parent), session_(session), outbox_(outbox), drafts_(drafts), files_(files), limits_(limits) {
    connect(&limits_, &ServerLimits::changed, this, &PublishEditor::changed);
    connect(&drafts_, &PublishDrafts::accountChanged, this, [this] {
        // It was adopted, or belongs to somebody who is not here any more.
        const auto mine = drafts_.draft(draft_.id);
        if (mine && mine->account == drafts_.account()) {
            draft_.account = mine->account;
        } else if (draft_.id != 0) {
            clear();
        }
    });
}

PublishEditor::~PublishEditor() = default;

QUrl PublishEditor::source() const {
    return draft_.path.isEmpty() ? QUrl() : QUrl::fromLocalFile(draft_.path);
}

bool PublishEditor::recorded() const {
    return files_.isRecording(draft_.path);
}

QString PublishEditor::fileName() const {
    return QFileInfo(draft_.path).fileName();
}

PublishProblem PublishEditor::fileProblem() const {
    if (disk_ != PublishProblem::None) {
        return disk_;
    }
    if (draft_.path.isEmpty()) {
        return PublishProblem::None;
    }
    if (!suffixIsTaken(suffixOf(fileName()))) {
        return PublishProblem::WrongSuffix;
    }
    if (const auto size = sizeProblem(draft_.stamp.size, frames_.isEmpty() ? 0 : kCoverRoom, limits_.now());
        size && !isSending(*size)) {
        return *size;
    }
    return problemOf(look_.error);
}

PublishProblem PublishEditor::problem() const {
    const PublishProblem found = fileProblem();
    return isSending(found) ? PublishProblem::None : found;
}

PublishProblem PublishEditor::warning() const {
    if (state_ == State::Empty || state_ == State::Checking || problem() != PublishProblem::None) {
        return PublishProblem::None;
    }
    if (const PublishProblem found = fileProblem(); found != PublishProblem::None) {
        return found;
    }
    if (const auto size = sizeProblem(draft_.stamp.size, 0, limits_.now())) {
        return *size;
    }
    return codec() == QLatin1StringView("H.264") ? PublishProblem::None : PublishProblem::RarePlayable;
}

PublishProblem PublishEditor::titleProblemNow() const {
    return titleProblem(draft_.title, limits_.now()).value_or(PublishProblem::None);
}

int PublishEditor::titleLengthNow() const {
    return titleLength(draft_.title.trimmed(), titleInBytes());
}

QString PublishEditor::cover() const {
    return dataUrl(draft_.thumb);
}

bool PublishEditor::publishable() const {
    return state_ == State::Checked && problem() == PublishProblem::None && isSending(titleProblemNow());
}

void PublishEditor::setTitle(const QString& title) {
    if (title == draft_.title) {
        return;
    }
    draft_.title = title;
    putDraft();
    Q_EMIT titleChanged();
    Q_EMIT changed();
}

void PublishEditor::openFile(const QUrl& file) {
    if (state_ == State::Handing) {
        return;
    }
    PublishDraft fresh;
    if (draft_.path.isEmpty()) {
        fresh = draft_;
    }
    if (!file.isLocalFile()) {
        disk_ = PublishProblem::NotLocal;
        setState(State::Checked);
        return;
    }
    fresh.path = QFileInfo(file.toLocalFile()).absoluteFilePath();
    start(std::move(fresh), true);
}

void PublishEditor::openDraft(const QString& id) {
    if (state_ == State::Handing) {
        return;
    }
    if (auto draft = drafts_.draft(id.toLongLong())) {
        start(std::move(*draft), false);
    }
}

void PublishEditor::start(PublishDraft draft, bool asItIs) {
    lookScope_.restart();
    coverScope_.restart();
    draft_ = std::move(draft);
    coverChosen_ = false;
    look_ = {};
    frames_.clear();
    disk_ = PublishProblem::None;
    setCopied(-1);
    Q_EMIT sourceChanged();
    Q_EMIT titleChanged();
    Q_EMIT framesChanged();
    Q_EMIT coverChanged();
    if (draft_.path.isEmpty()) {
        setState(State::Empty);
        return;
    }
    inspect(asItIs);
}

void PublishEditor::check() {
    if (!draft_.path.isEmpty() && state_ != State::Handing) {
        start(draft_, true);
    } else if (draft_.path.isEmpty()) {
        disk_ = PublishProblem::None;
        setState(State::Empty);
    }
}

QCoro::Task<> PublishEditor::inspect(bool asItIs) {
    const std::stop_token alive = lookScope_.token();
    setState(State::Checking);
    const QString path = draft_.path;
    const auto stamp = co_await files_.stamp(path, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!stamp) {
        disk_ = stamp.error();
        putDraft();
        setState(State::Checked);
        co_return;
    }
    const bool known = draft_.stamp.size != 0;
    if (known && !asItIs && draft_.stamp != *stamp) {
        disk_ = PublishProblem::FileChanged;
        setState(State::Checked);
        co_return;
    }
    if (known && draft_.stamp != *stamp) {
        draft_.thumb.clear();  // of another film
        draft_.coverMs = 0;
    }
    draft_.stamp = *stamp;
    putDraft();
    Q_EMIT changed();
    auto look = co_await files_.look(path, kStripFrames, kStripBound, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    showLook(std::move(look));
}

void PublishEditor::showLook(FileLook look) {
    look_ = std::move(look);
    frames_.clear();
    for (qsizetype i = 0; i < look_.pictures.size(); ++i) {
        frames_.append(QVariantMap{
            {QStringLiteral("source"), dataUrl(FileDesk::encoded(look_.pictures.at(i), kThumbQuality))},
            {QStringLiteral("at"), look_.times.at(i)}});
    }
    look_.pictures.clear();
    Q_EMIT framesChanged();
    setState(State::Checked);
    if (draft_.thumb.isEmpty() && !frames_.isEmpty()) {
        takeThumb();
    }
}

void PublishEditor::chooseCover(qint64 at) {
    if (frames_.isEmpty() || state_ != State::Checked) {
        return;
    }
    draft_.coverMs = std::clamp<qint64>(at, 0, std::max<qint64>(duration(), 0));
    coverChosen_ = true;
    putDraft();
    Q_EMIT coverChanged();
    takeThumb();
}

QCoro::Task<> PublishEditor::takeThumb() {
    coverScope_.restart();
    const std::stop_token alive = coverScope_.token();
    auto picture = co_await files_.cover(draft_.path, draft_.coverMs, kThumbBound, alive);
    if (alive.stop_requested() || picture.isEmpty()) {
        co_return;
    }
    draft_.thumb = std::move(picture);
    putDraft();
    Q_EMIT coverChanged();
}

void PublishEditor::publish() {
    if (!publishable()) {
        return;
    }
    setState(State::Handing);
    session_.whenSignedIn(this, QStringLiteral("publish"), [this](bool signedIn) {
        if (state_ != State::Handing) {
            return;  // something else was opened meanwhile
        }
        if (signedIn) {
            hand();
        } else {
            setState(State::Checked);
        }
    });
}

QCoro::Task<> PublishEditor::hand() {
    const std::stop_token alive = lookScope_.token();
    const auto stamp = co_await files_.stamp(draft_.path, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!stamp || *stamp != draft_.stamp) {
        disk_ = stamp ? PublishProblem::FileChanged : stamp.error();
        setState(State::Checked);
        co_return;
    }
    PublishData data;
    data.path = draft_.path;
    data.name = fileName();
    data.stamp = draft_.stamp;
    data.draft = draft_.id;
    data.thumb = draft_.thumb;
    if (!frames_.isEmpty()) {
        data.cover = co_await files_.cover(draft_.path, draft_.coverMs, kCoverBound, alive);
        if (alive.stop_requested()) {
            co_return;
        }
    }
    const bool recorded = files_.isRecording(draft_.path);
    if (!recorded && FileDesk::isTemporary(draft_.path)) {
        // Without room for it, the file has to stay where it is until it is sent.
        auto tell = [this](qint64 bytes) { setCopied(bytes); };
        data.keptPath = co_await files_.keep(draft_.path, std::move(tell), alive);
        if (alive.stop_requested()) {
            files_.remove(data.keptPath);
            co_return;
        }
        setCopied(-1);
    }
    if (!session_.signedIn() || !isSending(titleProblemNow())) {
        // Signed out again, or the title turned out to be too long, in the meantime.
        files_.remove(data.keptPath);
        setState(State::Checked);
        co_return;
    }
    if (recorded) {
        // Ours already; it goes when it is sent.
        data.keptPath = draft_.path;
    }
    Intent intent;
    intent.account = session_.accountKey();
    intent.kind = IntentKind::Publish;
    intent.text = draft_.title.trimmed();
    intent.caption = intent.text;
    intent.data = data.write();
    outbox_.put(std::move(intent));
    clear();
    Q_EMIT handedOver();
}

void PublishEditor::stopCopying() {
    if (copied_ >= 0) {
        lookScope_.restart();
        setCopied(-1);
        setState(State::Checked);
    }
}

void PublishEditor::setCopied(qint64 bytes) {
    if (std::exchange(copied_, bytes) != bytes) {
        Q_EMIT copiedChanged();
    }
}

// Choosing the file again would not bring it back.
bool PublishEditor::isWorthKeeping() const {
    return draft_.id != 0 || !draft_.title.trimmed().isEmpty() || coverChosen_ || recorded();
}

void PublishEditor::putDraft() {
    if (isWorthKeeping()) {
        keepDraft();
    }
}

void PublishEditor::keepDraft() {
    if (draft_.id == 0) {
        if (draft_.isEmpty()) {
            return;
        }
        draft_.id = drafts_.nextId();
        Q_EMIT sourceChanged();
    }
    draft_.account = drafts_.account();
    drafts_.put(draft_);
}

void PublishEditor::close() {
    if (state_ != State::Handing) {
        keepDraft();
        drafts_.flush();
        clear();
    }
}

void PublishEditor::discard() {
    if (state_ == State::Handing) {
        return;
    }
    const QString id = draftId();
    clear();
    drafts_.discard(id);
}

void PublishEditor::clear() {
    lookScope_.restart();
    coverScope_.restart();
    draft_ = {};
    coverChosen_ = false;
    look_ = {};
    frames_.clear();
    disk_ = PublishProblem::None;
    setCopied(-1);
    Q_EMIT sourceChanged();
    Q_EMIT titleChanged();
    Q_EMIT framesChanged();
    Q_EMIT coverChanged();
    setState(State::Empty);
}

void PublishEditor::setState(State state) {
    state_ = state;
    Q_EMIT changed();
}

}  // namespace tikgok
