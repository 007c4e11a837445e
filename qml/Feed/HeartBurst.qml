// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A heart where the finger was.
Item {
    id: root

    function at(point: point) {
        heart.createObject(root, {
            "px": point.x,
            "py": point.y,
            "tilt": (Math.random() - 0.5) * 36
        });
    }

    Component {
        id: heart

        Icon {
            id: mark

            objectName: "heart"
            property real px: 0
            property real py: 0
            property real tilt: 0

            x: px - width / 2
            y: py - height * 0.75
            size: 104
            name: "heart-fill"
            color: Theme.liked
            rotation: tilt

            SequentialAnimation {
                running: true
                onFinished: mark.destroy()

                NumberAnimation {
                    target: mark
                    property: "scale"
                    from: Theme.reducedMotion ? 1 : 0.3
                    to: 1
                    duration: Theme.reducedMotion ? 1 : 180
                    easing.type: Easing.OutBack
                }
                PauseAnimation {
                    duration: 260
                }
                ParallelAnimation {
                    NumberAnimation {
                        target: mark
                        property: "opacity"
                        to: 0
                        duration: Theme.reducedMotion ? 1 : 320
                    }
                    NumberAnimation {
                        target: mark
                        property: "py"
                        to: mark.py - (Theme.reducedMotion ? 0 : 60)
                        duration: Theme.reducedMotion ? 1 : 320
                        easing.type: Easing.InCubic
                    }
                }
            }
        }
    }
}
