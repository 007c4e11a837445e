// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a case works with: calls that are judged against the API description, people, and a place for
// complaints.
#pragma once

#include "tests/conformance/dialect.h"
#include "tests/conformance/expected.h"
#include "tests/conformance/http.h"
#include "tests/conformance/raw_http.h"
#include "tests/conformance/spec.h"

#include <boost/json.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::conformance {

namespace json = boost::json;

// Ends a case early. The complaint is recorded by the runner.
struct Abandon : std::exception {
    explicit Abandon(std::string what) : words(std::move(what)) {}
    [[nodiscard]] const char* what() const noexcept override { return words.c_str(); }
    std::string words;
};

struct Person {
    std::int64_t id = 0;
    std::string name = {};
    std::string password = {};
    std::string token = {};
};

struct Reply {
    Request request;
    Answer answer;
    // Null when the body was not JSON.
    json::value body;

    [[nodiscard]] std::int64_t code() const;
    [[nodiscard]] std::string words() const;
    [[nodiscard]] bool ok() const { return code() == 0; }
};

// Members of JSON objects; a missing one or one of the wrong kind ends the case.
const json::value& memberOf(const json::value& value, std::string_view name);
std::int64_t number(const json::value& value, std::string_view name);
bool flag(const json::value& value, std::string_view name);
std::string text(const json::value& value, std::string_view name);
const json::array& list(const json::value& value, std::string_view name);
std::vector<std::int64_t> idsOf(const json::array& objects);
// The entry with this id, or nullptr.
const json::value* withId(const json::array& objects, std::int64_t id);

struct Settings {
    std::string server;
    Dialect dialect = Dialect::Standard;
    // The server's key for tokens, when it is known.
    std::optional<std::string> jwtKey;
    // A small real mp4.
    std::string clip;
};

// Functions may be called from several threads unless they say otherwise.
class Context {
public:
    Context(Settings settings, const ApiSpec& spec);

    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const HostPort& host() const { return host_; }
    [[nodiscard]] const ApiSpec& spec() const { return spec_; }

    // --- calls
    // Sends, and complains when the answer is not what the description says. With its own connection per
    // thread. A compressed answer is judged unpacked; answer.body stays as it came.
    Reply call(Request request);
    // Sends only.
    Reply plain(Request request);
    // A judged call with these parameters in the query, `person`'s token among them.
    Reply get(std::string target, Pairs query, const Person* person = nullptr);
    Reply post(std::string target, Pairs query, const Person* person = nullptr);

    // --- people and things
    static std::string randomName();
    Person newPerson();
    // Made once per run; for cases that change nothing about them.
    const Person& shared(std::size_t which);
    Request publishRequest(const Person& person, std::string title, std::string fileName = "clip.mp4");
    // Publishes and gives the id, found in publish/list: at once, or soon when the dialect stores later.
    std::int64_t publish(const Person& person, const std::string& title);
    // A video of shared(0), made once per run.
    std::int64_t sharedVideo();
    json::array publishedBy(const Person& person, const Person* caller = nullptr);
    json::value video(const Person& author, std::int64_t id, const Person* caller = nullptr);
    json::value user(std::int64_t id, const Person& caller);
    json::array comments(std::int64_t video, const Person* caller = nullptr);

    // Polls until `ready` is true; complains when it is not within the time. For what a dialect does later.
    bool eventually(std::string_view what, const std::function<bool()>& ready,
                    std::chrono::milliseconds within = std::chrono::seconds(10));

    // --- complaints
    bool expect(bool good, std::string_view what);
    bool expect(const Reply& reply, bool good, std::string_view what);
    void require(const Reply& reply, bool good, std::string_view what);
    void expectOk(const Reply& reply);
    void requireOk(const Reply& reply);
    void expectFailure(const Reply& reply, const Verdict& verdict);
    // One of several.
    void expectOneOf(const Reply& reply, const std::vector<Verdict>& verdicts);
    template <class T>
    bool expectEqual(const T& got, const T& want, std::string_view what);

    // Takes the complaints out. For the runner.
    std::vector<std::string> takeComplaints();

    // Runs `work(i)` on `count` threads that start at the same moment. Exceptions become complaints.
    void together(std::size_t count, const std::function<void(std::size_t)>& work);

private:
    void complain(std::string what);

    Settings settings_;
    const ApiSpec& spec_;
    HostPort host_;
    std::mutex mutex_;
    std::vector<std::string> complaints_;
    // Idle connections.
    std::vector<HttpClient> clients_;
    std::mutex sharedMutex_;
    std::map<std::size_t, Person> shared_;
    std::int64_t sharedVideo_ = 0;
};

// Undoes gzip. Empty when it is damaged or cut.
std::string unzipped(const std::string& data);

std::string shown(std::int64_t value);
std::string shown(bool value);
std::string shown(const std::string& value);
std::string shown(const std::vector<std::int64_t>& values);

template <class T>
bool Context::expectEqual(const T& got, const T& want, std::string_view what) {
    return got == want ||
           expect(false, std::string(what) + ": got " + shown(got) + ", expected " + shown(want));
}

struct Case {
    std::string name;
    std::function<void(Context&)> run;
    // Left out when the server's key is not known.
    bool needsKey = false;
    // Of contract.md. Empty: told by the name, see sectionOf().
    std::string section = {};
};
using Cases = std::vector<Case>;
std::string sectionOf(const Case& each);

void addTransportCases(Cases& cases);
void addTokenCases(Cases& cases);
void addParameterCases(Cases& cases);
void addAccountCases(Cases& cases);
void addFeedCases(Cases& cases);
void addPublishCases(Cases& cases);
void addFavoriteCases(Cases& cases);
void addCommentCases(Cases& cases);
void addRelationCases(Cases& cases);
void addMessageCases(Cases& cases);
void addMediaCases(Cases& cases);
void addRaceCases(Cases& cases);
// What the standard and the tikgok dialect say alike about missing and bad tokens. The table must outlive the
// cases.
struct Endpoint;
void addTokenChecks(Cases& cases, const std::vector<Endpoint>& all);

void addTikgokTransportCases(Cases& cases);
void addTikgokParameterCases(Cases& cases);
void addTikgokTokenCases(Cases& cases);
void addTikgokAccountCases(Cases& cases);
void addTikgokVideoCases(Cases& cases);
void addTikgokInteractionCases(Cases& cases);
void addTikgokSocialCases(Cases& cases);
void addTikgokLimitCases(Cases& cases);

void addDemoTransportCases(Cases& cases);
void addDemoCases(Cases& cases);

// All of a dialect, in a fixed order.
Cases allCases(Dialect dialect);

// The endpoints with parameters that succeed, for cases that go over all of them.
enum class TokenRule : std::uint8_t { None, Feed, Optional, Required };
struct Endpoint {
    std::string_view name;
    std::string_view method;
    std::string_view path;
    TokenRule token;
};
const std::vector<Endpoint>& endpoints();
// The reference server wants a token for comment/list too.
const std::vector<Endpoint>& tikgokEndpoints();
// A request that succeeds, without a token. Repeating it succeeds too, register excepted (a new name each
// time).
Request workingRequest(Context& context, const Endpoint& endpoint);

}  // namespace tikgok::conformance
