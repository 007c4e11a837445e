// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures that pages are compared with.
#pragma once

#include <QDir>
#include <QImage>
#include <QString>

namespace tikgok::test {

// How far a picture is from its reference, after both were made half as large.
struct Distance {
    // Share of pixels of which a colour differs clearly, 0 to 1.
    double pixels = 1;
    // Mean difference of all colours, 0 to 255.
    double mean = 255;

    // Small enough to be the work of another version of a font or of a renderer, not of a change.
    [[nodiscard]] bool isSmall() const { return pixels <= 0.001 && mean <= 0.5; }
};

class References {
public:
    // `where` holds the references, `differences` gets pictures of what failed; made when it is needed.
    References(const QDir& where, const QDir& differences) : where_(where), differences_(differences) {}

    // Nothing like it when there is no such reference, or one of another size.
    [[nodiscard]] Distance distance(const QString& name, const QImage& picture) const;
    // Saves reference, picture and what differs side by side.
    void saveDifference(const QString& name, const QImage& picture) const;
    bool update(const QString& name, const QImage& picture) const;

private:
    [[nodiscard]] QImage reference(const QString& name) const;

    QDir where_;
    QDir differences_;
};

}  // namespace tikgok::test
