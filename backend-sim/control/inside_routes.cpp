// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/inside_routes.h"

#include <boost/json/array.hpp>

#include <charconv>
#include <memory>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using http::Verb;

json::object troubleJson(const InsideNeeds& needs, Trouble trouble) {
    const Troubles::State state = needs.troubles.state(trouble);
    json::object all{
        {"name", nameOf(trouble)}, {"on", state.on}, {"struck", state.struck}, {"summary", wordsOf(trouble)}};
    if (state.left) {
        all["left"] = *state.left;
    }
    return all;
}

json::object insideJson(const InsideNeeds& needs) {
    json::array all;
    for (std::size_t i = 0; i < kTroubles; ++i) {
        all.push_back(troubleJson(needs, static_cast<Trouble>(i)));
    }
    return {{"inside", std::move(all)},
            {"writes_waiting", needs.waiting(Topic::Writes)},
            {"uploads_waiting", needs.waiting(Topic::Uploads)}};
}

void switchTo(const InsideNeeds& needs, Trouble trouble, bool on, std::optional<std::uint64_t> times) {
    const bool was = needs.troubles.isOn(trouble);
    if (on) {
        needs.troubles.set(trouble, times);
    } else {
        needs.troubles.clear(trouble);
    }
    if (trouble == Trouble::QueueFull) {
        needs.setFull(on);
    }
    if (trouble == Trouble::ConsumerPaused && was != on) {
        needs.setPaused(on);
    }
}

http::Response noSuchTrouble() {
    return adminProblem(404, "no_such_fault", "There is no such fault: GET /_sim/inside lists them.");
}

std::int64_t letterNumber(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

http::Response storeTrouble(const StoreError& error) {
    return adminProblem(503, "store", "The store did not do it: " + error.what);
}

}  // namespace

void addInsideRoutes(AdminRouter& router, InsideNeeds given) {
    const auto needs = std::make_shared<InsideNeeds>(std::move(given));
    router.add(Verb::Get, "inside", "The faults behind the API, and what waits there.",
               [needs](const AdminRequest& /*request*/) { return adminReply(insideJson(*needs)); });
    router
        .add(Verb::Put, "inside/{fault}",
             "Switches one on or off. Body: {\"on\": bool, \"times\": how often it strikes}.",
             [needs](const AdminRequest& request) {
                 const auto trouble = troubleNamed(request.names[0]);
                 if (!trouble) {
                     return noSuchTrouble();
                 }
                 const auto on = boolIn(request.body, "on", true);
                 if (!on) {
                     return adminProblem(422, "bad_member", on.error());
                 }
                 std::optional<std::uint64_t> times;
                 if (request.body.contains("times")) {
                     const auto number = numberIn(request.body, "times");
                     if (!number || *number < 1 || !Troubles::counts(*trouble)) {
                         return adminProblem(
                             422, "bad_member",
                             "'times' must be at least 1, and is for faults that strike one by one.");
                     }
                     times = static_cast<std::uint64_t>(*number);
                 }
                 switchTo(*needs, *trouble, *on, times);
                 return adminReply(troubleJson(*needs, *trouble));
             })
        .takes({"on", "times"});
    router.add(Verb::Delete, "inside/{fault}", "Switches one off.", [needs](const AdminRequest& request) {
        const auto trouble = troubleNamed(request.names[0]);
        if (!trouble) {
            return noSuchTrouble();
        }
        switchTo(*needs, *trouble, false, std::nullopt);
        return adminReply(troubleJson(*needs, *trouble));
    });
    router.add(Verb::Delete, "inside", "Switches all of them off.", [needs](const AdminRequest& /*request*/) {
        for (std::size_t i = 0; i < kTroubles; ++i) {
            switchTo(*needs, static_cast<Trouble>(i), false, std::nullopt);
        }
        return adminReply(insideJson(*needs));
    });
    router.add(Verb::Get, "dead-letters", "What was given up, with its reason.",
               [needs](const AdminRequest& /*request*/) {
                   const auto letters = needs->deadLetters();
                   if (!letters) {
                       return storeTrouble(letters.error());
                   }
                   json::array all;
                   for (const DeadLetter& letter : *letters) {
                       all.push_back({{"id", letter.message.id},
                                      {"topic", letter.message.topic == Topic::Writes ? "write" : "upload"},
                                      {"reason", letter.reason},
                                      {"failures", letter.message.failures},
                                      {"sent_ms", letter.message.at},
                                      {"dead_ms", letter.at}});
                   }
                   return adminReply({{"dead_letters", std::move(all)}});
               });
    router.add(Verb::Post, "dead-letters/{letter}/resend", "Sends one again; 'all' for all of them.",
               [needs](const AdminRequest& request) {
                   std::vector<MessageId> ids;
                   if (request.names[0] == "all") {
                       const auto letters = needs->deadLetters();
                       if (!letters) {
                           return storeTrouble(letters.error());
                       }
                       for (const DeadLetter& letter : *letters) {
                           ids.push_back(letter.message.id);
                       }
                   } else {
                       ids.push_back(letterNumber(request.names[0]));
                   }
                   std::int64_t sent = 0;
                   for (const MessageId id : ids) {
                       const auto again = needs->resend(id);
                       if (!again) {
                           return storeTrouble(again.error());
                       }
                       sent += *again ? 1 : 0;
                   }
                   if (sent == 0 && request.names[0] != "all") {
                       return adminProblem(404, "no_such_letter", "There is no such dead letter.");
                   }
                   return adminReply({{"resent", sent}});
               });
}

}  // namespace tikgok::sim
