// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publisher.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// More than any system holds back for one connection: with so much missing, a body cannot arrive any more.
constexpr qint64 kSurelyMissing = qint64{16} * 1024 * 1024;

QString titleOf(const contract::Video& video) {
    return QString::fromStdString(video.title).trimmed();
}

}  // namespace

Publisher::Publisher(Api& api, Session& session, Outbox& outbox, FileDesk& files, ServerLimits& limits,
                     PublisherOptions options, QObject* parent)
    : QObject(parent),
      api_(api),
      session_(session),
      outbox_(outbox),
      files_(files),
      limits_(limits),
      options_(std::move(options)) {
    clock_.start();
    outbox_.setHandler(IntentKind::Publish, *this);
    connect(&outbox_, &Outbox::sent, this, [this](const Intent& intent) {
        if (intent.kind == IntentKind::Publish) {
            settle(intent);
        }
    });
    connect(&outbox_, &Outbox::discarded, this, [this](const Intent& intent) {
        if (intent.kind == IntentKind::Publish) {
            files_.remove(PublishData::read(intent.data).keptPath);
        }
    });
    connect(&outbox_, &Outbox::changed, this, [this](const Intent& intent) {
        if (intent.kind == IntentKind::Publish && intent.state != IntentState::Sending &&
            running_.remove(intent.id) > 0) {
            Q_EMIT progressChanged(intent.id);
        }
    });
}

Publisher::~Publisher() {
    outbox_.removeHandler(IntentKind::Publish);
}

std::optional<Publisher::Progress> Publisher::progress(IntentId id) const {
    const auto found = running_.constFind(id);
    return found == running_.cend() ? std::nullopt : std::optional(found->progress);
}

// The video of the list that this upload became.
std::optional<contract::Id> Publisher::match(const Intent& intent, const PublishData& data,
                                             const std::vector<contract::Video>& list) const {
    if (!data.known) {
        return std::nullopt;
    }
    QList<contract::Id> others;
    const QList<Intent> all = outbox_.all(intent.account);
    for (const Intent& other : all) {
        if (other.kind == IntentKind::Publish && other.id != intent.id) {
            others.append(PublishData::read(other.data).videoId);
        }
    }
    const QString title = intent.text.trimmed();
    // The oldest one: lists are newest first, and what came later is another upload's.
    for (auto video = list.rbegin(); video != list.rend(); ++video) {
        const bool isNew = !data.known->contains(video->id) && !others.contains(video->id);
        // Some servers do not keep titles.
        if (isNew && (titleOf(*video) == title || video->title.empty())) {
            return video->id;
        }
    }
    return std::nullopt;
}

QCoro::Task<Error> Publisher::refuse(IntentId id, PublishData data, PublishProblem problem) {
    data.problem = problem;
    co_await outbox_.setData(id, data.write());
    co_return Error{.kind = ErrorKind::Storage,
                    .serverWords = {},
                    .retryable = false,
                    .maybeDone = false,
                    .retryAfter = {},
                    .detail = QStringLiteral("the file is not as it was")};
}

QCoro::Task<Result<void>> Publisher::send(Intent intent, QString token, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    PublishData data = PublishData::read(intent.data);
    const QString path = data.pathToSend();
    auto stamp = co_await files_.stamp(path, alive);
    if (alive.stop_requested() || mine.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    const PublishProblem problem = !stamp                 ? stamp.error()
                                   : *stamp == data.stamp ? PublishProblem::None
                                                          : PublishProblem::FileChanged;
    if (problem != PublishProblem::None) {
        Error error = co_await refuse(intent.id, std::move(data), problem);
        co_return std::unexpected(std::move(error));
    }
    // Before the first byte: what is there already. After it: whether it came after all.
    auto list = co_await api_.publishList(session_.userId(), token, alive);
    if (alive.stop_requested() || mine.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!list) {
        Error error = std::move(list.error());
        error.maybeDone = false;
        co_return std::unexpected(std::move(error));
    }
    if (const auto arrived = match(intent, data, *list)) {
        data.videoId = *arrived;
        co_await outbox_.setData(intent.id, data.write());
        co_return Result<void>();
    }
    data.problem = PublishProblem::None;
    if (!data.known) {
        data.known.emplace();
        for (const contract::Video& video : *list) {
            data.known->append(video.id);
        }
    }
    auto kept = co_await outbox_.setData(intent.id, data.write());
    if (alive.stop_requested() || mine.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!kept) {
        co_return std::unexpected(std::move(kept.error()));
    }
    auto done = co_await transmit(std::move(intent), std::move(data), std::move(token), std::move(alive));
    co_return done;
}

QCoro::Task<Result<void>> Publisher::transmit(Intent intent, PublishData data, QString token,
                                              std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const IntentId id = intent.id;
    running_.insert(id, {});
    missing_.remove(id);
    Q_EMIT progressChanged(id);
    Upload upload{.filePath = data.pathToSend(),
                  .fileName = data.name,
                  .title = intent.text,
                  .cover = data.cover,
                  .progress = [this, mine, id](qint64 acknowledged, qint64 total) {
                      if (!mine.stop_requested()) {
                          moved(id, acknowledged, total);
                      }
                  }};
    auto done = co_await api_.publish(std::move(upload), token, alive);
    if (mine.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    const Progress reached = running_.take(id).progress;
    Q_EMIT progressChanged(id);
    missing_.insert(id, std::max<qint64>(reached.total, data.stamp.size) - reached.acknowledged);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (done) {
        limits_.taken(data.stamp.size);
        co_return Result<void>();
    }
    Error error = std::move(done.error());
    if (error.kind == ErrorKind::TooLarge) {
        limits_.refused(data.stamp.size);
    } else if (error.kind == ErrorKind::Refused) {
        // "service err" is what the reference says of a file that it does not take; sending all of it again
        // and again would not help. The person may.
        error.retryable = false;
        if (error.code == 1 && titleLength(intent.text, true) > maxTitleLength()) {
            limits_.countsBytes();
            data.problem = PublishProblem::TitleTooLong;
            co_await outbox_.setData(id, data.write());
        }
    }
    co_return std::unexpected(std::move(error));
}

QCoro::Task<Result<Presence>> Publisher::find(Intent intent, QString token, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    PublishData data = PublishData::read(intent.data);
    if (!data.known) {
        co_return Presence::Absent;  // not one byte was sent
    }
    const bool partOnly = missing_.value(intent.id) > kSurelyMissing;
    for (const auto pause : options_.findPauses) {
        if (pause.count() > 0) {
            co_await sleepFor(pause, alive);
        }
        if (alive.stop_requested() || mine.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        auto list = co_await api_.publishList(session_.userId(), token, alive);
        if (alive.stop_requested() || mine.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!list) {
            co_return std::unexpected(std::move(list.error()));
        }
        if (const auto arrived = match(intent, data, *list)) {
            data.videoId = *arrived;
            co_await outbox_.setData(intent.id, data.write());
            co_return Presence::There;
        }
        if (partOnly) {
            break;
        }
    }
    co_return Presence::Absent;
}

void Publisher::moved(IntentId id, qint64 acknowledged, qint64 total) {
    const auto found = running_.find(id);
    if (found == running_.end()) {
        return;
    }
    found->rate.add(clock_.elapsed(), acknowledged);
    found->progress = {.acknowledged = acknowledged,
                       .total = total,
                       .bytesPerSecond = found->rate.bytesPerSecond(),
                       .secondsLeft = found->rate.secondsFor(total - acknowledged)};
    Q_EMIT progressChanged(id);
}

// It is on the server: what was kept for sending goes, and its video is looked for.
void Publisher::settle(const Intent& intent) {
    missing_.remove(intent.id);
    files_.remove(PublishData::read(intent.data).keptPath);
    lookForVideo(intent.id);
}

void Publisher::lookForVideo(IntentId id) {
    findVideo(id);
}

QCoro::Task<> Publisher::findVideo(IntentId id) {
    const std::stop_token alive = scope_.token();
    for (const auto pause : options_.idPauses) {
        if (pause.count() > 0) {
            co_await sleepFor(pause, alive);
        }
        if (alive.stop_requested()) {
            co_return;
        }
        const auto intent = outbox_.intent(id);
        if (!intent || intent->state != IntentState::Sent) {
            co_return;
        }
        PublishData data = PublishData::read(intent->data);
        if (data.videoId == 0) {
            if (!session_.signedIn() || session_.accountKey() != intent->account) {
                co_return;
            }
            const auto list = co_await api_.publishList(session_.userId(), session_.token(), alive);
            if (alive.stop_requested()) {
                co_return;
            }
            const auto arrived = list ? match(*intent, data, *list) : std::nullopt;
            if (!arrived) {
                continue;
            }
            data.videoId = *arrived;
        }
        // Not needed any more, and large.
        data.cover.clear();
        data.known.reset();
        data.keptPath.clear();
        co_await outbox_.setData(id, data.write());
        if (!alive.stop_requested()) {
            Q_EMIT videoFound(id);
        }
        co_return;
    }
}

}  // namespace tikgok
