// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The scenes of which pictures are made: a page in one of its states each.
#pragma once

#include "tests/qml/support/stage.h"

#include <functional>
#include <vector>

namespace tikgok::test {

struct Scene {
    const char* name;
    StageOptions options;
    // Before the feed is asked for.
    std::function<void(Stage&)> before;
    std::function<void(Stage&)> then;
    // Also at 360 x 640 with text at 200 %.
    bool small = false;
};

std::vector<Scene> feedScenes();
std::vector<Scene> peopleScenes();
std::vector<Scene> publishScenes();
std::vector<Scene> settingsScenes();
std::vector<Scene> simulatorScenes();
std::vector<Scene> talkScenes();

// All of them.
std::vector<Scene> scenes();

// Videos enough for a feed of every shape and a full profile.
inline constexpr int kManyVideos = 40;

// A scene takes its time; on a busy machine more of it: so many times as much from now on.
void setSlowness(int times);
void pause(int ms);

// Without the greeting, which would stand over every page.
void signIn(Stage& stage);

}  // namespace tikgok::test
