// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/audit.h"

#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage.h"

#include <QAccessible>
#include <QQuickItem>
#include <QRectF>

namespace tikgok::test {

namespace {

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
    // What is wider than its room there is moved into sight.
    const bool sideways = item->inherits("QQuickFlickable") && item->clip() &&
                          item->property("contentWidth").toDouble() > item->width() + 1;
    const QRectF room = sideways ? QRectF(-1e5, window.top(), 2e5, window.height()) : window;
    for (QQuickItem* child : item->childItems()) {
        collectCut(child, room, cut);
    }
}

}  // namespace

QStringList namelessIn(QQuickWindow* window, int& named) {
    if (!waitForRest(window)) {
        return {QStringLiteral("the layout does not come to rest")};
    }
    QStringList nameless;
    collectNameless(QAccessible::queryAccessibleInterface(window), nameless, named);
    return nameless;
}

QStringList cutIn(QQuickWindow* window) {
    if (!waitForRest(window)) {
        return {QStringLiteral("the layout does not come to rest")};
    }
    QStringList cut;
    collectCut(window->contentItem(), QRectF(QPointF(), QSizeF(window->size())), cut);
    return cut;
}

QStringList cutInShapes(Stage& stage, const QList<QSize>& sizes) {
    QStringList cut;
    for (const QSize size : sizes) {
        for (const double scale : {1.0, 2.0}) {
            for (const char* language : {"en", "zh_CN"}) {
                stage.window()->resize(size);
                stage.settings.setTextScale(scale);
                stage.setLanguage(QLatin1String(language));
                for (const QString& one : cutIn(stage.window())) {
                    cut.append(QStringLiteral("%1x%2 at %3, %4: %5")
                                   .arg(size.width())
                                   .arg(size.height())
                                   .arg(scale)
                                   .arg(QLatin1String(language), one));
                }
            }
        }
    }
    return cut;
}

}  // namespace tikgok::test
