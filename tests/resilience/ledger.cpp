// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/resilience/ledger.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace tikgok::resilience {

namespace {

template <class T>
const T& anyOf(const std::vector<T>& all, std::mt19937_64& random) {
    return all[random() % all.size()];
}

std::size_t times(const std::vector<Text>& all, const std::string& content) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const Text& each) { return each.content == content; }));
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
    acknowledged += other.acknowledged;
    lost += other.lost;
    doubled += other.doubled;
    miscounted += other.miscounted;
    unanswered += other.unanswered;
    applied += other.applied;
    troubles.insert(troubles.end(), other.troubles.begin(), other.troubles.end());
    return *this;
}

std::string Ledger::fresh(const char* kind) {
    return kind + std::to_string(number_) + "." + std::to_string(++serial_);
}

void Ledger::note(Promise& promise, Fate fate, bool on, const WorldClient& client) {
    promise.touched = true;
    switch (fate) {
        case Fate::Done:
            ++tally_.acknowledged;
            promise.state = on ? State::Present : State::Absent;
            break;
        case Fate::Unknown:
            ++tally_.unanswered;
            // Asking for what is there already changes nothing, answered or not.
            if (promise.state != (on ? State::Present : State::Absent)) {
                promise.state = State::Unknown;
            }
            break;
        case Fate::Refused:
            tally_.troubles.push_back("refused: " + client.trouble());
            break;
    }
}

bool Ledger::act(WorldClient& client, const Stage& stage, std::mt19937_64& random) {
    constexpr unsigned kSides = 100;
    const unsigned dice = people_.empty() ? 0 : static_cast<unsigned>(random() % kSides);
    Fate fate = Fate::Done;
    if (dice < 2) {
        const std::string name = fresh("w");
        Account account;
        Promise promise;
        fate = client.signUp(name, account);
        note(promise, fate, true, client);
        promise.id = account.id;
        names_[name] = promise;
        if (fate == Fate::Done) {
            people_.push_back(account);
        }
        return fate != Fate::Unknown;
    }
    // The newest people do most; old ones stay as witnesses.
    const std::size_t me = people_.size() - 1 - random() % std::min<std::size_t>(people_.size(), 3);
    const bool on = random() % 3 != 0;
    if (dice < 5 || stage.videos.empty()) {
        const std::string title = fresh("title");
        Promise promise;
        fate = client.publish(people_[me], title, stage.clip);
        note(promise, fate, true, client);
        works_[{me, title}] = promise;
    } else if (dice < 35) {
        const std::int64_t video = anyOf(stage.videos, random);
        fate = client.like(people_[me], video, on);
        note(likes_[{me, video}], fate, on, client);
    } else if (dice < 50 && stage.people.size() > 1) {
        const std::int64_t whom = anyOf(stage.people, random);
        if (whom != people_[me].id) {
            fate = client.follow(people_[me], whom, on);
            note(follows_[{me, whom}], fate, on, client);
        }
    } else if (dice < 75) {
        const std::int64_t video = anyOf(stage.videos, random);
        const std::string words = fresh("comment");
        Promise promise;
        fate = client.comment(people_[me], video, words, promise.id);
        note(promise, fate, true, client);
        comments_[{{me, video}, words}] = promise;
    } else if (dice < 82) {
        // Some comment of mine whose id is known.
        const auto victim = std::ranges::find_if(comments_, [](const auto& entry) {
            return entry.second.state == State::Present && entry.second.id > 0;
        });
        if (victim != comments_.end()) {
            const Pair where = victim->first.first;
            fate = client.removeComment(people_[where.first], where.second, victim->second.id);
            note(victim->second, fate, false, client);
        }
    } else if (stage.people.size() > 1) {
        const std::int64_t whom = anyOf(stage.people, random);
        if (whom != people_[me].id) {
            const std::string words = fresh("message");
            Promise promise;
            fate = client.say(people_[me], whom, words);
            note(promise, fate, true, client);
            messages_[{{me, whom}, words}] = promise;
        }
    }
    return fate != Fate::Unknown;
}

void Ledger::compare(Promise& promise, std::size_t found, const std::string& what) {
    if (found > 1) {
        ++tally_.doubled;
        tally_.troubles.push_back("doubled: " + what);
    }
    const bool there = found > 0;
    if (promise.state == State::Unknown) {
        tally_.applied += there ? 1 : 0;
    } else if (there != (promise.state == State::Present)) {
        ++tally_.lost;
        tally_.troubles.push_back((there ? "came back: " : "lost: ") + what);
    }
    promise.state = there ? State::Present : State::Absent;
    promise.touched = false;
}

// A name whose registration was not answered: either it is free, and this takes it, or it is taken.
void Ledger::settle(WorldClient& client, const std::string& name, Promise& promise) {
    Account account;
    switch (client.signUp(name, account)) {
        case Fate::Done:
            promise.state = State::Present;
            promise.id = account.id;
            people_.push_back(account);
            break;
        case Fate::Refused:
            ++tally_.applied;
            promise.state = State::Absent;  // nobody has its id; nothing more to check
            promise.touched = false;
            break;
        case Fate::Unknown:
            tally_.troubles.push_back("no answer: " + client.trouble());
            break;
    }
}

void Ledger::audit(WorldClient& client, const Stage& stage, bool everything) {
    const auto due = [everything](const Promise& promise) { return everything || promise.touched; };
    const auto need = [this, &client](const auto& answer) {
        if (!answer) {
            tally_.troubles.push_back("cannot read: " + client.trouble());
        }
        return answer.has_value();
    };
    for (auto& [name, promise] : names_) {
        if (promise.state == State::Unknown) {
            settle(client, name, promise);
        }
        if (promise.state == State::Present && due(promise)) {
            const auto profile = client.profile(people_.front(), promise.id);
            compare(promise, profile && profile->name == name ? 1 : 0, "person " + name);
        }
    }
    for (std::size_t i = 0; i < people_.size(); ++i) {
        const Account& me = people_[i];
        const auto mine = [&](auto& promises) {
            return std::ranges::any_of(
                promises, [&](const auto& entry) { return entry.first.first == i && due(entry.second); });
        };
        if (mine(likes_)) {
            if (const auto liked = client.favorites(me); need(liked)) {
                for (auto& [where, promise] : likes_) {
                    if (where.first == i && due(promise)) {
                        compare(promise, static_cast<std::size_t>(std::ranges::count(*liked, where.second)),
                                "like of " + me.name + " for " + std::to_string(where.second));
                    }
                }
            }
        }
        if (mine(follows_)) {
            if (const auto followed = client.followed(me); need(followed)) {
                for (auto& [where, promise] : follows_) {
                    if (where.first == i && due(promise)) {
                        compare(promise,
                                static_cast<std::size_t>(std::ranges::count(*followed, where.second)),
                                "follow of " + me.name + " for " + std::to_string(where.second));
                    }
                }
            }
        }
        if (mine(works_)) {
            if (const auto works = client.works(me, me.id); need(works)) {
                for (auto& [where, promise] : works_) {
                    if (where.first != i || !due(promise)) {
                        continue;
                    }
                    const auto found = std::ranges::find(*works, where.second, &Video::title);
                    const auto count =
                        static_cast<std::size_t>(std::ranges::count(*works, where.second, &Video::title));
                    if (count == 0 && promise.state == State::Unknown) {
                        continue;  // may still wait for its cover, and appear later
                    }
                    compare(promise, count, "video " + where.second);
                    if (found == works->end()) {
                        continue;
                    }
                    if (promise.id == 0) {
                        promise.id = found->id;
                        videos_.push_back(found->id);
                    }
                    if (client.media(found->playUrl) != stage.clip) {
                        ++tally_.lost;
                        tally_.troubles.push_back("lost: file of video " + where.second);
                    }
                }
            }
        }
    }
    std::map<std::int64_t, std::vector<Text>> byVideo;
    for (auto& [where, promise] : comments_) {
        if (!due(promise)) {
            continue;
        }
        const std::int64_t video = where.first.second;
        if (!byVideo.contains(video)) {
            const auto all = client.comments(video);
            if (!need(all)) {
                continue;
            }
            byVideo[video] = *all;
        }
        const auto& all = byVideo[video];
        compare(promise, times(all, where.second), "comment " + where.second);
        const auto found = std::ranges::find(all, where.second, &Text::content);
        if (found != all.end()) {
            promise.id = found->id;
        }
    }
    std::map<Pair, std::vector<Text>> byPair;
    for (auto& [where, promise] : messages_) {
        if (!due(promise)) {
            continue;
        }
        if (!byPair.contains(where.first)) {
            const auto all = client.chat(people_[where.first.first], where.first.second);
            if (!need(all)) {
                continue;
            }
            byPair[where.first] = *all;
        }
        compare(promise, times(byPair[where.first], where.second), "message " + where.second);
    }
}

void Ledger::likes(std::map<std::int64_t, std::size_t>& byVideo) const {
    for (const auto& [where, promise] : likes_) {
        byVideo[where.second] += promise.state == State::Present ? 1 : 0;
    }
}

void Ledger::count(WorldClient& client, const std::map<std::int64_t, std::size_t>& likes) {
    const auto check = [this](const std::string& what, std::int64_t counter, std::size_t length) {
        if (counter != static_cast<std::int64_t>(length)) {
            ++tally_.miscounted;
            tally_.troubles.push_back("miscounted: " + what + " says " + std::to_string(counter) +
                                      ", there are " + std::to_string(length));
        }
    };
    for (const Account& me : people_) {
        const auto profile = client.profile(me, me.id);
        const auto works = client.works(me, me.id);
        const auto favorites = client.favorites(me);
        const auto followed = client.followed(me);
        const auto followers = client.followers(me, me.id);
        if (!profile || !works || !favorites || !followed || !followers) {
            tally_.troubles.push_back("cannot read: " + client.trouble());
            return;
        }
        check(me.name + "'s work_count", profile->works, works->size());
        check(me.name + "'s favorite_count", profile->favorites, favorites->size());
        check(me.name + "'s follow_count", profile->follows, followed->size());
        check(me.name + "'s follower_count", profile->followers, followers->size());
        for (const Video& video : *works) {
            const auto liked = likes.find(video.id);
            check("favorite_count of " + video.title, video.likes, liked == likes.end() ? 0 : liked->second);
            if (const auto comments = client.comments(video.id)) {
                check("comment_count of " + video.title, video.comments, comments->size());
            }
        }
    }
}

void Ledger::appear(Stage& stage) const {
    for (const Account& each : people_) {
        stage.people.push_back(each.id);
    }
    stage.videos.insert(stage.videos.end(), videos_.begin(), videos_.end());
}

}  // namespace tikgok::resilience
