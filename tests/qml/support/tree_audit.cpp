// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/qml/support/tree_audit.h"

#include "tests/qml/support/rest.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QPointer>
#include <QQuickItem>
#include <QTest>

#include <algorithm>
#include <functional>

namespace tikgok::test {

namespace {

// More stops than any page has.
constexpr int kMostStops = 250;

QString roleName(QAccessible::Role role) {
    return QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
}

QString wordsFor(QAccessibleInterface* at) {
    const QObject* object = at->object();
    return QStringLiteral("%1 '%2' %3 (%4)")
        .arg(roleName(at->role()), at->text(QAccessible::Name),
             object != nullptr ? object->objectName() : QString(),
             object != nullptr ? QString::fromLatin1(object->metaObject()->className()) : QString());
}

QString wordsFor(const QQuickItem* item) {
    QAccessibleInterface* at = QAccessible::queryAccessibleInterface(const_cast<QQuickItem*>(item));
    return at != nullptr ? wordsFor(at) : QString::fromLatin1(item->metaObject()->className());
}

// What can be pressed, filled in, moved or chosen.
bool isOperated(QAccessible::Role role) {
    switch (role) {
        case QAccessible::Button:
        case QAccessible::CheckBox:
        case QAccessible::RadioButton:
        case QAccessible::PageTab:
        case QAccessible::EditableText:
        case QAccessible::Slider:
        case QAccessible::Link:
        case QAccessible::MenuItem:
        case QAccessible::ComboBox:
        case QAccessible::SpinBox:
            return true;
        default:
            return false;
    }
}

// Roles that may have the keyboard without being operated: one moves within them, or scrolls them.
bool isContainer(QAccessible::Role role) {
    return role == QAccessible::List || role == QAccessible::ListItem || role == QAccessible::Grouping ||
           role == QAccessible::PageTabList || role == QAccessible::StaticText;
}

void walk(QAccessibleInterface* at, const std::function<void(QAccessibleInterface*)>& visit) {
    if (at == nullptr || at->state().invisible) {
        return;
    }
    visit(at);
    for (int i = 0; i < at->childCount(); ++i) {
        walk(at->child(i), visit);
    }
}

void judge(QAccessibleInterface* at, QStringList& faults) {
    const QAccessible::Role role = at->role();
    const QAccessible::State state = at->state();
    const auto fault = [&](const char* what) {
        faults.append(QStringLiteral("%1: %2").arg(QLatin1StringView(what), wordsFor(at)));
    };
    const auto* item = qobject_cast<QQuickItem*>(at->object());
    if (at->text(QAccessible::Name).trimmed().isEmpty()) {
        fault("no name");
    }
    if (!isOperated(role) && !isContainer(role)) {
        fault("takes the keyboard, but the role does not say what it is");
    }
    if (at->rect().isEmpty()) {
        fault("without a size");
    }
    if (item == nullptr) {
        return;
    }
    // The role that QML declares, and not the one that the class of the control brings along.
    const QObject* attached = nullptr;
    for (const QObject* child : item->children()) {
        if (child->inherits("QQuickAccessibleAttached")) {
            attached = child;
        }
    }
    if (attached == nullptr) {
        fault("nothing is declared about it");
    }
    // Qt before 6.5 never says disabled.
    if (state.disabled && item->isEnabled()) {
        fault("said to be disabled");
    }
    if (state.focused && !item->hasActiveFocus()) {
        fault("said to have the keyboard");
    }
    const bool pressable = role == QAccessible::Button || role == QAccessible::CheckBox ||
                           role == QAccessible::RadioButton || role == QAccessible::PageTab;
    if (pressable && item->isEnabled()) {
        QAccessibleActionInterface* actions = at->actionInterface();
        const QStringList names = actions != nullptr ? actions->actionNames() : QStringList();
        if (!names.contains(QAccessibleActionInterface::pressAction()) &&
            !names.contains(QAccessibleActionInterface::toggleAction())) {
            fault("cannot be pressed by a screen reader");
        }
    }
    if ((role == QAccessible::CheckBox || role == QAccessible::RadioButton) && !state.checkable) {
        fault("does not say that it can be checked");
    }
    if (role == QAccessible::PageTab && !state.selectable) {
        fault("does not say that it can be selected");
    }
}

QRectF placeOf(const QQuickItem* item) {
    return item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
}

// Whether it is wrong to come from one to the next.
bool goesBack(const QRectF& from, const QRectF& to) {
    constexpr double kLeeway = 8;
    const bool inside = from.adjusted(-1, -1, 1, 1).contains(to) || to.adjusted(-1, -1, 1, 1).contains(from);
    if (inside) {
        return false;
    }
    const bool above = to.bottom() <= from.top() + kLeeway;
    const bool sameRow = to.top() < from.bottom() - kLeeway && from.top() < to.bottom() - kLeeway;
    // To the top of the next column.
    if (above) {
        return to.left() < from.right() - kLeeway;
    }
    return sameRow && to.right() <= from.left() + kLeeway;
}

// A notice floats over the page for some seconds. It is the last stop, after all of the page, wherever it
// stands.
bool isOfNotice(const QQuickItem* item) {
    for (const QQuickItem* up = item; up != nullptr; up = up->parentItem()) {
        if (up->objectName() == QLatin1StringView("toasts")) {
            return true;
        }
    }
    return false;
}

// The sheet in which the keyboard is, or the window: Tab stays within a sheet.
QAccessibleInterface* frontOf(QQuickWindow* window) {
    for (QQuickItem* up = window->activeFocusItem(); up != nullptr; up = up->parentItem()) {
        if (up->inherits("QQuickPopupItem")) {
            return QAccessible::queryAccessibleInterface(up);
        }
    }
    return QAccessible::queryAccessibleInterface(window);
}

// One is on: the tab that is shown, the choice that is made.
void judgeGroup(QAccessibleInterface* at, QStringList& faults) {
    const QAccessible::Role wanted = at->role() == QAccessible::PageTabList ? QAccessible::PageTab
                                     : at->role() == QAccessible::Grouping  ? QAccessible::RadioButton
                                                                            : QAccessible::NoRole;
    int members = 0;
    int on = 0;
    walk(at, [&](QAccessibleInterface* one) {
        const QAccessible::State state = one->state();
        if (wanted != QAccessible::NoRole && one->role() == wanted) {
            ++members;
            on += wanted == QAccessible::PageTab ? state.selected : state.checked;
        }
    });
    // Things that belong together are a group, too, and have no choices in them.
    const bool choices = at->role() == QAccessible::PageTabList || members > 0;
    if (wanted != QAccessible::NoRole && choices && (members < 2 || on != 1)) {
        faults.append(QStringLiteral("%1 of %2 are on in %3").arg(on).arg(members).arg(wordsFor(at)));
    }
}

QStringList treeFaults(QQuickWindow* window) {
    QStringList faults;
    int judged = 0;
    int likes = 0;
    walk(frontOf(window), [&](QAccessibleInterface* at) {
        const QAccessible::Role role = at->role();
        if (role == QAccessible::Window || role == QAccessible::Application || role == QAccessible::Dialog) {
            return;
        }
        judgeGroup(at, faults);
        likes +=
            at->object() != nullptr && at->object()->objectName() == QLatin1StringView("likeButton") ? 1 : 0;
        const auto* item = qobject_cast<QQuickItem*>(at->object());
        const bool tabs = item != nullptr && item->activeFocusOnTab();
        // Words count as focusable for screen readers that go through them; nobody can do anything with them.
        if (isOperated(role) || tabs) {
            ++judged;
            judge(at, faults);
        }
    });
    if (likes > 1) {
        faults.append(QStringLiteral("the neighbours of the video are there"));
    }
    if (judged < 2) {
        faults.append(QStringLiteral("hardly anything is there"));
    }
    return faults;
}

QStringList tabFaults(QQuickWindow* window) {
    QStringList faults;
    QStringList backwards;
    QList<QPointer<QQuickItem>> way;
    const auto step = [&](bool forward) {
        QTest::keyClick(window, forward ? Qt::Key_Tab : Qt::Key_Backtab,
                        forward ? Qt::NoModifier : Qt::ShiftModifier);
        // The view that it is in comes after it.
        QTest::qWait(0);
        QTest::qWait(0);
        static_cast<void>(QTest::qWaitFor([window] { return isPolished(window); }));
        return QPointer<QQuickItem>(window->activeFocusItem());
    };
    const QRectF all(QPointF(), QSizeF(window->size()));
    // It may be on its way there.
    const auto isSomewhere = [window] {
        return window->activeFocusItem() == nullptr || window->activeFocusItem()->isVisible();
    };
    if (!QTest::qWaitFor(isSomewhere)) {
        faults.append(QStringLiteral("the keyboard is with something that has gone: ") +
                      wordsFor(window->activeFocusItem()));
    }
    // Where it starts may be a place that Tab does not lead to.
    step(true);
    QPointer<QQuickItem> at = step(true);
    while (at && way.size() < kMostStops && !way.contains(at)) {
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(at);
        if (face == nullptr || face->role() == QAccessible::NoRole) {
            faults.append(QStringLiteral("the keyboard is where a screen reader finds nothing: %1 %2")
                              .arg(QString::fromLatin1(at->metaObject()->className()), at->objectName()));
        } else {
            if (face->text(QAccessible::Name).trimmed().isEmpty()) {
                faults.append(QStringLiteral("reached, without a name: ") + wordsFor(face));
            }
            if (!face->state().focused) {
                faults.append(QStringLiteral("has the keyboard and does not say so: ") + wordsFor(face));
            }
        }
        if (!at->isVisible() || !at->isEnabled() || at->width() <= 0 || at->height() <= 0) {
            faults.append(QStringLiteral("reached, and not there: ") + wordsFor(at.data()));
        }
        // What has the keyboard comes onto the screen, with the next frames.
        if (!QTest::qWaitFor([&] { return !at || placeOf(at).intersects(all); }, 2000)) {
            faults.append(QStringLiteral("has the keyboard outside the window: ") + wordsFor(at.data()));
        }
        way.append(at);
        const QPointer<QQuickItem> before = at;
        at = step(true);
        const bool notice = before && at && isOfNotice(before) != isOfNotice(at);
        if (before && at && !notice && goesBack(placeOf(before), placeOf(at))) {
            backwards.append(QStringLiteral("against the way one reads: from %1 to %2")
                                 .arg(wordsFor(before.data()), wordsFor(at.data())));
        }
    }
    if (way.size() < 2) {
        faults.append(QStringLiteral("Tab leads hardly anywhere"));
    }
    // Once it goes back to the top.
    if (backwards.size() > 1) {
        faults += backwards;
    }
    if (!at || at != way.constFirst()) {
        QStringList passed;
        for (const QPointer<QQuickItem>& one : way) {
            passed.append(one ? wordsFor(one.data()) : QStringLiteral("(gone)"));
        }
        faults.append(QStringLiteral("Tab does not come back to where it was, but to %1, after %2")
                          .arg(at ? wordsFor(at.data()) : QStringLiteral("nothing"),
                               passed.join(QStringLiteral("; "))));
        return faults;
    }
    // And the same way back.
    for (qsizetype i = way.size() - 1; i >= 0; --i) {
        const QPointer<QQuickItem> back = step(false);
        // Out of what is inside a list, Qt goes past the list itself.
        const auto isLeft = [&](qsizetype one) {
            return one + 1 < way.size() && way.at(one) && way.at(one + 1) &&
                   way.at(one)->isAncestorOf(way.at(one + 1));
        };
        while (i >= 0 && back != way.at(i) && isLeft(i)) {
            --i;
        }
        if (i >= 0 && way.at(i) && back != way.at(i)) {
            faults.append(QStringLiteral("Shift+Tab goes to %1 instead of %2")
                              .arg(back ? wordsFor(back.data()) : QStringLiteral("nothing"),
                                   wordsFor(way.at(i).data())));
            break;
        }
    }
    // Nothing is left out.
    const auto onTheWay = [&](const QQuickItem* item) {
        return std::ranges::any_of(way, [item](const QPointer<QQuickItem>& one) {
            return one && (one == item || item->isAncestorOf(one));
        });
    };
    walk(frontOf(window), [&](QAccessibleInterface* face) {
        const auto* item = qobject_cast<QQuickItem*>(face->object());
        if (item == nullptr || !isOperated(face->role()) || !item->isEnabled() || face->state().offscreen) {
            return;
        }
        bool reached =
            std::ranges::any_of(way, [item](const QPointer<QQuickItem>& one) { return one == item; });
        for (const QQuickItem* up = item->parentItem(); up != nullptr && !reached; up = up->parentItem()) {
            const auto* upFace = QAccessible::queryAccessibleInterface(const_cast<QQuickItem*>(up));
            reached = upFace != nullptr && isContainer(upFace->role()) && onTheWay(up);
        }
        if (!reached) {
            faults.append(QStringLiteral("Tab does not lead there: ") + wordsFor(face));
        }
    });
    return faults;
}

}  // namespace

QStringList accessibleFaults(QQuickWindow* window) {
    QStringList faults;
    if (!waitForRest(window)) {
        faults.append(QStringLiteral("the layout does not come to rest"));
    }
    faults += treeFaults(window);
    faults += tabFaults(window);
    for (const QString& fault : faults) {
        qWarning("%s", qPrintable(fault));
    }
    return faults;
}

}  // namespace tikgok::test
