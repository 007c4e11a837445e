// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 440

layout(location = 0) in vec2 texCoord;
layout(location = 0) out vec4 fragment;

layout(std140, binding = 0) uniform Block {
    mat4 matrix;
    mat4 color;
    float opacity;
} block;

layout(binding = 1) uniform sampler2D luma;
layout(binding = 2) uniform sampler2D blueness;
layout(binding = 3) uniform sampler2D redness;

void main() {
    vec4 yuv = vec4(texture(luma, texCoord).r, texture(blueness, texCoord).r, texture(redness, texCoord).r, 1.0);
    fragment = vec4(clamp((block.color * yuv).rgb, 0.0, 1.0), 1.0) * block.opacity;
}
