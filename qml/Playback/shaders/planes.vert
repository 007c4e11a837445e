// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 440

layout(location = 0) in vec4 position;
layout(location = 1) in vec2 texCoordIn;
layout(location = 0) out vec2 texCoord;

layout(std140, binding = 0) uniform Block {
    mat4 matrix;
    mat4 color;
    float opacity;
} block;

out gl_PerVertex { vec4 gl_Position; };

void main() {
    texCoord = texCoordIn;
    gl_Position = block.matrix * position;
}
