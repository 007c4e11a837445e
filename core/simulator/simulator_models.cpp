// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/simulator_models.h"

#include <QDateTime>
#include <QLocale>

namespace tikgok {

QVariant FaultRulesModel::data(const QModelIndex& index, int role) const {
    const FaultRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return row->name;
        case OnRole:
            return row->on;
        case MethodRole:
            return row->method;
        case RouteRole:
            return row->route;
        case KindsRole:
            return row->kinds;
        case NumberRole:
            return QString::number(row->number);
        case ChanceRole:
            return qRound(row->chance * 100);
        case TimesRole:
            return QString::number(row->times);
        case MatchedRole:
            return QString::number(row->matched);
        case StruckRole:
            return QString::number(row->struck);
        case EndedRole:
            return row->ended;
        default:
            return {};
    }
}

QHash<int, QByteArray> FaultRulesModel::roleNames() const {
    return {{NameRole, "name"},       {OnRole, "on"},         {MethodRole, "method"}, {RouteRole, "route"},
            {KindsRole, "kinds"},     {NumberRole, "number"}, {ChanceRole, "chance"}, {TimesRole, "times"},
            {MatchedRole, "matched"}, {StruckRole, "struck"}, {EndedRole, "ended"}};
}

QVariant InsideFaultsModel::data(const QModelIndex& index, int role) const {
    const InsideRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return row->name;
        case SummaryRole:
            return row->summary;
        case OnRole:
            return row->on;
        case StruckRole:
            return QString::number(row->struck);
        default:
            return {};
    }
}

QHash<int, QByteArray> InsideFaultsModel::roleNames() const {
    return {{NameRole, "name"}, {SummaryRole, "summary"}, {OnRole, "on"}, {StruckRole, "struck"}};
}

QVariant SimPeopleModel::data(const QModelIndex& index, int role) const {
    const SimPersonRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return row->name;
        case UserIdRole:
            return QString::number(row->id);
        default:
            return {};
    }
}

QHash<int, QByteArray> SimPeopleModel::roleNames() const {
    return {{NameRole, "name"}, {UserIdRole, "userId"}};
}

QVariant SnapshotsModel::data(const QModelIndex& index, int role) const {
    const SnapshotRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case NameRole:
        case Qt::DisplayRole:
            return row->name;
        case WorldRole:
            return row->world;
        case MadeRole:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row->madeMs), QLocale::ShortFormat);
        default:
            return {};
    }
}

QHash<int, QByteArray> SnapshotsModel::roleNames() const {
    return {{NameRole, "name"}, {WorldRole, "world"}, {MadeRole, "made"}};
}

QVariant ScenariosModel::data(const QModelIndex& index, int role) const {
    const ScenarioRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
        case NameRole:
            return row->name;
        case TitleRole:
        case Qt::DisplayRole:
            return row->title.isEmpty() ? row->name : row->title;
        case DescriptionRole:
            return row->description;
        default:
            return {};
    }
}

QHash<int, QByteArray> ScenariosModel::roleNames() const {
    return {{NameRole, "name"}, {TitleRole, "title"}, {DescriptionRole, "description"}};
}

QVariant JournalModel::data(const QModelIndex& index, int role) const {
    const JournalRow* const row = rowAt(index);
    if (row == nullptr) {
        return {};
    }
    constexpr double kMsPerUs = 0.001;
    switch (role) {
        case NumberRole:
            return QString::number(row->number);
        case TimeRole:
            return QDateTime::fromMSecsSinceEpoch(row->timeMs).toString(QStringLiteral("HH:mm:ss.zzz"));
        case MethodRole:
            return row->method;
        case PathRole:
        case Qt::DisplayRole:
            return row->path;
        case StatusRole:
            return row->status;
        case CutRole:
            return row->cut;
        case CodeRole:
            return row->code;
        case SpentRole:
            return QLocale().toString(static_cast<double>(row->spentUs) * kMsPerUs, 'f', 1);
        case FaultRole:
            return row->fault;
        default:
            return {};
    }
}

QHash<int, QByteArray> JournalModel::roleNames() const {
    return {{NumberRole, "number"}, {TimeRole, "time"},     {MethodRole, "method"},
            {PathRole, "path"},     {StatusRole, "status"}, {CutRole, "cut"},
            {CodeRole, "code"},     {SpentRole, "spent"},   {FaultRole, "fault"}};
}

void JournalModel::add(const QList<JournalRow>& newer) {
    QList<JournalRow> turned(newer.crbegin(), newer.crend());
    putFirst(turned, kMost);
}

}  // namespace tikgok
