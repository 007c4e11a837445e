// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_data.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

namespace tikgok {

namespace {

const QMetaEnum& problemNames() {
    static const QMetaEnum names = QMetaEnum::fromType<PublishProblem>();
    return names;
}

QString base64(const QByteArray& bytes) {
    return QString::fromLatin1(bytes.toBase64());
}

}  // namespace

QByteArray PublishData::write() const {
    QJsonObject object{
        {QStringLiteral("path"), path},
        {QStringLiteral("name"), name},
        {QStringLiteral("size"), static_cast<qint64>(stamp.size)},
        {QStringLiteral("modified"), static_cast<qint64>(stamp.modified)},
        {QStringLiteral("kept"), keptPath},
        {QStringLiteral("draft"), static_cast<qint64>(draft)},
        {QStringLiteral("cover"), base64(cover)},
        {QStringLiteral("thumb"), base64(thumb)},
        {QStringLiteral("video"), QString::number(videoId)},
        {QStringLiteral("problem"), QLatin1StringView(problemNames().valueToKey(static_cast<int>(problem)))},
    };
    if (known) {
        QJsonArray ids;
        for (const contract::Id id : *known) {
            ids.append(QString::number(id));
        }
        object.insert(QLatin1StringView("known"), ids);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

PublishData PublishData::read(const QByteArray& bytes) {
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const auto text = [&](const char* key) { return object.value(QLatin1StringView(key)).toString(); };
    const auto number = [&](const char* key) { return object.value(QLatin1StringView(key)).toInteger(); };
    PublishData data;
    data.path = text("path");
    data.name = text("name");
    data.stamp = {.size = number("size"), .modified = number("modified")};
    data.keptPath = text("kept");
    data.draft = number("draft");
    data.cover = QByteArray::fromBase64(text("cover").toLatin1());
    data.thumb = QByteArray::fromBase64(text("thumb").toLatin1());
    data.videoId = text("video").toLongLong();
    data.problem = static_cast<PublishProblem>(
        std::max(0, problemNames().keyToValue(text("problem").toLatin1().constData())));
    if (const QJsonValue ids = object.value(QLatin1StringView("known")); ids.isArray()) {
        data.known.emplace();
        for (const auto& id : ids.toArray()) {
            data.known->append(id.toString().toLongLong());
        }
    }
    return data;
}

}  // namespace tikgok
