// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/shortcuts.h"

#include <QMetaEnum>

#include <algorithm>
#include <array>
#include <utility>

namespace tikgok {

namespace {

struct CommandEntry {
    Command command;
    CommandGroup group;
    const char* name;
    // By default; written as Shortcuts does.
    std::array<const char*, 3> keys;
};

constexpr std::array kCommandTable{
    CommandEntry{Command::NextVideo, CommandGroup::Watching, "nextVideo", {"Down", "J", "PageDown"}},
    CommandEntry{Command::PreviousVideo, CommandGroup::Watching, "previousVideo", {"Up", "K", "PageUp"}},
    CommandEntry{Command::PlayPause, CommandGroup::Watching, "playPause", {"Space"}},
    CommandEntry{Command::SeekBack, CommandGroup::Watching, "seekBack", {"Left"}},
    CommandEntry{Command::SeekForward, CommandGroup::Watching, "seekForward", {"Right"}},
    CommandEntry{Command::Like, CommandGroup::Watching, "like", {"L"}},
    CommandEntry{Command::Comments, CommandGroup::Watching, "comments", {"C"}},
    CommandEntry{Command::Mute, CommandGroup::Watching, "mute", {"M"}},
    CommandEntry{Command::ClearView, CommandGroup::Watching, "clearView", {"F"}},
    CommandEntry{Command::ForYou, CommandGroup::Watching, "forYou", {"["}},
    CommandEntry{Command::Following, CommandGroup::Watching, "following", {"]"}},
    CommandEntry{Command::GoHome, CommandGroup::Going, "goHome", {"1"}},
    CommandEntry{Command::GoFriends, CommandGroup::Going, "goFriends", {"2"}},
    CommandEntry{Command::GoPublish, CommandGroup::Going, "goPublish", {"3"}},
    CommandEntry{Command::GoMessages, CommandGroup::Going, "goMessages", {"4"}},
    CommandEntry{Command::GoMe, CommandGroup::Going, "goMe", {"5"}},
    CommandEntry{Command::OpenActivity, CommandGroup::Going, "openActivity", {"A"}},
    CommandEntry{Command::OpenSettings, CommandGroup::Going, "openSettings", {"S", "Ctrl+,"}},
    CommandEntry{Command::Refresh, CommandGroup::Going, "refresh", {"F5"}},
    CommandEntry{Command::Help, CommandGroup::Going, "help", {"?"}},
};

const CommandEntry* entryOf(Command command) {
    const auto found = std::ranges::find(kCommandTable, command, &CommandEntry::command);
    return found == kCommandTable.end() ? nullptr : &*found;
}

QStringList defaultKeys(Command command) {
    QStringList keys;
    if (const CommandEntry* entry = entryOf(command)) {
        for (const char* key : entry->keys) {
            if (key != nullptr) {
                keys.append(QString::fromLatin1(key));
            }
        }
    }
    return keys;
}

// Signs whose place on the keyboard differs, and with it whether Shift is needed.
bool isSign(int key) {
    return key > 0x20 && key < 0x01000000 && !QChar(key).isLetterOrNumber();
}

bool mayBeChosen(int key) {
    switch (key) {
        case 0:
        case Qt::Key_unknown:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Back:
        case Qt::Key_Shift:
        case Qt::Key_Control:
        case Qt::Key_Alt:
        case Qt::Key_AltGr:
        case Qt::Key_Meta:
        case Qt::Key_Super_L:
        case Qt::Key_Super_R:
        case Qt::Key_CapsLock:
        case Qt::Key_NumLock:
        case Qt::Key_ScrollLock:
            return false;
        default:
            return true;
    }
}

QString nameOfKey(int key) {
    if (key > 0x20 && key < 0x01000000) {
        const char32_t sign = static_cast<char32_t>(key);
        return QString::fromUcs4(&sign, 1).toUpper();
    }
    const char* name = QMetaEnum::fromType<Qt::Key>().valueToKey(key);
    constexpr qsizetype kPrefix = 4;  // "Key_"
    return name == nullptr ? QString() : QString::fromLatin1(name).mid(kPrefix);
}

constexpr std::array<std::pair<Qt::KeyboardModifier, const char*>, 4> kModifierNames{
    {{Qt::ControlModifier, "Ctrl+"},
     {Qt::AltModifier, "Alt+"},
     {Qt::ShiftModifier, "Shift+"},
     {Qt::MetaModifier, "Meta+"}}};

QString writtenKey(int key, int modifiers) {
    const QString name = nameOfKey(key);
    if (name.isEmpty()) {
        return {};
    }
    QString text;
    for (const auto& [modifier, word] : kModifierNames) {
        if ((modifiers & modifier) != 0 && !(modifier == Qt::ShiftModifier && isSign(key))) {
            text += QLatin1StringView(word);
        }
    }
    return text + name;
}

// Whether a text is one that writtenKey() makes of a key that may be chosen.
bool isWrittenKey(const QString& text) {
    QString name = text;
    int modifiers = 0;
    for (const auto& [modifier, word] : kModifierNames) {
        const QLatin1StringView prefix(word);
        if (name.startsWith(prefix) && name.size() > prefix.size()) {
            name = name.mid(prefix.size());
            modifiers |= static_cast<int>(modifier);
        }
    }
    int key = 0;
    if (name.size() == 1) {
        key = name.at(0).toUpper().unicode();
    } else {
        bool known = false;
        key = QMetaEnum::fromType<Qt::Key>().keyToValue(("Key_" + name.toLatin1()).constData(), &known);
        key = known ? key : 0;
    }
    return mayBeChosen(key) && writtenKey(key, modifiers) == text;
}

}  // namespace

QString commandName(Command command) {
    const CommandEntry* entry = entryOf(command);
    return entry == nullptr ? QString() : QString::fromLatin1(entry->name);
}

Shortcuts::Shortcuts(ShortcutStore& store, QObject* parent) : QAbstractListModel(parent), store_(store) {
    const ChosenKeys chosen = store_.chosenKeys();
    // Chosen keys first: a default must not take what somebody wanted elsewhere.
    for (const bool choosing : {true, false}) {
        for (const CommandEntry& entry : kCommandTable) {
            const auto mine = chosen.constFind(QString::fromLatin1(entry.name));
            if ((mine != chosen.constEnd()) != choosing) {
                continue;
            }
            for (const QString& key : choosing ? *mine : defaultKeys(entry.command)) {
                if (isWrittenKey(key) && !commands_.contains(key)) {
                    commands_.insert(key, entry.command);
                    keys_[entry.command].append(key);
                }
            }
        }
    }
}

Shortcuts::~Shortcuts() = default;

int Shortcuts::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kCommandTable.size());
}

QVariant Shortcuts::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const CommandEntry& entry = kCommandTable[static_cast<std::size_t>(index.row())];
    switch (role) {
        case CommandRole:
            return static_cast<int>(entry.command);
        case GroupRole:
            return static_cast<int>(entry.group);
        case KeysRole:
            return keysOf(entry.command);
        case ChangedRole:
            return isChanged(entry.command);
        case Qt::DisplayRole:
            return QString::fromLatin1(entry.name);
        default:
            return {};
    }
}

QHash<int, QByteArray> Shortcuts::roleNames() const {
    return {{CommandRole, QByteArrayLiteral("command")},
            {GroupRole, QByteArrayLiteral("group")},
            {KeysRole, QByteArrayLiteral("keys")},
            {ChangedRole, QByteArrayLiteral("changed")}};
}

bool Shortcuts::isChanged(Command command) const {
    return keysOf(command) != defaultKeys(command);
}

bool Shortcuts::changedAny() const {
    return std::ranges::any_of(kCommandTable,
                               [this](const CommandEntry& entry) { return isChanged(entry.command); });
}

CommandGroup Shortcuts::groupOf(Command command) const {
    const CommandEntry* entry = entryOf(command);
    return entry == nullptr ? CommandGroup::Watching : entry->group;
}

Command Shortcuts::commandFor(int key, int modifiers) const {
    return commands_.value(writtenKey(key, modifiers), Command::None);
}

QString Shortcuts::written(int key, int modifiers) const {
    return mayBeChosen(key) ? writtenKey(key, modifiers) : QString();
}

Command Shortcuts::holderOf(const QString& written) const {
    return commands_.value(written, Command::None);
}

QStringList Shortcuts::keysOf(Command command) const {
    return keys_.value(command);
}

void Shortcuts::take(const QString& written, Command from) {
    commands_.remove(written);
    keys_[from].removeAll(written);
}

bool Shortcuts::addKey(Command command, const QString& written) {
    if (entryOf(command) == nullptr || !isWrittenKey(written)) {
        return false;
    }
    const Command holder = holderOf(written);
    if (holder == command) {
        return true;
    }
    if (holder != Command::None) {
        take(written, holder);
    }
    commands_.insert(written, command);
    keys_[command].append(written);
    changed();
    return true;
}

void Shortcuts::removeKey(Command command, const QString& written) {
    if (holderOf(written) == command && command != Command::None) {
        take(written, command);
        changed();
    }
}

void Shortcuts::reset(Command command) {
    if (entryOf(command) == nullptr) {
        return;
    }
    for (const QString& key : keysOf(command)) {
        commands_.remove(key);
    }
    keys_[command] = defaultKeys(command);
    for (const QString& key : defaultKeys(command)) {
        if (const Command holder = holderOf(key); holder != Command::None) {
            take(key, holder);
        }
        commands_.insert(key, command);
    }
    changed();
}

void Shortcuts::resetAll() {
    auto before = std::exchange(keys_, {});
    commands_.clear();
    for (const CommandEntry& entry : kCommandTable) {
        keys_[entry.command] = defaultKeys(entry.command);
        for (const QString& key : defaultKeys(entry.command)) {
            commands_.insert(key, entry.command);
        }
    }
    changed();
    before_ = std::move(before);
}

void Shortcuts::undoResetAll() {
    if (before_.isEmpty()) {
        return;
    }
    keys_ = std::exchange(before_, {});
    commands_.clear();
    for (auto one = keys_.cbegin(); one != keys_.cend(); ++one) {
        for (const QString& key : one.value()) {
            commands_.insert(key, one.key());
        }
    }
    changed();
}

void Shortcuts::changed() {
    before_.clear();
    ChosenKeys chosen;
    for (const CommandEntry& entry : kCommandTable) {
        if (isChanged(entry.command)) {
            chosen.insert(QString::fromLatin1(entry.name), keysOf(entry.command));
        }
    }
    store_.setChosenKeys(chosen);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT keysChanged();
}

}  // namespace tikgok
