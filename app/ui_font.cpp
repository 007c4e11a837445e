// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ui_font.h"

#include <QStringList>

namespace tikgok {

QFont uiFont() {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                      QStringLiteral("Source Han Sans SC"), QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("PingFang SC"), QStringLiteral("Microsoft YaHei UI"), font.family()});
    return font;
}

}  // namespace tikgok
