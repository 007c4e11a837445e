// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Colours that stand on each other can be told apart, in both themes.
#include "tests/qml/support/test_main.h"

#include <QColor>
#include <QQmlComponent>
#include <QQmlEngine>

#include <cmath>

namespace tikgok::test {

namespace {

// WCAG 2.1: 4.5 for words, 3 for what is not words (outlines of fields, icons, rings).
constexpr double kWords = 4.5;
constexpr double kShapes = 3.0;

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor over(const QColor& above, const QColor& below) {
    const float alpha = above.alphaF();
    return QColor::fromRgbF(above.redF() * alpha + below.redF() * (1 - alpha),
                            above.greenF() * alpha + below.greenF() * (1 - alpha),
                            above.blueF() * alpha + below.blueF() * (1 - alpha));
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrasts_data() {
        QTest::addColumn<QString>("above");
        QTest::addColumn<QString>("below");
        QTest::addColumn<double>("least");
        const auto row = [](const char* above, const char* below, double least) {
            QTest::addRow("%s on %s", above, below)
                << QString::fromLatin1(above) << QString::fromLatin1(below) << least;
        };
        for (const char* ground : {"background", "surface", "surfaceRaised", "surfaceSunken"}) {
            row("text", ground, kWords);
            row("textMuted", ground, kWords);
        }
        for (const char* ground : {"background", "surface", "surfaceRaised"}) {
            row("accent", ground, kWords);
            row("danger", ground, kWords);
            row("success", ground, kWords);
            row("warning", ground, kWords);
            row("focus", ground, kShapes);
            row("outlineStrong", ground, kShapes);
        }
        row("accentInk", "accent", kWords);
        row("accentInk", "accentPressed", kWords);
        row("accentSoftInk", "accentSoft", kWords);
        row("accentSoftInk", "surfaceSunken", kWords);  // what is chosen in the file dialog
        row("text", "outline", kWords);                 // and the buttons in it
        row("danger", "dangerSoft", kWords);
        row("warning", "warningSoft", kWords);
        row("text", "warningSoft", kWords);
        row("text", "dangerSoft", kWords);
        row("text", "accentSoft", kWords);
        row("bubbleInk", "accentSoft", kWords);
        row("noticeInk", "notice", kWords);
        row("noticeAccent", "notice", kWords);
        row("videoInk", "videoAccent", kWords);
        row("stageMark", "stageRaised", kShapes);
        row("videoInk", "stage", kWords);
        row("videoInkMuted", "stage", kWords);
        row("videoFocus", "stage", kShapes);
        row("liked", "stage", kShapes);
    }
    void contrasts() {
        QFETCH(const QString, above);
        QFETCH(const QString, below);
        QFETCH(const double, least);
        QQmlEngine engine;
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine);
        component.setData("import QtQuick\nimport TikGok.Controls\nQtObject { property var theme: Theme }",
                          {});
        const std::unique_ptr<QObject> holder(component.create());
        QVERIFY2(holder, qPrintable(component.errorString()));
        auto* theme = holder->property("theme").value<QObject*>();
        QVERIFY(theme);
        for (const bool dark : {false, true}) {
            theme->setProperty("dark", dark);
            const QColor ground = theme->property(below.toLatin1().constData()).value<QColor>();
            const QColor ink = theme->property(above.toLatin1().constData()).value<QColor>();
            QVERIFY(ground.isValid() && ink.isValid());
            const double ratio = contrast(over(ink, ground), ground);
            QVERIFY2(ratio >= least,
                     qPrintable(QStringLiteral("%1 theme: %2").arg(dark ? "dark" : "light").arg(ratio)));
        }
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ThemeTest)

#include "theme_test.moc"
