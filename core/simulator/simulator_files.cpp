// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/simulator_files.h"

#include "core/storage/private_file.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// It is in memory once, and a recording of a simulator is not larger.
constexpr qint64 kMostFileBytes = qint64{512} * 1024 * 1024;
// What one call of an import carries, before base64.
constexpr qint64 kPieceBytes = 1'000'000;
// A world is put together, or looked through, before the first byte comes.
constexpr std::chrono::milliseconds kFilePatience{120'000};
// With which every exported world begins.
constexpr QByteArrayView kWorldMagic("SQLite format 3\0", 16);

}  // namespace

SimulatorFiles::SimulatorFiles(AdminClient& client, QObject* parent) : QObject(parent), client_(client) {
    disk_.setMaxThreadCount(1);
}

SimulatorFiles::~SimulatorFiles() {
    disk_.waitForDone();
}

bool SimulatorFiles::begin(Work work, const QUrl& file) {
    if (work_ != Work::None) {
        return false;
    }
    work_ = work;
    progress_ = -1;
    last_ = Work::None;
    outcome_ = Outcome::None;
    place_.clear();
    problem_ = ErrorKind::None;
    words_.clear();
    if (!file.isLocalFile()) {
        end(Outcome::NotHere);
        return false;
    }
    Q_EMIT changed();
    return true;
}

void SimulatorFiles::end(Outcome outcome, const QString& place) {
    last_ = std::exchange(work_, Work::None);
    committing_ = false;
    if (const QString import = std::exchange(import_, {}); outcome != Outcome::Done && !import.isEmpty()) {
        takeBack(import);
    }
    outcome_ = outcome;
    place_ = place;
    progress_ = -1;
    if (outcome == Outcome::Done) {
        Q_EMIT done(last_, place_);
    }
    Q_EMIT changed();
}

void SimulatorFiles::endWith(const Error& error) {
    problem_ = error.kind;
    words_ = error.serverWords;
    const bool bad = error.detail == QLatin1StringView("bad_file");
    end(error.kind == ErrorKind::TooLarge ? Outcome::TooLarge : bad ? Outcome::NotAWorld : Outcome::Refused);
}

void SimulatorFiles::stop() {
    if (stoppable()) {
        scope_.restart();
        end(Outcome::Stopped);
    }
}

void SimulatorFiles::forget() {
    scope_.restart();
    committing_ = false;
    import_.clear();
    work_ = Work::None;
    last_ = Work::None;
    outcome_ = Outcome::None;
    Q_EMIT changed();
}

template <class T>
QCoro::Task<std::optional<T>> SimulatorFiles::onDisk(std::function<T()> work, std::stop_token alive) {
    const Once<std::optional<T>> ended;
    disk_.start([ended, work = std::move(work), context = &context_] {
        const T result = work();
        QMetaObject::invokeMethod(context, [ended, result] { ended.finish(result); });
    });
    const std::stop_callback gone(alive, [ended] { ended.finish(std::nullopt); });
    auto result = co_await ended;
    co_return alive.stop_requested() ? std::nullopt : std::move(result);
}

void SimulatorFiles::exportWorld(const QUrl& file) {
    if (begin(Work::ExportWorld, file)) {
        fetch(AdminCall::get(QStringLiteral("world/export")), file.toLocalFile());
    }
}

void SimulatorFiles::saveRecording(const QUrl& file) {
    if (begin(Work::SaveRecording, file)) {
        fetch(AdminCall::get(QStringLiteral("recording/file")), file.toLocalFile());
    }
}

QCoro::Task<> SimulatorFiles::fetch(AdminCall call, QString path) {
    const std::stop_token alive = scope_.token();
    call.patience = kFilePatience;
    call.mostBytes = kMostFileBytes;
    const auto answer = co_await client_.raw(std::move(call), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!answer) {
        endWith(answer.error());
        co_return;
    }
    committing_ = true;
    Q_EMIT changed();
    std::function<QString()> write = [path, bytes = answer->body] { return writePrivateFile(path, bytes); };
    const auto trouble = co_await onDisk<QString>(std::move(write), alive);
    if (alive.stop_requested() || !trouble) {
        co_return;
    }
    if (trouble->isEmpty()) {
        end(Outcome::Done, path);
    } else {
        end(Outcome::FileTrouble, *trouble);
    }
}

void SimulatorFiles::importWorld(const QUrl& file) {
    if (begin(Work::ImportWorld, file)) {
        upload(file.toLocalFile());
    }
}

SimulatorFiles::Piece SimulatorFiles::readPiece(const QString& path, qint64 at, qint64 most) {
    QFile file(path);
    // What is no plain file might never end, or never begin.
    if (const QFileInfo facts(path); facts.exists() && !facts.isFile()) {
        return {};
    }
    if (!file.open(QIODevice::ReadOnly) || !file.seek(at)) {
        return {.bytes = {}, .fileSize = 0, .trouble = file.errorString()};
    }
    Piece piece{.bytes = file.read(most), .fileSize = file.size(), .trouble = {}};
    if (file.error() != QFileDevice::NoError) {
        piece.trouble = file.errorString();
    }
    return piece;
}

// Nothing is changed before the last call: until then the simulator has a file that nobody knows.
QCoro::Task<> SimulatorFiles::upload(QString path) {
    const std::stop_token alive = scope_.token();
    qint64 sent = 0;
    for (bool all = false; !all;) {
        std::function<Piece()> read = [path, sent] { return readPiece(path, sent, kPieceBytes); };
        const auto piece = co_await onDisk<Piece>(std::move(read), alive);
        if (alive.stop_requested() || !piece) {
            co_return;
        }
        if (!piece->trouble.isEmpty()) {
            end(Outcome::FileTrouble, piece->trouble);
            co_return;
        }
        if (sent == 0 && !piece->bytes.startsWith(kWorldMagic)) {
            end(Outcome::NotAWorld);
            co_return;
        }
        if (import_.isEmpty()) {
            const auto begun = co_await client_.call(AdminCall::post(QStringLiteral("imports")), alive);
            if (alive.stop_requested()) {
                co_return;
            }
            if (!begun) {
                endWith(begun.error());
                co_return;
            }
            import_ = AdminCall::piece(begun->value(QLatin1StringView("import")).toString());
        }
        if (!piece->bytes.isEmpty()) {
            QJsonObject body;
            body.insert(QStringLiteral("at"), sent);
            body.insert(QStringLiteral("base64"), QString::fromLatin1(piece->bytes.toBase64()));
            const auto taken =
                co_await client_.call(AdminCall::put(QStringLiteral("imports/") + import_, body), alive);
            if (alive.stop_requested()) {
                co_return;
            }
            if (!taken) {
                endWith(taken.error());
                co_return;
            }
        }
        sent += piece->bytes.size();
        all = piece->bytes.isEmpty() || sent >= piece->fileSize;
        progress_ = all ? -1 : static_cast<double>(sent) / static_cast<double>(piece->fileSize);
        Q_EMIT changed();
    }
    const auto there = co_await client_.call(AdminCall::get(QStringLiteral("snapshots")), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!there) {
        endWith(there.error());
        co_return;
    }
    QStringList taken;
    for (const auto& one : there->value(QLatin1StringView("snapshots")).toArray()) {
        taken.append(one.toObject().value(QLatin1StringView("name")).toString());
    }
    const QString name = snapshotName(path, taken);
    QJsonObject body;
    body.insert(QStringLiteral("name"), name);
    AdminCall finish = AdminCall::post(QStringLiteral("imports/%1/finish").arg(import_), body);
    finish.patience = kFilePatience;
    committing_ = true;
    Q_EMIT changed();
    const auto made = co_await client_.call(std::move(finish), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (made) {
        end(Outcome::Done, name);
    } else {
        endWith(made.error());
    }
}

QCoro::Task<> SimulatorFiles::takeBack(QString import) {
    // Whether that works or not: it was of no use to anybody.
    co_await client_.call(AdminCall::remove(QStringLiteral("imports/") + import), takingBack_.token());
}

QString SimulatorFiles::snapshotName(const QString& path, const QStringList& taken) {
    constexpr qsizetype kMostName = 48;
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9._-]+"));
    static const QRegularExpression begin(QStringLiteral("^[^A-Za-z0-9]+"));
    QString base = QFileInfo(path).completeBaseName();
    base.replace(other, QStringLiteral("-")).remove(begin);
    base = base.left(kMostName);
    if (base.isEmpty()) {
        base = QStringLiteral("imported");
    }
    QString name = base;
    for (int i = 2; taken.contains(name); ++i) {
        name = base + QLatin1Char('-') + QString::number(i);
    }
    return name;
}

}  // namespace tikgok
