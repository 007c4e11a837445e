// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The address book: the server inside, those that the person wrote down, and which one is used.
#pragma once

#include "core/api/saved_servers.h"
#include "core/api/server_address.h"
#include "core/api/server_belongings.h"
#include "core/api/server_check.h"
#include "core/api/task_scope.h"

#include <QAbstractListModel>
#include <QList>
#include <QString>
#include <QUrl>

namespace tikgok {

// A server's key is "builtin" or its address; accounts, drafts and what was found are kept by it.
class ServersModel final : public QAbstractListModel, public ServerFacts {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int presentRow READ presentRow NOTIFY presentChanged)
    // Its name, or its address where it has none; empty for the one inside.
    Q_PROPERTY(QString presentName READ presentName NOTIFY presentChanged)
    // The present one was given on the command line, and the next start uses the chosen one again.
    Q_PROPERTY(bool forThisRun READ forThisRun NOTIFY presentChanged)
    Q_PROPERTY(tikgok::Dialects::Dialect dialect READ dialect NOTIFY traitsChanged)
    // The test of the address that is being typed.
    Q_PROPERTY(tikgok::ServerCheck* formCheck READ formCheck CONSTANT)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        AddressRole,
        BuiltInRole,
        PresentRole,
        // Not in the book: it came from the command line.
        PassingRole,
        // What was found the last time, perhaps in an earlier run.
        DialectRole,
        // A ServerCheck.
        CheckRole,
        // What is kept for it is being removed, and then it goes.
        LeavingRole,
    };
    Q_ENUM(Role)

    static const QString kBuiltIn;

    // `saved` must outlive the model.
    ServersModel(SavedServers& saved, ServerCheck::TransportFactory factory, QObject* parent = nullptr);
    ~ServersModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] int presentRow() const;
    [[nodiscard]] QString presentName() const;
    [[nodiscard]] bool forThisRun() const { return forThisRun_; }
    [[nodiscard]] Dialect dialect() const { return traits().dialect; }
    [[nodiscard]] ServerCheck* formCheck() const { return formCheck_; }
    [[nodiscard]] ServerTraits traits() const override;

    // What is kept for servers; without it, nothing is. Must outlive the model, or be taken back (null).
    void setBelongings(ServerBelongings* belongings);

    // Which server the client talks to now, and where that is; looks at it, quietly. An empty `url`: it is
    // not there yet.
    void setPresent(const QString& key, const QUrl& url, bool forThisRun);

    // What `address` would become; empty when it has a problem.
    Q_INVOKABLE [[nodiscard]] QString completed(const QString& address) const;
    // `row`: the one that is being edited, or -1.
    Q_INVOKABLE [[nodiscard]] tikgok::AddressProblems::Problem problemWith(const QString& address,
                                                                           int row = -1) const;
    // Nothing happens when the address has a problem, which is the answer.
    Q_INVOKABLE tikgok::AddressProblems::Problem add(const QString& name, const QString& address);
    // Another address is another server: the row with the former one goes as by remove(), once it is not the
    // present one any more. Another address of the present server is used at once. Not for the one inside.
    Q_INVOKABLE tikgok::AddressProblems::Problem edit(int row, const QString& name, const QString& address);
    // False for the one inside, and for the present one. What is kept for the server goes first, then the
    // row: removed() or removalFailed() follows. A program that ends in between shows the server the next
    // time, with what is left.
    Q_INVOKABLE bool remove(int row);
    // Rows may go while somebody is asked about one. -1: there is none with this AddressRole.
    Q_INVOKABLE [[nodiscard]] int rowWithAddress(const QString& address) const;
    // What would go with a server.
    Q_INVOKABLE [[nodiscard]] int accountsOf(int row) const;
    Q_INVOKABLE [[nodiscard]] int writesOf(int row) const;
    Q_INVOKABLE [[nodiscard]] int draftsOf(int row) const;
    Q_INVOKABLE [[nodiscard]] int recordingsOf(int row) const;
    // Uses that server from now on, also after a restart.
    Q_INVOKABLE void choose(int row);
    Q_INVOKABLE void test(int row);
    Q_INVOKABLE void testAddress(const QString& address);
    // The present one answers again. Looks at it anew where it was not there to be looked at.
    void serverIsBack();

Q_SIGNALS:
    void countChanged();
    void presentChanged();
    // Something about traits() changed.
    void traitsChanged();
    // Empty: the one inside.
    void chosen(const QUrl& server);
    // `name`: its name, or its address.
    void removed(const QString& name);
    // The disk or the vault did not let go of something. The server stays.
    void removalFailed(const QString& name);

private:
    struct Row {
        QString name;
        QUrl url;
        bool passing = false;
        ServerCheck* check = nullptr;
        bool leaving = false;
    };

    [[nodiscard]] QString keyOf(const Row& row) const;
    [[nodiscard]] int rowOf(const QString& key) const;
    Row makeRow(const SavedServer& server, bool passing);
    void save();
    void changedRow(int row);
    void dropPassing();
    QCoro::Task<> takeAway(QString key);
    void takeAwayFormer();
    [[nodiscard]] ServerThings thingsOf(int row) const;
    void found(const ServerCheck* check, const ServerReport& report);

    SavedServers& saved_;
    ServerCheck::TransportFactory factory_;
    ServerCheck* formCheck_;
    QList<Row> rows_;
    QString present_;
    // Where the one inside listens now; empty while it does not run.
    QUrl builtInUrl_;
    bool forThisRun_ = false;
    ServerBelongings* belongings_ = nullptr;
    // The present one was moved from there and is not left yet.
    QString former_;
    TaskScope scope_;
};

}  // namespace tikgok
