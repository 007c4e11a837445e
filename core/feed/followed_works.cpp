// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/followed_works.h"

#include <queue>

#include <algorithm>
#include <tuple>
#include <utility>

namespace tikgok {

void FollowedWorks::setPeople(const std::vector<contract::User>& people, bool onlyThese) {
    std::unordered_map<contract::Id, Person> before = std::exchange(people_, {});
    for (const contract::User& user : people) {
        const auto known = before.find(user.id);
        Person& person = people_[user.id];
        if (known != before.end()) {
            person = std::move(known->second);
            before.erase(known);
        }
        person.user = user;
        person.missed = false;
    }
    if (!onlyThese) {
        people_.merge(before);
    }
}

void FollowedWorks::setWorks(contract::Id id, std::vector<contract::Video> works, ReadMark read) {
    const auto found = people_.find(id);
    if (found == people_.end()) {
        return;
    }
    Person& person = found->second;
    person.missed = false;
    person.from = 0;
    person.works.clear();
    person.whole.clear();
    for (contract::Video& video : works) {
        if (video.id <= 0 || passed_.contains(video.id) || person.whole.contains(video.id)) {
            continue;
        }
        person.works.push_back(video.id);
        const contract::Id videoId = video.id;
        person.whole.insert(videoId, Told{.video = std::move(video), .read = read});
    }
    person.works.shrink_to_fit();
}

qsizetype FollowedWorks::share() const {
    return std::max<qsizetype>(kWholeOfEach, kWholeInAll / static_cast<qsizetype>(people_.size()));
}

void FollowedWorks::trim(Person& person, qsizetype share, const QSet<contract::Id>& shown,
                         const QSet<contract::Id>& planned) {
    QHash<contract::Id, Told> rest;
    for (const contract::Id work : person.works) {
        const auto whole = person.whole.find(work);
        if (whole != person.whole.end() && !shown.contains(work) &&
            (rest.size() < share || planned.contains(work))) {
            rest.emplace(work, std::move(*whole));
        }
    }
    person.whole = std::move(rest);
}

void FollowedWorks::trim(contract::Id id, const QSet<contract::Id>& shown,
                         const QSet<contract::Id>& planned) {
    const auto found = people_.find(id);
    if (found != people_.end()) {
        trim(found->second, share(), shown, planned);
    }
}

void FollowedWorks::trimAll(const QSet<contract::Id>& shown, const QSet<contract::Id>& planned) {
    for (auto& [id, person] : people_) {
        trim(person, share(), shown, planned);
    }
}

void FollowedWorks::clear() {
    people_.clear();
    passed_.clear();
}

void FollowedWorks::setMissed(contract::Id person, bool missed) {
    const auto found = people_.find(person);
    if (found != people_.end()) {
        found->second.missed = missed;
    }
}

std::vector<contract::Id> FollowedWorks::missedPeople() const {
    std::vector<contract::Id> all;
    for (const auto& [id, person] : people_) {
        if (person.missed) {
            all.push_back(id);
        }
    }
    return all;
}

const contract::User* FollowedWorks::person(contract::Id id) const {
    const auto found = people_.find(id);
    return found == people_.end() ? nullptr : &found->second.user;
}

std::vector<FollowedWorks::Work> FollowedWorks::next(int most, const QSet<contract::Id>& above,
                                                     const std::function<bool(contract::Id)>& known) {
    // The work in front of each list, the largest id on top.
    std::priority_queue<std::tuple<contract::Id, contract::Id, std::size_t>> front;
    const auto skips = [&](const Person& person, contract::Id work) {
        return above.contains(work) || passed_.contains(work) ||
               (person.missed && !person.whole.contains(work) && !known(work));
    };
    const auto put = [&](contract::Id id, const Person& person, std::size_t at) {
        while (at < person.works.size() && skips(person, person.works[at])) {
            ++at;
        }
        if (at < person.works.size()) {
            front.emplace(person.works[at], id, at);
        }
    };
    for (auto& [id, person] : people_) {
        while (person.from < person.works.size() && passed_.contains(person.works[person.from])) {
            ++person.from;
        }
        put(id, person, person.from);
    }
    std::vector<Work> all;
    QSet<contract::Id> here;
    while (!front.empty() && static_cast<int>(all.size()) < most) {
        const auto [video, id, at] = front.top();
        front.pop();
        if (!here.contains(video)) {
            here.insert(video);
            all.push_back({.video = video, .person = id});
        }
        put(id, people_.at(id), at + 1);
    }
    return all;
}

std::optional<FollowedWorks::Told> FollowedWorks::take(const Work& work) {
    const auto found = people_.find(work.person);
    if (found == people_.end()) {
        return std::nullopt;
    }
    const auto whole = found->second.whole.find(work.video);
    if (whole == found->second.whole.end()) {
        return std::nullopt;
    }
    Told told = std::move(*whole);
    found->second.whole.erase(whole);
    return told;
}

}  // namespace tikgok
