// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults that one wants often, ready to put in; and a rule as a small form describes it.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace tikgok {

// In the order of the page.
QStringList faultPresets();
// Nothing when there is none of that name.
std::optional<QJsonObject> faultPreset(const QString& name);

// See SimulatorDesk::addRule().
QJsonObject faultRuleOf(const QString& route, const QString& kind, int number, int percent, int times);

}  // namespace tikgok
