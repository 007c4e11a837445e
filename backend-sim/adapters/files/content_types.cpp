// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/files/content_types.h"

#include <algorithm>
#include <array>
#include <string>

namespace tikgok::sim {

std::string_view contentTypeOf(const std::filesystem::path& file) {
    struct Type {
        std::string_view suffix;
        std::string_view type;
    };
    static constexpr std::array<Type, 20> kTypes{{
        {".mp4", "video/mp4"},
        {".mov", "video/quicktime"},
        {".avi", "video/x-msvideo"},
        {".wmv", "video/x-ms-wmv"},
        {".w4v", "video/mp4"},
        {".asf", "video/x-ms-asf"},
        {".flv", "video/x-flv"},
        {".rmvb", "application/vnd.rn-realmedia-vbr"},
        {".rm", "application/vnd.rn-realmedia"},
        {".3gp", "video/3gpp"},
        {".vob", "video/mpeg"},
        {".wma", "audio/x-ms-wma"},
        {".mpeg", "video/mpeg"},
        {".mpg", "video/mpeg"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".png", "image/png"},
        {".webp", "image/webp"},
        {".svg", "image/svg+xml"},
        {".webm", "video/webm"},
    }};
    const std::string suffix = file.extension().string();
    const auto found =
        std::find_if(kTypes.begin(), kTypes.end(), [&](const Type& type) { return type.suffix == suffix; });
    return found == kTypes.end() ? std::string_view("application/octet-stream") : found->type;
}

}  // namespace tikgok::sim
