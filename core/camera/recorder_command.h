// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ffmpeg is told, as pure functions.
#pragma once

#include "core/camera/camera_source.h"

namespace tikgok {

// H.264 as this system can write it, the best first.
[[nodiscard]] QStringList videoEncoders();

// Pictures for the window on the standard output (YUV4MPEG2), nothing else.
[[nodiscard]] QStringList previewCommand(const Camera& camera);
// The same, and a film in `file` that can be played also when the encoder is killed in the middle.
// `sound` may be empty.
[[nodiscard]] QStringList recordCommand(const Camera& camera, const QStringList& sound,
                                        const QString& encoder, const QString& file);
// Makes a film of `from` that begins with its table of contents. Encodes nothing, takes a moment.
[[nodiscard]] QStringList wholeCommand(const QString& from, const QString& to);

}  // namespace tikgok
