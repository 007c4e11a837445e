// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Registering, signing in, and looking at a user.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/executor.h"
#include "backend-sim/ports/media_urls.h"
#include "backend-sim/ports/password_hasher.h"
#include "backend-sim/ports/read_model.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/login_limit.h"
#include "backend-sim/services/services.h"
#include "backend-sim/services/write/commands.h"

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace tikgok::sim {

// Whether a name and a password are such as somebody may register with.
bool isGoodAccount(const std::string& name, const std::string& password, const Policy& policy);

class Users final : public UserService {
public:
    // How a new user looks until that can be changed: the contract has no call for it.
    struct Look {
        std::string avatarKey;
        std::string backgroundKey;
        std::string signature;
    };
    // Nothing is owned. Work given to `hashing` refers to this object.
    struct Needs {
        const UserReader& reader;
        Submit<RegisterUser>& writer;
        PasswordHasher& hasher;
        Executor& hashing;
        const Clock& clock;
        const MediaUrls& urls;
        Look newcomer;
        LoginLimit& logins;
        // May be null.
        Telemetry* telemetry = nullptr;
    };
    explicit Users(Needs needs) : needs_(std::move(needs)) {}

    void registerUser(const RequestContext& context, std::string name, std::string password,
                      Done<contract::Id> done) override;
    void login(const RequestContext& context, std::string name, std::string password,
               Done<contract::Id> done) override;
    Outcome<contract::User> user(const RequestContext& context, contract::Id id) const override;
    bool exists(contract::Id id) const override;

private:
    void count(Event event) const;
    // Counts what nobody waits for any more.
    [[nodiscard]] bool givenUp(const RequestContext& context) const;
    template <class Work>
    auto timed(Work work);

    // Names that are being registered without regard to case. The writer compares them byte for byte, so of
    // two that differ in case alone and come at once, the second is refused here.
    class NamesUnderWay {
    public:
        // One of them, until it is given back or this goes: work may be dropped before it has an outcome.
        class Taken {
        public:
            Taken(NamesUnderWay& names, std::set<std::string>::iterator place)
                : names_(&names), place_(place) {}
            Taken(Taken&& other) noexcept
                : names_(std::exchange(other.names_, nullptr)), place_(other.place_) {}
            Taken& operator=(Taken&&) = delete;
            ~Taken() { giveBack(); }
            void giveBack();

        private:
            NamesUnderWay* names_;
            std::set<std::string>::iterator place_;
        };
        // Nothing when it is under way already.
        std::optional<Taken> take(std::string folded);

    private:
        std::mutex mutex_;
        std::set<std::string> names_;
    };

    const Needs needs_;
    NamesUnderWay underWay_;
};

}  // namespace tikgok::sim
