# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DOUT=file.cpp -DSTANDARD=openapi.yaml -DTIKGOK=... -DDEMO=... -DCLIP=clip.mp4 -P embed.cmake
set(text "// Made by embed.cmake.\n#include \"tests/conformance/embedded.h\"\n\nnamespace tikgok::conformance {\n\nnamespace {\n\n")
foreach(what IN ITEMS STANDARD TIKGOK DEMO CLIP)
    file(READ "${${what}}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND text "constexpr unsigned char k${what}[] = {${bytes}};\n")
endforeach()
string(APPEND text "\ntemplate <class Bytes>\nstd::string_view asText(const Bytes& bytes) {\n"
                   "    return {reinterpret_cast<const char*>(bytes), sizeof bytes};\n}\n\n}  // namespace\n\n"
                   "std::string_view embeddedDescription(Dialect dialect) {\n    switch (dialect) {\n"
                   "        case Dialect::Standard:\n            return asText(kSTANDARD);\n"
                   "        case Dialect::Tikgok:\n            return asText(kTIKGOK);\n"
                   "        case Dialect::Demo:\n            return asText(kDEMO);\n    }\n    return {};\n}\n\n"
                   "std::string_view embeddedClip() {\n    return asText(kCLIP);\n}\n\n}  // namespace tikgok::conformance\n")
file(WRITE "${OUT}" "${text}")
