// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal_routes.h"

#include "backend-sim/control/journal_filter.h"
#include "backend-sim/control/journal_json.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// An entry that was copied out, so that nobody who writes waits for what is made of it.
class JournalCopy {
public:
    explicit JournalCopy(const JournalView& view) : facts_(view.facts) {
        for (std::size_t i = 0; i < kJournalTexts; ++i) {
            texts_.at(i) = view.texts.at(i);
        }
    }
    [[nodiscard]] JournalView view() const {
        JournalView view{.facts = facts_, .texts = {}};
        for (std::size_t i = 0; i < kJournalTexts; ++i) {
            view.texts.at(i) = texts_.at(i);
        }
        return view;
    }

private:
    JournalFacts facts_;
    JournalTexts<std::string> texts_;
};

std::vector<JournalCopy> collect(JournalRing& ring, std::uint64_t after, std::size_t most,
                                 const JournalFilter& filter) {
    std::vector<JournalCopy> found;
    ring.visit(after, [&](const JournalView& view) {
        if (filter.fits(view)) {
            found.emplace_back(view);
        }
        return found.size() < most;
    });
    return found;
}

std::optional<JournalCopy> entryNamed(JournalRing& ring, std::string_view name) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size() || number == 0) {
        return std::nullopt;
    }
    std::optional<JournalCopy> found;
    ring.visit(number - 1, [&](const JournalView& view) {
        if (view.facts.number == number) {
            found.emplace(view);
        }
        return false;
    });
    return found;
}

http::Response noSuchEntry() {
    return adminProblem(404, "no_such_entry", "The journal has no such entry, or no longer.");
}

http::Response badFilter(const std::string& words) {
    return adminProblem(422, "bad_filter", words);
}

json::object stateJson(Journal& journal) {
    const JournalSettings settings = journal.settings();
    const JournalRing::Counters counters = journal.ring().counters();
    return {{"on", settings.on},
            {"most_entries", settings.bounds.entries},
            {"most_bytes", settings.bounds.bytes},
            {"request_body_bytes", settings.requestBody},
            {"answer_body_bytes", settings.answerBody},
            {"entries", counters.entries},
            {"bytes", counters.bytes},
            {"written", counters.written},
            {"gone", counters.gone}};
}

json::object listJson(Journal& journal, const std::vector<JournalCopy>& found, std::uint64_t after) {
    json::array entries;
    for (const JournalCopy& copy : found) {
        entries.push_back(journalLine(copy.view()));
        after = copy.view().facts.number;
    }
    return {{"on", journal.on()}, {"entries", std::move(entries)}, {"next", after}};
}

std::optional<std::string> configure(Journal& journal, const json::object& body) {
    constexpr std::int64_t kMostEntries = 1'000'000;
    constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
    constexpr std::int64_t kMostBody = std::int64_t{1} << 20;
    std::string problem;
    JsonReader in(body, "", problem);
    JournalSettings settings = journal.settings();
    settings.on = in.flag("on").value_or(settings.on);
    const auto size = [&in](std::string_view name, std::int64_t least, std::int64_t most, std::size_t& into) {
        into =
            static_cast<std::size_t>(in.integer(name, least, most).value_or(static_cast<std::int64_t>(into)));
    };
    size("most_entries", 1, kMostEntries, settings.bounds.entries);
    size("most_bytes", 4096, kMostBytes, settings.bounds.bytes);
    size("request_body_bytes", 0, kMostBody, settings.requestBody);
    size("answer_body_bytes", 0, kMostBody, settings.answerBody);
    // What is told may be said again.
    for (const std::string_view told : {"entries", "bytes", "written", "gone"}) {
        in.ignore(told);
    }
    in.done();
    if (!problem.empty()) {
        return problem;
    }
    journal.configure(settings);
    return std::nullopt;
}

http::Response verify(Journal& journal, const PersonFinder& personNamed, const AdminRequest& request) {
    constexpr std::int64_t kMost = std::int64_t{1} << 53;
    std::string problem;
    JsonReader in(request.body, "", problem);
    const JournalFilter filter = journalFilterFrom(in, personNamed);
    const auto after = in.integer("after", 0, kMost);
    const auto times = in.integer("times", 0, kMost);
    const auto least = in.integer("at_least", 0, kMost);
    const auto most = in.integer("at_most", 0, kMost);
    in.done();
    in.require("at_least", !least || !most || *least <= *most, "no more than at_most");
    in.require("times", !times || (*times >= least.value_or(0) && *times <= most.value_or(kMost)),
               "within at_least and at_most");
    if (!problem.empty()) {
        return badFilter(problem);
    }
    std::int64_t count = 0;
    // Entries that are gone may have been some of them.
    std::uint64_t first = 0;
    journal.ring().visit(static_cast<std::uint64_t>(after.value_or(0)), [&](const JournalView& view) {
        first = first == 0 ? view.facts.number : first;
        count += filter.fits(view) ? 1 : 0;
        return true;
    });
    const JournalRing::Counters counters = journal.ring().counters();
    const std::uint64_t wanted = static_cast<std::uint64_t>(after.value_or(0)) + 1;
    const bool complete = first == 0 ? counters.written < wanted : first <= wanted;
    const bool holds =
        (!times || count == *times) && (!least || count >= *least) && (!most || count <= *most);
    return adminReply({{"count", count}, {"holds", holds}, {"complete", complete}});
}

json::object explanation(const JournalView& entry, ContractCheck& contract) {
    json::object out = journalWhole(entry);
    const std::string_view notes = entry.texts[JournalText::Explanation];
    boost::system::error_code error;
    json::value rules = notes.empty() ? json::value(json::array()) : json::parse(notes, error);
    out["rules"] = error ? json::value(json::array()) : std::move(rules);
    out["clock"] = {{"now_ms", entry.facts.timeMs}, {"spent_us", entry.facts.spentUs}};
    out["queues"] = {{"writes", entry.facts.writesWaiting}, {"connections", entry.facts.connections}};
    const auto [known, violation] = contract.about(entry.facts.number);
    json::object& validation = out["validation"].emplace_object();
    validation["checked"] = known != ContractCheck::Known::NotChecked;
    if (known != ContractCheck::Known::NotChecked) {
        validation["valid"] = known == ContractCheck::Known::Fine;
    }
    if (violation) {
        validation["request"] = json::array(violation->request.begin(), violation->request.end());
        validation["answer"] = json::array(violation->answer.begin(), violation->answer.end());
        validation["deliberate"] = !violation->deliberate.empty();
    }
    return out;
}

// Those who wait for entries that are not there yet. Lives on the thread of the admin API.
class JournalWaiters {
public:
    JournalWaiters(AdminApi& api, Journal& journal, ExchangeWatch& watch)
        : api_(api), journal_(journal), watch_(watch) {}

    struct Wish {
        std::uint64_t after = 0;
        std::size_t most = 0;
        JournalFilter filter;
        SteadyTime until;
        std::stop_token gone;
    };

    void wait(Wish wish, AdminResponder responder) {
        constexpr std::size_t kMost = 64;
        if (waiting_.size() >= kMost) {
            // Some of them may have gone without a word.
            look();
        }
        if (waiting_.size() >= kMost) {
            responder(adminProblem(503, "too_many", "Too many wait for the journal already."));
            return;
        }
        const SteadyTime until = wish.until;
        waiting_.push_back({std::move(wish), std::move(responder)});
        watch_.setAwaited(true);
        // What came while the flag was still down.
        look();
        api_.runAt(until, [this] { look(); });
    }
    // From the threads of connections.
    void news() {
        if (!told_.exchange(true)) {
            api_.run([this] {
                told_ = false;
                look();
            });
        }
    }
    void giveUp() { waiting_.clear(); }

private:
    struct Waiting {
        Wish wish;
        AdminResponder responder;
    };

    void look() {
        const SteadyTime now = std::chrono::steady_clock::now();
        std::vector<Waiting> still;
        for (Waiting& each : waiting_) {
            const auto found = collect(journal_.ring(), each.wish.after, each.wish.most, each.wish.filter);
            if (found.empty() && now < each.wish.until && !each.wish.gone.stop_requested()) {
                still.push_back(std::move(each));
            } else {
                each.responder(adminReply(listJson(journal_, found, each.wish.after)));
            }
        }
        waiting_.swap(still);
        watch_.setAwaited(!waiting_.empty());
    }

    AdminApi& api_;
    Journal& journal_;
    ExchangeWatch& watch_;
    std::vector<Waiting> waiting_;
    std::atomic<bool> told_ = false;
};

void addListRoute(const JournalRoutesNeeds& needs, const std::shared_ptr<JournalWaiters>& waiters) {
    needs.api.router()
        .addLate(
            http::Verb::Get, "journal",
            "Entries after a number, filtered; with wait_ms it waits until there is one (a live stream).",
            [&journal = needs.journal, personNamed = needs.personNamed, waiters](const AdminRequest& request,
                                                                                 AdminResponder responder) {
                constexpr std::int64_t kMost = 1000;
                constexpr std::int64_t kLongest = 60'000;
                auto filter = journalFilterFrom(request, personNamed);
                if (!filter) {
                    responder(badFilter(filter.error()));
                    return;
                }
                const auto from =
                    request.queryNumber("after", 0, 0, std::numeric_limits<std::int64_t>::max());
                const auto limit = request.queryNumber("limit", 100, 1, kMost);
                const auto patience = request.queryNumber("wait_ms", 0, 0, kLongest);
                for (const auto* const each : {&from, &limit, &patience}) {
                    if (!*each) {
                        responder(adminProblem(400, "bad_query", each->error()));
                        return;
                    }
                }
                const auto after = static_cast<std::uint64_t>(*from);
                const auto most = static_cast<std::size_t>(*limit);
                const std::int64_t wait = *patience;
                const auto found = collect(journal.ring(), after, most, *filter);
                if (!found.empty() || wait == 0) {
                    responder(adminReply(listJson(journal, found, after)));
                    return;
                }
                const SteadyTime until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait);
                waiters->wait({after, most, std::move(*filter), until, request.gone}, std::move(responder));
            })
        .asks({"after", "limit", "wait_ms", "method", "route", "status", "code", "account", "fault", "cut",
               "from_ms", "to_ms"});
}

}  // namespace

void addJournalRoutes(const JournalRoutesNeeds& needs) {
    using http::Verb;
    AdminRouter& router = needs.api.router();
    Journal& journal = needs.journal;
    const auto waiters = std::make_shared<JournalWaiters>(needs.api, journal, needs.watch);
    needs.watch.whenWritten([waiters] { waiters->news(); });
    needs.api.whenClosing([waiters] { waiters->giveUp(); });
    addListRoute(needs, waiters);
    router
        .add(Verb::Put, "journal", "Switches it on or off, and sets its bounds.",
             [&journal, &watch = needs.watch, &faults = needs.faults](const AdminRequest& request) {
                 if (auto problem = configure(journal, request.body)) {
                     return adminProblem(422, "bad_member", *problem);
                 }
                 watch.refresh();
                 faults.explain(journal.on());
                 return adminReply(stateJson(journal));
             })
        .takesWhatItKnows();
    router.add(Verb::Delete, "journal", "Empties it.", [&journal](const AdminRequest&) {
        journal.ring().clear();
        return adminReply(stateJson(journal));
    });
    router.add(Verb::Get, "journal/state", "Whether it is on, its bounds, and how full it is.",
               [&journal](const AdminRequest&) { return adminReply(stateJson(journal)); });
    router
        .add(Verb::Post, "journal/verify",
             "Counts the entries that fit a filter, and says whether there are as many as expected.",
             [&journal, personNamed = needs.personNamed](const AdminRequest& request) {
                 return verify(journal, personNamed, request);
             })
        .takesWhatItKnows();
    router
        .add(Verb::Get, "journal/har", "The entries that fit a filter as a HAR 1.2 file.",
             [&journal, personNamed = needs.personNamed, url = needs.url,
              version = needs.version](const AdminRequest& request) {
                 const auto filter = journalFilterFrom(request, personNamed);
                 if (!filter) {
                     return badFilter(filter.error());
                 }
                 json::array entries;
                 constexpr std::size_t kAll = std::size_t{1} << 40U;
                 for (const JournalCopy& copy : collect(journal.ring(), 0, kAll, *filter)) {
                     entries.push_back(journalHarEntry(copy.view(), url));
                 }
                 return adminReply(journalHar(std::move(entries), version));
             })
        .asks({"method", "route", "status", "code", "account", "fault", "cut", "from_ms", "to_ms"});
    router.add(Verb::Get, "journal/{entry}", "One entry with headers and bodies.",
               [&journal](const AdminRequest& request) {
                   const auto copy = entryNamed(journal.ring(), request.names[0]);
                   return copy ? adminReply(journalWhole(copy->view())) : noSuchEntry();
               });
    router.add(Verb::Get, "journal/{entry}/curl", "One entry as a command that sends it again.",
               [&journal, url = needs.url](const AdminRequest& request) {
                   const auto copy = entryNamed(journal.ring(), request.names[0]);
                   return copy ? adminReply({{"curl", journalCurl(copy->view(), url)}}) : noSuchEntry();
               });
    router.add(Verb::Get, "journal/{entry}/explain",
               "Why one entry was answered as it was: rules, draws, clock, queues, validation.",
               [&journal, &contract = needs.contract](const AdminRequest& request) {
                   const auto copy = entryNamed(journal.ring(), request.names[0]);
                   return copy ? adminReply(explanation(copy->view(), contract)) : noSuchEntry();
               });
}

}  // namespace tikgok::sim
