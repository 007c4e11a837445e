// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "qml/Controls/reading_order.h"

#include <QQuickWindow>

#include <algorithm>

namespace tikgok {

namespace {

// Between what has the keyboard and the edge, in pixels.
constexpr double kAir = 12;

}  // namespace

ReadingOrder::ReadingOrder(QQuickItem* parent) : QQuickItem(parent) {}

ReadingOrder::~ReadingOrder() = default;

void ReadingOrder::setView(QQuickItem* view) {
    if (view == view_) {
        return;
    }
    if (content_) {
        content_->disconnect(this);
    }
    view_ = view;
    content_ = view != nullptr ? view->property("contentItem").value<QQuickItem*>() : nullptr;
    if (content_) {
        connect(content_, &QQuickItem::childrenChanged, this, &ReadingOrder::sortLater);
        sortLater();
    }
    Q_EMIT viewChanged();
}

void ReadingOrder::itemChange(ItemChange change, const ItemChangeData& data) {
    if (change == ItemSceneChange) {
        watch(data.window);
    }
    QQuickItem::itemChange(change, data);
}

void ReadingOrder::watch(QQuickWindow* window) {
    disconnect(focus_);
    if (window != nullptr) {
        focus_ = connect(window, &QQuickWindow::activeFocusItemChanged, this, [this] {
            sortLater();
            leave();
            // After everybody who moves the view because of that.
            QMetaObject::invokeMethod(this, &ReadingOrder::reveal, Qt::QueuedConnection);
        });
    }
}

// The rows have their places only when the view has laid them out.
void ReadingOrder::sortLater() {
    if (!pending_) {
        pending_ = true;
        QMetaObject::invokeMethod(this, &ReadingOrder::sort, Qt::QueuedConnection);
    }
}

void ReadingOrder::sort() {
    pending_ = false;
    if (!content_) {
        return;
    }
    const QList<QQuickItem*> before = content_->childItems();
    // A row that changes places stays the same child.
    for (const QQuickItem* row : before) {
        connect(row, &QQuickItem::yChanged, this, &ReadingOrder::sortLater, Qt::UniqueConnection);
    }
    QList<QQuickItem*> rows = before;
    std::ranges::stable_sort(rows, [](const QQuickItem* one, const QQuickItem* other) {
        return one->y() < other->y() || (one->y() == other->y() && one->x() < other->x());
    });
    if (rows.size() < 2 || rows == before) {
        return;
    }
    for (qsizetype i = 1; i < rows.size(); ++i) {
        rows.at(i)->stackAfter(rows.at(i - 1));
    }
}

// A list that is a stop of its own, and not by one of its rows, is entered at the list again.
void ReadingOrder::leave() {
    if (view_ && view_->isFocusScope() && view_->activeFocusOnTab() && !view_->hasActiveFocus() &&
        view_->property("currentIndex").toInt() < 0) {
        if (QQuickItem* inner = view_->scopedFocusItem()) {
            inner->setFocus(false);
        }
    }
}

void ReadingOrder::reveal() {
    const QQuickItem* focused = window() != nullptr ? window()->activeFocusItem() : nullptr;
    if (!view_ || !content_ || focused == nullptr || !content_->isAncestorOf(focused)) {
        return;
    }
    const QRectF place = focused->mapRectToItem(view_, QRectF(0, 0, focused->width(), focused->height()));
    const double top = view_->property("originY").toDouble() - view_->property("topMargin").toDouble();
    const double end =
        std::max(top, view_->property("originY").toDouble() + view_->property("contentHeight").toDouble() +
                          view_->property("bottomMargin").toDouble() - view_->height());
    const double above = std::min(0.0, place.top() - kAir);
    // No further than its upper edge goes out of sight.
    const double below =
        std::min(std::max(0.0, place.bottom() + kAir - view_->height()), std::max(0.0, place.top() - kAir));
    const double at = view_->property("contentY").toDouble();
    const double wanted = std::clamp(at + above + below, top, end);
    if (above + below != 0 && wanted != at) {
        view_->setProperty("contentY", wanted);
    }
}

}  // namespace tikgok
