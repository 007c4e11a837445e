// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A main() for tests with a stage.
#pragma once

#include "tests/qml/support/stage.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QTest>

#define TIKGOK_STAGE_MAIN(Class)                \
    int main(int argc, char* argv[]) {          \
        QGuiApplication app(argc, argv);        \
        tikgok::test::Stage::prepare();         \
        QAccessible::setActive(true);           \
        Class test;                             \
        return QTest::qExec(&test, argc, argv); \
    }
