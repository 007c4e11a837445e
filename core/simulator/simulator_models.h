// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lists of the Simulator page.
#pragma once

#include "core/simulator/row_model.h"
#include "core/simulator/simulator_facts.h"

namespace tikgok {

class FaultRulesModel final : public RowModel<FaultRow> {
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        OnRole,
        MethodRole,
        RouteRole,
        // A list of texts.
        KindsRole,
        NumberRole,
        // Percent.
        ChanceRole,
        TimesRole,
        MatchedRole,
        StruckRole,
        EndedRole,
    };
    Q_ENUM(Role)
    explicit FaultRulesModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

class InsideFaultsModel final : public RowModel<InsideRow> {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole + 1, SummaryRole, OnRole, StruckRole };
    Q_ENUM(Role)
    explicit InsideFaultsModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

class SimPeopleModel final : public RowModel<SimPersonRow> {
    Q_OBJECT

public:
    // The id as digits.
    enum Role { NameRole = Qt::UserRole + 1, UserIdRole };
    Q_ENUM(Role)
    explicit SimPeopleModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

class SnapshotsModel final : public RowModel<SnapshotRow> {
    Q_OBJECT

public:
    // When it was made, as text in the language of the window.
    enum Role { NameRole = Qt::UserRole + 1, WorldRole, MadeRole };
    Q_ENUM(Role)
    explicit SnapshotsModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

class ScenariosModel final : public RowModel<ScenarioRow> {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole + 1, TitleRole, DescriptionRole };
    Q_ENUM(Role)
    explicit ScenariosModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

// The newest request first.
class JournalModel final : public RowModel<JournalRow> {
    Q_OBJECT

public:
    enum Role {
        // Digits.
        NumberRole = Qt::UserRole + 1,
        // The time of the simulator's clock, as text.
        TimeRole,
        MethodRole,
        PathRole,
        // 0: the connection ended before the head.
        StatusRole,
        // How a fault ended the connection: "close" or "reset"; empty: none did.
        CutRole,
        // -1: none.
        CodeRole,
        // Milliseconds, as text.
        SpentRole,
        FaultRole,
    };
    Q_ENUM(Role)
    static constexpr qsizetype kMost = 200;
    explicit JournalModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    // As the simulator gives them: the oldest first, all of them newer than what is there.
    void add(const QList<JournalRow>& newer);
    void clear() { setRows({}); }
};

class DeadLettersModel final : public RowModel<DeadLetterRow> {
    Q_OBJECT

public:
    enum Role {
        // Digits.
        LetterRole = Qt::UserRole + 1,
        UploadRole,
        ReasonRole,
        // How often it was tried, as digits.
        FailuresRole,
        // When it was given up, as text in the language of the window.
        DeadRole,
    };
    Q_ENUM(Role)
    explicit DeadLettersModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

// The newest first.
class FindingsModel final : public RowModel<FindingRow> {
    Q_OBJECT

public:
    enum Role {
        // Of the journal, as digits; empty: it is not in there.
        EntryRole = Qt::UserRole + 1,
        MethodRole,
        PathRole,
        StatusRole,
        // Lists of texts.
        RequestRole,
        AnswerRole,
        DeliberateRole,
    };
    Q_ENUM(Role)
    explicit FindingsModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

class CoverageModel final : public RowModel<CoverageRow> {
    Q_OBJECT

public:
    enum Role {
        RouteRole = Qt::UserRole + 1,
        // Digits.
        RequestsRole,
        // A list of {status, code (-1: none), count (digits), faults}.
        MetRole,
        // Lists of texts.
        UnmetCodesRole,
        UnmetFaultsRole,
    };
    Q_ENUM(Role)
    explicit CoverageModel(QObject* parent) : RowModel(parent) {}
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

}  // namespace tikgok
