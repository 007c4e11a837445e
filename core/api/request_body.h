// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bodies of requests as devices that can be read once and only once.
//
// QNetworkAccessManager quietly sends a request again, POST included, when the connection closes before the
// answer (measured with Qt 6.4: one post() arrived twice). It rewinds the body for that, so a body that
// cannot be rewound keeps it from doing so.
#pragma once

#include "core/api/transport.h"

#include <QByteArray>
#include <QFile>
#include <QIODevice>

namespace tikgok {

// Head, then a file, then tail. The file is read as it is sent.
class RequestBody final : public QIODevice {
    Q_OBJECT

public:
    // An empty body.
    RequestBody();
    // multipart/form-data. ok() tells whether the file could be opened.
    explicit RequestBody(const MultipartBody& parts);

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] QByteArray contentType() const { return contentType_; }
    [[nodiscard]] qint64 total() const { return total_; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return left_ == 0; }
    [[nodiscard]] qint64 bytesAvailable() const override { return left_; }
    bool reset() override { return false; }

protected:
    qint64 readData(char* data, qint64 size) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    QByteArray contentType_;
    QByteArray head_;
    QByteArray tail_;
    QFile file_;
    qint64 fileSize_ = 0;
    qint64 total_ = 0;
    qint64 left_ = 0;
    bool ok_ = true;
};

}  // namespace tikgok
