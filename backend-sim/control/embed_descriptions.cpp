// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A tool of the build: embed_descriptions OUT.cpp STANDARD.yaml TIKGOK.yaml DEMO.yaml

#include "backend-sim/control/yaml_json.h"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("embed_descriptions OUT.cpp STANDARD.yaml TIKGOK.yaml DEMO.yaml\n", stderr);
        return 2;
    }
    std::ofstream out(argv[1]);
    out << "// Made by embed_descriptions.\n#include \"backend-sim/control/descriptions.h\"\n\n"
           "namespace tikgok::sim {\n\nnamespace {\n\n";
    constexpr std::array<const char*, 3> kNames{"kStandard", "kTikgok", "kDemo"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        std::ifstream in(argv[2 + i]);
        const std::string yaml{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto description = tikgok::sim::yamlToJson(yaml);
        if (!description || !description->is_object()) {
            std::fprintf(stderr, "%s: %s\n", argv[2 + i],
                         description ? "is no description" : description.error().c_str());
            return 1;
        }
        out << "constexpr unsigned char " << kNames.at(i) << "[] = {";
        for (const char c : boost::json::serialize(*description)) {
            out << static_cast<unsigned>(static_cast<unsigned char>(c)) << ',';
        }
        out << "};\n";
    }
    out << "\ntemplate <class Bytes>\nstd::string_view asText(const Bytes& bytes) {\n"
           "    return {reinterpret_cast<const char*>(bytes), sizeof bytes};\n}\n\n}  // namespace\n\n"
           "std::string_view embeddedDescription(DialectName dialect) {\n    switch (dialect) {\n"
           "        case DialectName::Standard:\n            return asText(kStandard);\n"
           "        case DialectName::Tikgok:\n            return asText(kTikgok);\n"
           "        case DialectName::Demo:\n            return asText(kDemo);\n    }\n    return {};\n}\n\n"
           "}  // namespace tikgok::sim\n";
    return out.flush() ? 0 : 1;
}
