// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the backend share: one in a directory of its own, and what people do there.
#pragma once

#include "backend-sim/backend.h"
#include "tests/backend_sim/services/doubles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace tikgok::sim::test {

inline std::filesystem::path resources() {
    return qEnvironmentVariable("TIKGOK_TEST_RESOURCES").toStdString();
}

inline bool writeFile(const QString& name, const QByteArray& content) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

class BackendStage {
protected:
    void begin() {
        directory_ = std::make_unique<QTemporaryDir>();
        QVERIFY(directory_->isValid());
    }
    void end() {
        backend_.reset();
        directory_.reset();
    }
    BackendConfig config() const {
        BackendConfig result;
        result.dataDirectory = path("data").toStdString();
        result.resourceDirectory = resources();
        result.world = "empty";
        result.mediaBaseUrl = "http://127.0.0.1:1/static/";
        result.passwordCost = {1, 8192};
        return result;
    }
    // Opens the directory of this test; the one before must be closed.
    bool open(const BackendConfig& config) {
        backend_.reset();
        auto opened = Backend::open(config);
        if (!opened) {
            error_ = opened.error();
            return false;
        }
        backend_ = std::move(*opened);
        return true;
    }
    bool open() { return open(config()); }
    QString path(const char* name) const { return directory_->filePath(QString::fromLatin1(name)); }
    Id registerUser(const std::string& name) {
        return waitFor<Id>([&](Done<Id> done) {
                   backend_->services().user.registerUser({}, name, "secret", std::move(done));
               })
            .value_or(0);
    }
    RequestContext as(Id user) const {
        RequestContext context;
        context.caller = user;
        return context;
    }
    Outcome<Id> publish(Id user, const QByteArray& content, const std::string& name,
                        const std::string& title) {
        return publish(as(user), content, name, title);
    }
    Outcome<Id> publish(const RequestContext& context, const QByteArray& content, const std::string& name,
                        const std::string& title) {
        static std::atomic<int> number = 0;
        const auto staged = backend_->stagingDirectory() / ("upload-" + std::to_string(++number));
        if (!writeFile(QString::fromStdString(staged.string()), content)) {
            return std::unexpected(contract::Failure{contract::Code::Service, "test cannot stage"});
        }
        return waitFor<Id>([&](Done<Id> done) {
            backend_->services().video.publish(context, {staged, name}, title, std::move(done));
        });
    }
    static QByteArray someVideo() {
        const QDir videos(QString::fromStdString((resources() / "media" / "videos").string()));
        const QStringList names =
            videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed);
        QFile file(names.isEmpty() ? QString() : videos.filePath(names.first()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Backend> backend_;
    BackendError error_;
};

}  // namespace tikgok::sim::test
