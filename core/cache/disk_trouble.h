// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Why a folder of this device takes nothing more.
#pragma once

#include <QObject>
#include <QString>

// A namespace of its own, so that QML sees the values as DiskTrouble.Full and nothing else comes along.
namespace tikgok::DiskTroubles {
Q_NAMESPACE

enum class Kind {
    None,
    Full,     // no room
    Refused,  // not to be written to (rights, read-only), or broken
};
Q_ENUM_NS(Kind)

}  // namespace tikgok::DiskTroubles

namespace tikgok {

using DiskTrouble = DiskTroubles::Kind;

// Why writing to this folder has just failed. Asks the disk: not on the GUI's thread.
DiskTrouble diskTroubleOf(const QString& directory);

}  // namespace tikgok
