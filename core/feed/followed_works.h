// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What several people have published, as one list from new to old, of which only a little is kept whole.
#pragma once

#include "core/contract/types.h"
#include "core/entities/toggle.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tikgok {

// Of every work the id is known (eight bytes); of the next few of each person also what the server said. What
// is missing is read again with its person's list. Nothing here asks or shows anything.
class FollowedWorks final {
public:
    // Works that are kept whole: so many in all, shared out between the people, but of each a few.
    static constexpr int kWholeInAll = 2'000;
    static constexpr int kWholeOfEach = 4;

    struct Work {
        contract::Id video = 0;
        contract::Id person = 0;
    };
    struct Told {
        contract::Video video;
        // When the list was asked for: see EntityStore::beginReading().
        ReadMark read = kOldReading;
    };

    // Those who are known already keep their works. `onlyThese`: all others are forgotten.
    void setPeople(const std::vector<contract::User>& people, bool onlyThese);
    // In place of what was known of this person. All of it is whole until trim().
    void setWorks(contract::Id person, std::vector<contract::Video> works, ReadMark read);
    // Lets go what is more than one's share. `shown` is not needed any more, `planned` soon.
    void trim(contract::Id person, const QSet<contract::Id>& shown, const QSet<contract::Id>& planned);
    void trimAll(const QSet<contract::Id>& shown, const QSet<contract::Id>& planned);
    // They were shown and are not to come again.
    void pass(contract::Id video) { passed_.insert(video); }
    void clear();

    // This person's list could not be read; cleared by setWorks() and setPeople().
    void setMissed(contract::Id person, bool missed);
    [[nodiscard]] std::vector<contract::Id> missedPeople() const;

    // Null when not one of the people.
    [[nodiscard]] const contract::User* person(contract::Id id) const;
    [[nodiscard]] bool hasPeople() const { return !people_.empty(); }

    // The next ones, at most `most`, but for those in `above`. Each list keeps its order; of the works in
    // front, the one with the larger id comes first. Works of missed people only as far as they are at hand,
    // here or as `known` says.
    [[nodiscard]] std::vector<Work> next(int most, const QSet<contract::Id>& above,
                                         const std::function<bool(contract::Id)>& known);
    // Gives out what is kept of it, once.
    [[nodiscard]] std::optional<Told> take(const Work& work);

private:
    struct Person {
        contract::User user;
        std::vector<contract::Id> works;
        // Those before it were passed.
        std::size_t from = 0;
        QHash<contract::Id, Told> whole;
        bool missed = false;
    };

    static void trim(Person& person, qsizetype share, const QSet<contract::Id>& shown,
                     const QSet<contract::Id>& planned);
    [[nodiscard]] qsizetype share() const;

    std::unordered_map<contract::Id, Person> people_;
    QSet<contract::Id> passed_;
};

}  // namespace tikgok
