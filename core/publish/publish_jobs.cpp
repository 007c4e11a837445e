// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_jobs.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// Sent ones are shown for a day.
constexpr std::int64_t kShownMs = std::int64_t{24} * 3600 * 1000;

// What to speak of first.
int urgencyOf(PublishJobs::State state) {
    switch (state) {
        case PublishJobs::State::Sending:
        case PublishJobs::State::Processing:
        case PublishJobs::State::Checking:
            return 4;
        case PublishJobs::State::Failed:
            return 3;
        case PublishJobs::State::Retrying:
        case PublishJobs::State::Preparing:
            return 2;
        case PublishJobs::State::Paused:
            return 1;
        case PublishJobs::State::Sent:
            return 0;
    }
    return 0;
}

}  // namespace

PublishJobs::PublishJobs(Session& session, Outbox& outbox, Publisher& publisher, QObject* parent)
    : QAbstractListModel(parent),
      session_(session),
      outbox_(outbox),
      publisher_(publisher),
      countdown_(*this, outbox, [this](int row) -> const Intent& { return rows_.at(row).intent; },
                 {StateRole, RetryInRole}) {
    connect(&outbox_, &Outbox::loadedChanged, this, &PublishJobs::rebuild);
    connect(&session_, &Session::signedInChanged, this, &PublishJobs::rebuild);
    connect(&session_, &Session::serverChanged, this, &PublishJobs::rebuild);
    connect(&outbox_, &Outbox::changed, this, &PublishJobs::changed);
    connect(&outbox_, &Outbox::kept, this, &PublishJobs::changed);
    connect(&outbox_, &Outbox::sent, this, [this](const Intent& intent) {
        changed(intent);
        if (belongs(intent)) {
            Q_EMIT published(intent.text);
        }
    });
    connect(&outbox_, &Outbox::discarded, this, [this](const Intent& intent) {
        if (const int row = rowOf(intent.id); row >= 0) {
            beginRemoveRows({}, row, row);
            rows_.removeAt(row);
            endRemoveRows();
            updateCurrent();
            Q_EMIT countChanged();
        }
    });
    connect(&publisher_, &Publisher::progressChanged, this, &PublishJobs::touch);
    connect(&publisher_, &Publisher::videoFound, this, &PublishJobs::touch);
    rebuild();
}

PublishJobs::~PublishJobs() = default;

bool PublishJobs::belongs(const Intent& intent) const {
    if (intent.kind != IntentKind::Publish || intent.account != session_.accountKey() ||
        intent.account.isEmpty()) {
        return false;
    }
    return intent.state != IntentState::Sent || outbox_.now() - intent.createdAt < kShownMs;
}

void PublishJobs::rebuild() {
    beginResetModel();
    rows_.clear();
    const QList<Intent> all = outbox_.all(session_.accountKey());
    for (const Intent& intent : all) {
        if (belongs(intent)) {
            rows_.append({intent, PublishData::read(intent.data)});
            if (intent.state == IntentState::Sent && rows_.last().data.videoId == 0) {
                publisher_.lookForVideo(intent.id);
            }
        }
    }
    endResetModel();
    updateCurrent();
    Q_EMIT countChanged();
}

int PublishJobs::rowOf(IntentId id) const {
    const auto found = std::ranges::find_if(rows_, [id](const Row& row) { return row.intent.id == id; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void PublishJobs::changed(const Intent& intent) {
    if (!belongs(intent)) {
        return;
    }
    const int row = rowOf(intent.id);
    if (row < 0) {
        beginInsertRows({}, 0, 0);
        rows_.prepend({intent, PublishData::read(intent.data)});
        endInsertRows();
        updateCurrent();
        Q_EMIT countChanged();
        return;
    }
    touch(intent.id);
}

void PublishJobs::touch(IntentId id) {
    const int row = rowOf(id);
    const auto intent = outbox_.intent(id);
    if (row < 0 || !intent) {
        return;
    }
    // Reading the data again costs a picture; it seldom changes.
    if (rows_.at(row).intent.data != intent->data) {
        rows_[row].data = PublishData::read(intent->data);
    }
    rows_[row].intent = *intent;
    Q_EMIT dataChanged(index(row), index(row));
    updateCurrent();
}

PublishJobs::State PublishJobs::stateOf(const Row& row) const {
    const Intent& intent = row.intent;
    switch (intent.state) {
        case IntentState::Waiting:
            return intent.nextTry > outbox_.now() ? State::Retrying : State::Preparing;
        case IntentState::Paused:
            return State::Paused;
        case IntentState::Sending: {
            const auto progress = publisher_.progress(intent.id);
            return !progress ? State::Preparing : progress->complete() ? State::Processing : State::Sending;
        }
        case IntentState::Checking:
            return State::Checking;
        case IntentState::Sent:
            return State::Sent;
        case IntentState::Failed:
            return State::Failed;
    }
    return State::Preparing;
}

double PublishJobs::fractionOf(const Row& row) const {
    if (row.intent.state == IntentState::Sent) {
        return 1;
    }
    const auto progress = publisher_.progress(row.intent.id);
    return !progress || progress->total <= 0
               ? 0
               : static_cast<double>(progress->acknowledged) / static_cast<double>(progress->total);
}

int PublishJobs::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PublishJobs::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count()) {
        return {};
    }
    const Row& row = rows_.at(index.row());
    const auto progress = publisher_.progress(row.intent.id);
    switch (role) {
        case JobIdRole:
            return QString::number(row.intent.id);
        case Qt::DisplayRole:
        case TitleRole:
            return row.intent.text;
        case FileNameRole:
            return row.data.name;
        case ThumbRole:
            return row.data.thumb.isEmpty() ? QString()
                                            : QStringLiteral("data:image/jpeg;base64,") +
                                                  QString::fromLatin1(row.data.thumb.toBase64());
        case StateRole:
            return QVariant::fromValue(stateOf(row));
        case FractionRole:
            return fractionOf(row);
        case SentBytesRole:
            return progress ? progress->acknowledged : 0;
        case TotalBytesRole:
            return progress && progress->total > 0 ? progress->total : qint64(row.data.stamp.size);
        case BytesPerSecondRole:
            return progress ? progress->bytesPerSecond : 0.0;
        case SecondsLeftRole:
            return progress ? progress->secondsLeft.value_or(-1) : -1;
        case RetryInRole:
            return countdown_.secondsLeft(row.intent);
        case ErrorKindRole:
            return QVariant::fromValue(row.intent.errorKind);
        case ErrorWordsRole:
            return row.intent.errorWords;
        case ProblemRole:
            return QVariant::fromValue(row.data.problem);
        case VideoIdRole:
            return row.data.videoId == 0 ? QString() : QString::number(row.data.videoId);
        case RecordedRole:
            return !row.data.keptPath.isEmpty() && row.data.keptPath == row.data.path;
        case KeptRole:
            return row.intent.kept;
        case MaybeThereRole:
            return row.intent.maybeDone || stateOf(row) == State::Processing ||
                   stateOf(row) == State::Checking;
        default:
            return {};
    }
}

QHash<int, QByteArray> PublishJobs::roleNames() const {
    return {{JobIdRole, "jobId"},
            {TitleRole, "title"},
            {FileNameRole, "fileName"},
            {ThumbRole, "thumb"},
            {StateRole, "jobState"},
            {FractionRole, "fraction"},
            {SentBytesRole, "sentBytes"},
            {TotalBytesRole, "totalBytes"},
            {BytesPerSecondRole, "bytesPerSecond"},
            {SecondsLeftRole, "secondsLeft"},
            {RetryInRole, "retryIn"},
            {ErrorKindRole, "errorKind"},
            {ErrorWordsRole, "errorWords"},
            {ProblemRole, "problem"},
            {VideoIdRole, "videoId"},
            {RecordedRole, "recorded"},
            {KeptRole, "kept"},
            {MaybeThereRole, "maybeThere"}};
}

void PublishJobs::updateCurrent() {
    int best = -1;
    int urgency = 0;
    openCount_ = 0;
    for (int row = 0; row < count(); ++row) {
        const State state = stateOf(rows_.at(row));
        openCount_ += state != State::Sent ? 1 : 0;
        if (urgencyOf(state) > urgency) {
            urgency = urgencyOf(state);
            best = row;
        }
    }
    countdown_.update();
    current_ = best;
    Q_EMIT currentChanged();
}

void PublishJobs::setActive(bool active) {
    if (std::exchange(active_, active) == active) {
        return;
    }
    countdown_.setSeen(active);
    Q_EMIT activeChanged();
}

PublishJobs::State PublishJobs::currentState() const {
    return current_ < 0 ? State::Sent : stateOf(rows_.at(current_));
}

double PublishJobs::currentFraction() const {
    return current_ < 0 ? 0 : fractionOf(rows_.at(current_));
}

QString PublishJobs::currentTitle() const {
    return current_ < 0 ? QString() : rows_.at(current_).intent.text;
}

void PublishJobs::pause(const QString& job) {
    outbox_.pause(job.toLongLong());
}

void PublishJobs::resume(const QString& job) {
    outbox_.resume(job.toLongLong());
}

void PublishJobs::retry(const QString& job) {
    outbox_.retry(job.toLongLong());
}

void PublishJobs::cancel(const QString& job) {
    outbox_.discard(job.toLongLong());
}

}  // namespace tikgok
