// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keys: one table of what can be done by a key, with what, and by which keys it is done now.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QString>
#include <QStringList>

// A namespace of its own, so that QML sees the values as Command.Like and nothing else comes along.
namespace tikgok::Commands {
Q_NAMESPACE

enum class Command {
    None,
    NextVideo,
    PreviousVideo,
    PlayPause,
    SeekBack,
    SeekForward,
    Like,
    Comments,
    Mute,
    ClearView,
    ForYou,
    Following,
    GoHome,
    GoFriends,
    GoPublish,
    GoMessages,
    GoMe,
    OpenActivity,
    OpenSettings,
    Refresh,
    Help,
};
Q_ENUM_NS(Command)

}  // namespace tikgok::Commands

namespace tikgok::CommandGroups {
Q_NAMESPACE

// Under which heading a command stands.
enum class Group { Watching, Going };
Q_ENUM_NS(Group)

}  // namespace tikgok::CommandGroups

namespace tikgok {

using Command = Commands::Command;
using CommandGroup = CommandGroups::Group;

// Keys by the name of their command. Only what differs from the defaults.
using ChosenKeys = QHash<QString, QStringList>;

class ShortcutStore {
public:
    ShortcutStore() = default;
    ShortcutStore(const ShortcutStore&) = delete;
    ShortcutStore& operator=(const ShortcutStore&) = delete;
    virtual ~ShortcutStore() = default;

    [[nodiscard]] virtual ChosenKeys chosenKeys() const = 0;
    virtual void setChosenKeys(const ChosenKeys& keys) = 0;
};

// A key is written "L", "Ctrl+Down", "?": modifiers in the order Ctrl, Alt, Shift, Meta, then the name of the
// key as Qt has it. Shift is part of a sign ("?"), not beside it. Each key does one thing at most.
class Shortcuts final : public QAbstractListModel {
    Q_OBJECT
    // Something differs from the defaults.
    Q_PROPERTY(bool changedAny READ changedAny NOTIFY keysChanged)

public:
    enum Role {
        CommandRole = Qt::UserRole + 1,
        GroupRole,
        // QStringList.
        KeysRole,
        // Differs from the default.
        ChangedRole,
    };
    Q_ENUM(Role)

    // `store` must outlive this. What it holds and nobody understands is left out.
    explicit Shortcuts(ShortcutStore& store, QObject* parent = nullptr);
    ~Shortcuts() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] bool changedAny() const;

    // What a key press asks for; of a QKeyEvent.
    Q_INVOKABLE [[nodiscard]] tikgok::Commands::Command commandFor(int key, int modifiers) const;
    // Under which heading a command stands: those of Watching mean nothing elsewhere.
    Q_INVOKABLE [[nodiscard]] tikgok::CommandGroups::Group groupOf(tikgok::Commands::Command command) const;
    // How that key is written; empty where it may not be chosen: modifiers alone, and Tab, Return and Escape,
    // without which there is no getting around.
    Q_INVOKABLE [[nodiscard]] QString written(int key, int modifiers) const;
    // What a written key does now.
    Q_INVOKABLE [[nodiscard]] tikgok::Commands::Command holderOf(const QString& written) const;
    Q_INVOKABLE [[nodiscard]] QStringList keysOf(tikgok::Commands::Command command) const;
    Q_INVOKABLE [[nodiscard]] bool isChanged(tikgok::Commands::Command command) const;

    // Whoever had the key loses it: ask holderOf() first. False when the key may not be chosen.
    Q_INVOKABLE bool addKey(tikgok::Commands::Command command, const QString& written);
    Q_INVOKABLE void removeKey(tikgok::Commands::Command command, const QString& written);
    // Takes its default keys back from whoever has them.
    Q_INVOKABLE void reset(tikgok::Commands::Command command);
    Q_INVOKABLE void resetAll();
    // All keys as they were before resetAll(); once, and not after another change.
    Q_INVOKABLE void undoResetAll();

Q_SIGNALS:
    void keysChanged();

private:
    void changed();
    void take(const QString& written, Command from);

    ShortcutStore& store_;
    QHash<Command, QStringList> keys_;
    QHash<QString, Command> commands_;
    // Before resetAll(); empty when there is nothing to undo.
    QHash<Command, QStringList> before_;
};

// The name of a command in the settings file: "like". Empty for None.
QString commandName(Command command);

}  // namespace tikgok
