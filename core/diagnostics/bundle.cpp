// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diagnostics/bundle.h"

#include <algorithm>
#include <cstring>
#include <zlib.h>

namespace tikgok {

namespace {

constexpr qsizetype kBlock = 512;

// An octal number of that width, closed by a NUL, as tar has it.
void putOctal(QByteArray& header, qsizetype at, int width, std::int64_t value) {
    const QByteArray digits =
        QByteArray::number(static_cast<qlonglong>(value), 8).rightJustified(width - 1, '0');
    std::memcpy(header.data() + at, digits.constData(), static_cast<std::size_t>(width - 1));
}

void putText(QByteArray& header, qsizetype at, const QByteArray& text) {
    std::memcpy(header.data() + at, text.constData(), static_cast<std::size_t>(text.size()));
}

// The header of POSIX.1-1988 (ustar).
QByteArray headerOf(const BundlePart& part, std::int64_t now) {
    QByteArray header(kBlock, '\0');
    constexpr qsizetype kLongestName = 99;
    putText(header, 0, part.name.toLatin1().left(kLongestName));
    putOctal(header, 100, 8, 0600);
    putOctal(header, 108, 8, 0);
    putOctal(header, 116, 8, 0);
    putOctal(header, 124, 12, part.content.size());
    putOctal(header, 136, 12, now);
    header[156] = '0';
    putText(header, 257, QByteArray("ustar\00000", 8));
    // The sum is made with blanks in its own place.
    putText(header, 148, QByteArray(8, ' '));
    std::int64_t sum = 0;
    for (const char byte : header) {
        sum += static_cast<unsigned char>(byte);
    }
    putOctal(header, 148, 7, sum);
    header[154] = '\0';
    return header;
}

QByteArray gzip(const QByteArray& plain) {
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))), '\0');
    // zlib does not write to its input; its interface is older than const.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(plain.constData()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return whole ? packed : QByteArray();
}

}  // namespace

QByteArray tarGz(const QList<BundlePart>& parts, std::int64_t now) {
    QByteArray tar;
    for (const BundlePart& part : parts) {
        tar += headerOf(part, now);
        tar += part.content;
        tar += QByteArray((kBlock - part.content.size() % kBlock) % kBlock, '\0');
    }
    tar += QByteArray(2 * kBlock, '\0');
    return gzip(tar);
}

}  // namespace tikgok
