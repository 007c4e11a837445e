// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/audit.h"

namespace tikgok::test {

void collectNameless(QAccessibleInterface* at, QStringList& nameless, int& named) {
    if (!at || at->state().invisible) {
        return;
    }
    const bool wants = at->state().focusable || at->role() == QAccessible::Button ||
                       at->role() == QAccessible::CheckBox || at->role() == QAccessible::PageTab ||
                       at->role() == QAccessible::EditableText || at->role() == QAccessible::RadioButton ||
                       at->role() == QAccessible::Slider;
    if (wants && at->role() != QAccessible::Window && at->role() != QAccessible::Application) {
        if (at->text(QAccessible::Name).isEmpty()) {
            nameless.append(QStringLiteral("%1 %2")
                                .arg(int(at->role()))
                                .arg(at->object()
                                         ? QString::fromLatin1(at->object()->metaObject()->className()) +
                                               at->object()->objectName()
                                         : QString()));
        } else {
            ++named;
        }
    }
    for (int i = 0; i < at->childCount(); ++i) {
        collectNameless(at->child(i), nameless, named);
    }
}

void collectCut(QQuickItem* item, const QRectF& window, QStringList& cut) {
    if (!item->isVisible() || item->opacity() == 0) {
        return;
    }
    const QRectF where = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    const bool button = item->inherits("QQuickAbstractButton");
    const bool label = item->inherits("QQuickText");
    if ((button || label) && item->width() > 0 && where.intersects(window)) {
        const QString what =
            QStringLiteral("%1 '%2' %3 of %4 at %5")
                .arg(QString::fromLatin1(item->metaObject()->className()), item->property("text").toString())
                .arg(item->width())
                .arg(item->implicitWidth())
                .arg(where.x());
        // A PushButton breaks its words into lines.
        const bool wraps = item->inherits("QQuickButton");
        if (button && item->implicitWidth() > item->width() + 1 && !wraps) {
            cut.append(what);
        }
        // Words that may end in dots say so; the others must be whole.
        if (label && item->property("elide").toInt() == Qt::ElideNone &&
            item->property("contentWidth").toDouble() > item->width() + 1) {
            cut.append(what);
        }
        if (where.left() < window.left() - 1 || where.right() > window.right() + 1) {
            cut.append(QStringLiteral("outside: ") + what);
        }
    }
    for (QQuickItem* child : item->childItems()) {
        collectCut(child, window, cut);
    }
}

}  // namespace tikgok::test
