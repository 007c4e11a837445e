// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page's levers and lists. Everything that it does is a call of the admin API.
#pragma once

#include "core/account/session.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/simulator/admin_client.h"
#include "core/simulator/load_model.h"
#include "core/simulator/simulator_files.h"
#include "core/simulator/simulator_models.h"
#include "core/simulator/simulator_watch.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QUrl>

#include <chrono>
#include <functional>

namespace tikgok {

struct SimulatorDeskOptions {
    // Between two looks at what is shown.
    std::chrono::milliseconds pace{1'000};
};

class SimulatorDesk final : public QObject {
    Q_OBJECT
    // The page is seen: only then it asks, and only for what its section shows.
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY shownChanged)
    Q_PROPERTY(Section section READ section WRITE setSection NOTIFY sectionChanged)
    // A lever is being moved.
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    // Why the last lever did not move, until the next one is tried. Kind None: it did.
    Q_PROPERTY(tikgok::ErrorKinds::Kind problem READ problem NOTIFY problemChanged)
    // The simulator's words, in English; may be empty.
    Q_PROPERTY(QString problemWords READ problemWords NOTIFY problemChanged)

    // The simulator's clock. Empty until it is known.
    Q_PROPERTY(QString clockText READ clockText NOTIFY clockChanged)
    Q_PROPERTY(bool clockFrozen READ clockFrozen NOTIFY clockChanged)
    Q_PROPERTY(bool clockReal READ clockReal NOTIFY clockChanged)
    Q_PROPERTY(double clockScale READ clockScale NOTIFY clockChanged)

    Q_PROPERTY(bool recording READ recording NOTIFY journalChanged)
    // Entries in the simulator's journal, as digits.
    Q_PROPERTY(QString recorded READ recorded NOTIFY journalChanged)
    Q_PROPERTY(QString journalRoute READ journalRoute NOTIFY journalChanged)
    Q_PROPERTY(bool struckOnly READ struckOnly NOTIFY journalChanged)
    // One entry whole, for reading; empty while it is not there.
    Q_PROPERTY(QString entryText READ entryText NOTIFY entryChanged)
    Q_PROPERTY(QString entryNumber READ entryNumber NOTIFY entryChanged)
    // An export is being written.
    Q_PROPERTY(bool exporting READ exporting NOTIFY exportingChanged)

    // Somebody whom the scenario in place brought along: digits, and a name. Empty: nobody.
    Q_PROPERTY(QString guestId READ guestId NOTIFY guestChanged)
    Q_PROPERTY(QString guestName READ guestName NOTIFY guestChanged)

    // Dead letters that are older than those in the list.
    Q_PROPERTY(int olderLetters READ olderLetters NOTIFY checksChanged)
    // Both sides of every exchange are held against the contract.
    Q_PROPERTY(bool validating READ validating NOTIFY checksChanged)
    // How many, as digits: exchanges that were looked at, and those for which there was no room.
    Q_PROPERTY(QString checked READ checked NOTIFY checksChanged)
    Q_PROPERTY(QString unchecked READ unchecked NOTIFY checksChanged)
    // Wrong, and how many: by the client, by the server, by rules that made them so.
    Q_PROPERTY(QString badRequests READ badRequests NOTIFY checksChanged)
    Q_PROPERTY(QString badAnswers READ badAnswers NOTIFY checksChanged)
    Q_PROPERTY(QString deliberate READ deliberate NOTIFY checksChanged)
    // Answers that clients meet are counted.
    Q_PROPERTY(bool covering READ covering NOTIFY checksChanged)

    // A recording to replay is being made.
    Q_PROPERTY(bool replayOn READ replayOn NOTIFY replayChanged)
    // It ended because there was no more room.
    Q_PROPERTY(bool replayFull READ replayFull NOTIFY replayChanged)
    // What it has, as digits; "0": nothing was recorded.
    Q_PROPERTY(QString replayEntries READ replayEntries NOTIFY replayChanged)
    Q_PROPERTY(double replayBytes READ replayBytes NOTIFY replayChanged)
    // It is happening again, in a simulator of its own.
    Q_PROPERTY(bool replaying READ replaying NOTIFY replayChanged)
    // How that ended, until something else is recorded.
    Q_PROPERTY(Replayed replayed READ replayed NOTIFY replayChanged)
    // Requests that were compared, as digits; and the first difference, to read.
    Q_PROPERTY(QString replayCompared READ replayCompared NOTIFY replayChanged)
    Q_PROPERTY(QString replayDifference READ replayDifference NOTIFY replayChanged)

    Q_PROPERTY(tikgok::DeadLettersModel* deadLetters READ deadLetters CONSTANT)
    Q_PROPERTY(tikgok::FindingsModel* findings READ findings CONSTANT)
    Q_PROPERTY(tikgok::CoverageModel* coverage READ coverage CONSTANT)
    Q_PROPERTY(tikgok::FaultRulesModel* rules READ rules CONSTANT)
    Q_PROPERTY(tikgok::InsideFaultsModel* inside READ inside CONSTANT)
    Q_PROPERTY(tikgok::ScenariosModel* scenarios READ scenarios CONSTANT)
    Q_PROPERTY(tikgok::SnapshotsModel* snapshots READ snapshots CONSTANT)
    Q_PROPERTY(tikgok::SimPeopleModel* people READ people CONSTANT)
    Q_PROPERTY(tikgok::JournalModel* journal READ journal CONSTANT)
    Q_PROPERTY(tikgok::LoadModel* load READ load CONSTANT)
    Q_PROPERTY(tikgok::SimulatorFiles* files READ files CONSTANT)

public:
    enum class Section { Faults, Scenarios, Clock, World, People, Journal, Checks, Replay, Load };
    Q_ENUM(Section)
    enum class Replayed { NotYet, Same, Different };
    Q_ENUM(Replayed)

    // All must outlive this. The client's token is the watch's business.
    SimulatorDesk(AdminClient& client, SimulatorWatch& watch, Session& session,
                  SimulatorDeskOptions options = {}, QObject* parent = nullptr);
    ~SimulatorDesk() override;

    [[nodiscard]] bool shown() const { return shown_; }
    [[nodiscard]] Section section() const { return section_; }
    [[nodiscard]] bool busy() const { return moving_ > 0; }
    [[nodiscard]] ErrorKind problem() const { return problem_; }
    [[nodiscard]] QString problemWords() const { return problemWords_; }
    [[nodiscard]] QString clockText() const;
    [[nodiscard]] bool clockFrozen() const { return clock_.frozen; }
    [[nodiscard]] bool clockReal() const { return clock_.real; }
    [[nodiscard]] double clockScale() const { return clock_.scale; }
    [[nodiscard]] bool recording() const { return recording_; }
    [[nodiscard]] QString recorded() const { return QString::number(recorded_); }
    [[nodiscard]] QString journalRoute() const { return journalRoute_; }
    [[nodiscard]] bool struckOnly() const { return struckOnly_; }
    [[nodiscard]] QString entryText() const { return entryText_; }
    [[nodiscard]] QString entryNumber() const { return entryNumber_; }
    [[nodiscard]] bool exporting() const { return exporting_; }
    [[nodiscard]] QString guestId() const { return guestId_; }
    [[nodiscard]] QString guestName() const { return guestName_; }
    [[nodiscard]] int olderLetters() const { return olderLetters_; }
    [[nodiscard]] bool validating() const { return validation_.on; }
    [[nodiscard]] QString checked() const { return QString::number(validation_.checked); }
    [[nodiscard]] QString unchecked() const { return QString::number(validation_.unchecked); }
    [[nodiscard]] QString badRequests() const { return QString::number(validation_.badRequests); }
    [[nodiscard]] QString badAnswers() const { return QString::number(validation_.badAnswers); }
    [[nodiscard]] QString deliberate() const { return QString::number(validation_.deliberate); }
    [[nodiscard]] bool covering() const { return covering_; }
    [[nodiscard]] bool replayOn() const { return tape_.on; }
    [[nodiscard]] bool replayFull() const { return tape_.full; }
    [[nodiscard]] QString replayEntries() const { return QString::number(tape_.entries); }
    [[nodiscard]] double replayBytes() const { return static_cast<double>(tape_.bytes); }
    [[nodiscard]] bool replaying() const { return replaying_; }
    [[nodiscard]] Replayed replayed() const { return replayed_; }
    [[nodiscard]] QString replayCompared() const { return replayCompared_; }
    [[nodiscard]] QString replayDifference() const { return replayDifference_; }
    [[nodiscard]] DeadLettersModel* deadLetters() { return &deadLetters_; }
    [[nodiscard]] FindingsModel* findings() { return &findings_; }
    [[nodiscard]] CoverageModel* coverage() { return &coverage_; }
    [[nodiscard]] FaultRulesModel* rules() { return &rules_; }
    [[nodiscard]] InsideFaultsModel* inside() { return &inside_; }
    [[nodiscard]] ScenariosModel* scenarios() { return &scenarios_; }
    [[nodiscard]] SnapshotsModel* snapshots() { return &snapshots_; }
    [[nodiscard]] SimPeopleModel* people() { return &people_; }
    [[nodiscard]] JournalModel* journal() { return &journal_; }
    [[nodiscard]] LoadModel* load() { return &load_; }
    [[nodiscard]] SimulatorFiles* files() { return &files_; }

    void setShown(bool shown);
    void setSection(Section section);

    // Everything that is turned goes back: rules, faults inside, clock, scenario. The world stays.
    Q_INVOKABLE void makeGood();

    // One of the presets (fault_presets.h) by its name.
    Q_INVOKABLE void addPreset(const QString& preset);
    // A rule as the form has it. `route` as in rules; `kind`: one of the effects, `number` what it needs (a
    // status, a code, milliseconds, bytes a second), `percent`: how often it strikes, `times`: how many at
    // most, 0 for no limit. What is wrong with it the simulator says.
    Q_INVOKABLE void addRule(const QString& route, const QString& kind, int number, int percent, int times);
    Q_INVOKABLE void switchRule(const QString& name, bool on);
    Q_INVOKABLE void removeRule(const QString& name);
    Q_INVOKABLE void switchInside(const QString& name, bool on);

    // Sends again what the simulator gave up: one, by its digits, or all of it.
    Q_INVOKABLE void resendLetter(const QString& letter);
    Q_INVOKABLE void resendAllLetters();

    Q_INVOKABLE void loadScenario(const QString& name);

    Q_INVOKABLE void freezeClock();
    Q_INVOKABLE void runClock();
    Q_INVOKABLE void advanceClock(int seconds);
    Q_INVOKABLE void scaleClock(double factor);
    Q_INVOKABLE void resetClock();

    Q_INVOKABLE void speak(const QString& dialect);
    Q_INVOKABLE void resetWorld();
    // One of the ready-made worlds. `seed`: digits; empty: the usual one. What is none the simulator refuses.
    Q_INVOKABLE void makeWorld(const QString& name, const QString& seed = {});
    Q_INVOKABLE void saveSnapshot(const QString& name);
    Q_INVOKABLE void restoreSnapshot(const QString& name);
    Q_INVOKABLE void removeSnapshot(const QString& name);

    // `part` of a name; empty: everybody, at most a hundred.
    Q_INVOKABLE void findPeople(const QString& part);
    // Signs in without a password, by a token that the simulator makes. The id in digits.
    Q_INVOKABLE void become(const QString& userId);

    Q_INVOKABLE void setRecording(bool on);
    Q_INVOKABLE void clearJournal();
    // Shows only these. `route` may be empty.
    Q_INVOKABLE void filterJournal(const QString& route, bool struckOnly);
    Q_INVOKABLE void openEntry(const QString& number);
    Q_INVOKABLE void closeEntry();
    // Asks for the command; curlReady() has it.
    Q_INVOKABLE void askCurl(const QString& number);
    // Writes what the filter shows as a HAR file. Only files of this computer.
    Q_INVOKABLE void exportHar(const QUrl& file);

    Q_INVOKABLE void setValidating(bool on);
    Q_INVOKABLE void clearFindings();
    Q_INVOKABLE void setCovering(bool on);
    Q_INVOKABLE void clearCoverage();

    // Records from the world as it is; what was recorded before goes.
    Q_INVOKABLE void startReplay();
    Q_INVOKABLE void stopReplay();
    Q_INVOKABLE void forgetReplay();
    // Lets what was recorded happen again, and compares.
    Q_INVOKABLE void checkReplay();

Q_SIGNALS:
    void shownChanged();
    void sectionChanged();
    void busyChanged();
    void problemChanged();
    void clockChanged();
    void journalChanged();
    void entryChanged();
    void exportingChanged();
    void guestChanged();
    void checksChanged();
    void replayChanged();
    // So many of what was given up are on their way again.
    void lettersResent(int count);
    // Other videos and people than before: whoever shows some should ask again.
    void worldChanged();
    void snapshotSaved(const QString& name);
    void becameSomebody(const QString& name);
    void curlReady(const QString& command);
    // For people: where it is now.
    void harSaved(const QString& path);
    // The system's words.
    void harFailed(const QString& why);

private:
    using Then = std::function<void(const QJsonObject&)>;

    QCoro::Task<> follow();
    QCoro::Task<> readSection(std::stop_token alive);
    QCoro::Task<> readJournal(std::stop_token caller);
    QCoro::Task<> readDeadLetters(std::stop_token alive);
    QCoro::Task<> readChecks(std::stop_token alive);
    QCoro::Task<> readReplay(std::stop_token alive);
    QCoro::Task<> replay();
    void resend(const QString& which);
    void takeValidation(const QJsonObject& said);
    void takeCoverage(const QJsonObject& said);
    void takeTape(const QJsonObject& said);
    void forgetChecks();
    // Of a replay, also of one that is under way.
    void forgetVerdict();
    QCoro::Task<> beginRecording(std::stop_token alive);
    // Moves a lever, then looks at everything again.
    QCoro::Task<> move(AdminCall call, Then then = {});
    QCoro::Task<> readPeople(QString part);
    QCoro::Task<> readEntry(QString number);
    QCoro::Task<> readCurl(QString number);
    QCoro::Task<> writeHar(QString path);
    void lookSoon();
    void forget();
    void forgetJournal();
    void setProblem(ErrorKind kind, const QString& words = {});
    void takeClock(const QJsonObject& clock);
    void setGuest(const QString& id, const QString& name);
    [[nodiscard]] QList<std::pair<QString, QString>> journalFilter() const;

    AdminClient& client_;
    SimulatorWatch& watch_;
    Session& session_;
    const SimulatorDeskOptions options_;
    bool shown_ = false;
    Section section_ = Section::Faults;
    int moving_ = 0;
    ErrorKind problem_ = ErrorKind::None;
    QString problemWords_;
    SimulatorClock clock_;
    bool recording_ = false;
    // The person switched it off: it is not switched on by itself again.
    bool recordingRefused_ = false;
    bool recordingBegun_ = false;
    qint64 recorded_ = 0;
    // Number of the newest entry that was read; -1: none was.
    qint64 journalNext_ = -1;
    QString journalRoute_;
    bool struckOnly_ = false;
    QString entryText_;
    QString entryNumber_;
    bool exporting_ = false;
    int olderLetters_ = 0;
    ValidationState validation_;
    bool covering_ = false;
    RecordingState tape_;
    bool replaying_ = false;
    Replayed replayed_ = Replayed::NotYet;
    QString replayCompared_;
    QString replayDifference_;
    QString guestId_;
    QString guestName_;
    QString peoplePart_;
    DeadLettersModel deadLetters_{nullptr};
    FindingsModel findings_{nullptr};
    CoverageModel coverage_{nullptr};
    FaultRulesModel rules_{nullptr};
    InsideFaultsModel inside_{nullptr};
    ScenariosModel scenarios_{nullptr};
    SnapshotsModel snapshots_{nullptr};
    SimPeopleModel people_{nullptr};
    JournalModel journal_{nullptr};
    LoadModel load_{nullptr};
    SimulatorFiles files_;
    QElapsedTimer time_;
    QThreadPool disk_;
    QObject context_;
    TaskScope loop_;
    TaskScope journalScope_;
    TaskScope peopleScope_;
    TaskScope entryScope_;
    TaskScope replayScope_;
    TaskScope scope_;
};

}  // namespace tikgok
