// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/single_instance.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTimer>

#include <utility>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace tikgok {

namespace {

// A caller that says more than this is none of ours.
constexpr qsizetype kMostBytes = qsizetype{64} * 1024;
constexpr std::chrono::seconds kCallerTime{5};
// One byte that only the first instance sends, when it has taken the words.
constexpr char kTaken = '+';

// Socket paths have about a hundred bytes at most. By any path the same directory has the same name.
QString nameFor(const QString& dataDirectory) {
    const QString real = QFileInfo(dataDirectory).canonicalFilePath();
    const QByteArray key = (real.isEmpty() ? QDir(dataDirectory).absolutePath() : real).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
    return QStringLiteral("tikgok-") + QString::fromLatin1(hash.first(16));
}

}  // namespace

SingleInstance::SingleInstance(const QString& place, const QString& dataDirectory, QObject* parent)
    : QObject(parent),
      socketPath_(QDir(place).filePath(nameFor(dataDirectory) + QStringLiteral(".socket"))),
      lock_(QDir(place).filePath(nameFor(dataDirectory) + QStringLiteral(".lock"))),
      dataLockPath_(QDir(dataDirectory).filePath(QStringLiteral("client.lock"))) {
    // The lock of a process that is gone is stale at once, that of a running one never.
    lock_.setStaleLockTime(0);
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::takeCaller);
}

SingleInstance::~SingleInstance() {
#ifdef Q_OS_UNIX
    if (dataLock_ >= 0) {
        ::close(dataLock_);
    }
#endif
}

SingleInstance::Role SingleInstance::claim(const QStringList& words, std::chrono::milliseconds patience) {
    bool canBeCalled = lock_.tryLock(0);
    if (!canBeCalled && lock_.error() == QLockFile::LockFailedError) {
        canBeCalled = isLeftUnderThisNumber() && QFile::remove(lock_.fileName()) && lock_.tryLock(0);
        if (!canBeCalled) {
            return callFirst(words, patience);
        }
    }
    if (!holdData()) {
        lock_.unlock();
        return Role::DataInUse;
    }
    if (!canBeCalled) {
        return Role::First;
    }
    // What a crash left behind; nobody else can be listening there while the lock is ours.
    QLocalServer::removeServer(socketPath_);
    server_.listen(socketPath_);
    return Role::First;
}

// This file outlives the session and the system's start, so a number in it might be anybody's by now: the
// system's lock on it, which ends with its process however that ends, is what counts. It stays there for the
// next one. False: another process has it; where there are no such locks, nothing can be told.
bool SingleInstance::holdData() {
#ifdef Q_OS_UNIX
    dataLock_ = ::open(QFile::encodeName(dataLockPath_).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (dataLock_ < 0) {
        return true;
    }
    while (::flock(dataLock_, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            ::close(std::exchange(dataLock_, -1));
            return false;
        }
        if (errno != EINTR) {
            break;
        }
    }
#endif
    return true;
}

// Qt takes a lock for one that is held when a process of its number is alive, and this process is. It is its
// own when the program has started anew, and that of a killed one where numbers begin from the start each
// time, as in a container. There a living one may have the same number as well, but it answers.
bool SingleInstance::isLeftUnderThisNumber() const {
    qint64 holder = 0;
    if (!lock_.getLockInfo(&holder, nullptr, nullptr) || holder != QCoreApplication::applicationPid()) {
        return false;
    }
    QLocalSocket socket;
    socket.connectToServer(socketPath_);
    constexpr int kOfThisComputer = 1000;
    return !socket.waitForConnected(kOfThisComputer);
}

SingleInstance::Role SingleInstance::callFirst(const QStringList& words,
                                               std::chrono::milliseconds patience) const {
    const QDeadlineTimer deadline(patience);
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    // The first may hold the lock and not listen yet.
    while (socket.state() != QLocalSocket::ConnectedState) {
        socket.connectToServer(socketPath_);
        if (!socket.waitForConnected(left()) && deadline.hasExpired()) {
            return Role::NoAnswer;
        }
        if (socket.state() != QLocalSocket::ConnectedState) {
            constexpr int kRetry = 20;
            socket.waitForReadyRead(kRetry);
        }
    }
    socket.write(QJsonDocument(QJsonArray::fromStringList(words)).toJson(QJsonDocument::Compact) + '\n');
    while (socket.bytesAvailable() == 0) {
        if (!socket.waitForReadyRead(left())) {
            return Role::NoAnswer;
        }
    }
    char answer = 0;
    return socket.getChar(&answer) && answer == kTaken ? Role::Second : Role::NoAnswer;
}

void SingleInstance::takeCaller() {
    while (QLocalSocket* caller = server_.nextPendingConnection()) {
        connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
        QTimer::singleShot(kCallerTime, caller, &QLocalSocket::abort);
        const auto read = [this, caller] {
            if (!caller->canReadLine()) {
                if (caller->bytesAvailable() > kMostBytes) {
                    caller->abort();
                }
                return;
            }
            const QJsonDocument said = QJsonDocument::fromJson(caller->readLine(kMostBytes));
            if (!said.isArray()) {
                caller->abort();
                return;
            }
            QStringList words;
            for (const auto& word : said.array()) {
                words.append(word.toString());
            }
            caller->putChar(kTaken);
            caller->flush();
            caller->disconnectFromServer();
            Q_EMIT raiseRequested(words);
        };
        connect(caller, &QLocalSocket::readyRead, this, read);
        read();  // it may have come along with the connection
    }
}

}  // namespace tikgok
