// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/request_body.h"

#include <QUuid>

#include <algorithm>
#include <cstring>

namespace tikgok {

namespace {

// Names inside a Content-Disposition header, as browsers escape them.
QByteArray quoted(const QString& text) {
    QByteArray bytes = text.toUtf8();
    bytes.replace('"', "%22");
    bytes.replace('\r', "%0D");
    bytes.replace('\n', "%0A");
    return '"' + bytes + '"';
}

}  // namespace

RequestBody::RequestBody() : contentType_(QByteArrayLiteral("application/x-www-form-urlencoded")) {
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

RequestBody::RequestBody(const MultipartBody& parts) : file_(parts.filePath) {
    const QByteArray boundary = "tikgok-" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    contentType_ = "multipart/form-data; boundary=" + boundary;
    for (const auto& [name, value] : parts.fields) {
        head_ += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(name) + "\r\n\r\n" +
                 value.toUtf8() + "\r\n";
    }
    head_ += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(parts.fileField) +
             "; filename=" + quoted(parts.fileName) + "\r\nContent-Type: application/octet-stream\r\n\r\n";
    for (const FormFile& file : parts.more) {
        tail_ += "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(file.field) +
                 "; filename=" + quoted(file.fileName) + "\r\nContent-Type: " + file.contentType +
                 "\r\n\r\n" + file.bytes;
    }
    tail_ += "\r\n--" + boundary + "--\r\n";
    ok_ = file_.open(QIODevice::ReadOnly) && !file_.isSequential();
    fileSize_ = ok_ ? file_.size() : 0;
    total_ = left_ = head_.size() + fileSize_ + tail_.size();
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 RequestBody::readData(char* data, qint64 size) {
    qint64 done = 0;
    while (done < size && left_ > 0) {
        const qint64 at = total_ - left_;
        qint64 got = 0;
        if (at < head_.size()) {
            got = std::min(size - done, head_.size() - at);
            std::memcpy(data + done, head_.constData() + at, static_cast<std::size_t>(got));
        } else if (at < head_.size() + fileSize_) {
            got = file_.read(data + done, std::min(size - done, head_.size() + fileSize_ - at));
            if (got <= 0) {
                // The file shrank while it was sent: better cut off than padded with something.
                setErrorString(QStringLiteral("the file changed while it was sent"));
                left_ = 0;
                return -1;
            }
        } else {
            got = std::min(size - done, left_);
            std::memcpy(data + done, tail_.constData() + (at - head_.size() - fileSize_),
                        static_cast<std::size_t>(got));
        }
        done += got;
        left_ -= got;
    }
    return done > 0 ? done : -1;
}

qint64 RequestBody::writeData(const char* /*data*/, qint64 /*size*/) {
    return -1;
}

}  // namespace tikgok
