// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/json_damage.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// What to do with a member of an object. False when there was nothing to do.
using MemberChange = std::function<bool(json::object& parent, const std::string& name)>;

// Goes down `path` ("a.*.b") and changes the members at its end.
bool changeMembers(json::value& at, std::string_view path, const MemberChange& change) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const bool last = dot == std::string_view::npos;
    const std::string_view rest = last ? std::string_view() : path.substr(dot + 1);
    bool changed = false;
    if (step == "*" && at.is_array()) {
        for (json::value& each : at.get_array()) {
            changed = (!last && changeMembers(each, rest, change)) || changed;
        }
    } else if (at.is_object()) {
        json::object& object = at.get_object();
        if (last) {
            return change(object, std::string(step));
        }
        if (json::value* const member = object.if_contains(step)) {
            changed = changeMembers(*member, rest, change);
        }
    }
    return changed;
}

json::value otherType(const json::value& value) {
    switch (value.kind()) {
        case json::kind::string:
            return 7;
        case json::kind::bool_:
            return "yes";
        case json::kind::array:
            return json::object();
        case json::kind::object:
            return json::array();
        case json::kind::null:
            return 0;
        default:
            return "a number";
    }
}

bool isIdName(std::string_view name) {
    return name == "id" || name.ends_with("_id");
}

bool idsToTexts(json::value& value) {
    bool changed = false;
    if (value.is_array()) {
        for (json::value& each : value.get_array()) {
            changed = idsToTexts(each) || changed;
        }
    } else if (value.is_object()) {
        for (auto& member : value.get_object()) {
            if (isIdName(member.key()) && member.value().is_int64()) {
                member.value() = std::to_string(member.value().get_int64());
                changed = true;
            } else {
                changed = idsToTexts(member.value()) || changed;
            }
        }
    }
    return changed;
}

bool listsToNull(json::object& object) {
    bool changed = false;
    for (auto& member : object) {
        if (member.value().is_array()) {
            member.value() = nullptr;
            changed = true;
        }
    }
    return changed;
}

}  // namespace

bool damageJson(json::value& answer, const FaultEffect& effect, const FaultDice& dice, std::uint64_t draw) {
    if (effect.kind == FaultKind::IdsAsStrings) {
        return idsToTexts(answer);
    }
    if (!answer.is_object()) {
        return false;
    }
    json::object& top = answer.get_object();
    if (effect.kind == FaultKind::NullList && effect.field.empty()) {
        return listsToNull(top);
    }
    std::string field = effect.field;
    if (field.empty() && effect.kind == FaultKind::ExtraField) {
        field = "sim_extra";
    } else if (field.empty()) {
        if (top.empty()) {
            return false;
        }
        field = (top.begin() + static_cast<std::ptrdiff_t>(dice.below(draw, top.size())))->key();
    }
    return changeMembers(answer, field, [&effect](json::object& parent, const std::string& name) {
        json::value* const member = parent.if_contains(name);
        if (effect.kind == FaultKind::ExtraField) {
            parent[name] = {{"unknown", true}};
            return true;
        }
        if (member == nullptr) {
            return false;
        }
        switch (effect.kind) {
            case FaultKind::MissingField: {
                // erase() would put the last one into its place.
                json::object rest;
                for (const auto& each : parent) {
                    if (each.key() != name) {
                        rest.emplace(each.key(), each.value());
                    }
                }
                parent = std::move(rest);
                return true;
            }
            case FaultKind::WrongType:
                *member = otherType(*member);
                return true;
            case FaultKind::NullList:
                *member = nullptr;
                return true;
            default:
                return false;
        }
    });
}

}  // namespace tikgok::sim
