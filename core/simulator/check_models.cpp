// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lists of what the simulator found: dead letters, validation, coverage.

#include "core/simulator/simulator_models.h"

#include <QDateTime>
#include <QLocale>

namespace tikgok {

QVariant DeadLettersModel::data(const QModelIndex& index, int role) const {
    const DeadLetterRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case LetterRole:
            return QString::number(row->id);
        case UploadRole:
            return row->upload;
        case ReasonRole:
        case Qt::DisplayRole:
            return row->reason;
        case FailuresRole:
            return QString::number(row->failures);
        case DeadRole:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row->deadMs), QLocale::ShortFormat);
        default:
            return {};
    }
}

QHash<int, QByteArray> DeadLettersModel::roleNames() const {
    return {{LetterRole, "letter"},
            {UploadRole, "upload"},
            {ReasonRole, "reason"},
            {FailuresRole, "failures"},
            {DeadRole, "dead"}};
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    const FindingRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case EntryRole:
            return row->entry > 0 ? QString::number(row->entry) : QString();
        case MethodRole:
            return row->method;
        case PathRole:
        case Qt::DisplayRole:
            return row->path;
        case StatusRole:
            return row->status;
        case RequestRole:
            return row->request;
        case AnswerRole:
            return row->answer;
        case DeliberateRole:
            return row->deliberate;
        default:
            return {};
    }
}

QHash<int, QByteArray> FindingsModel::roleNames() const {
    return {{EntryRole, "entry"},          {MethodRole, "method"},   {PathRole, "path"},
            {StatusRole, "status"},        {RequestRole, "request"}, {AnswerRole, "answer"},
            {DeliberateRole, "deliberate"}};
}

QVariant CoverageModel::data(const QModelIndex& index, int role) const {
    const CoverageRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case RouteRole:
        case Qt::DisplayRole:
            return row->route;
        case RequestsRole:
            return QString::number(row->requests);
        case MetRole: {
            QVariantList met;
            for (const MetAnswer& one : row->met) {
                met.append(QVariantMap{{QStringLiteral("status"), one.status},
                                       {QStringLiteral("code"), one.code},
                                       {QStringLiteral("count"), QString::number(one.count)},
                                       {QStringLiteral("faults"), one.faults}});
            }
            return met;
        }
        case UnmetCodesRole:
            return row->unmetCodes;
        case UnmetFaultsRole:
            return row->unmetFaults;
        default:
            return {};
    }
}

QHash<int, QByteArray> CoverageModel::roleNames() const {
    return {{RouteRole, "route"},
            {RequestsRole, "requests"},
            {MetRole, "met"},
            {UnmetCodesRole, "unmetCodes"},
            {UnmetFaultsRole, "unmetFaults"}};
}

}  // namespace tikgok
