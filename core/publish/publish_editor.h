// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The video that is being prepared: its file, title and cover, what is wrong with it, and the way to the
// outbox. It is a draft from the first thing on that choosing the file again would not bring back: a title, a
// cover, a recording.
#pragma once

#include "core/account/session.h"
#include "core/outbox/outbox.h"
#include "core/publish/file_desk.h"
#include "core/publish/publish_drafts.h"
#include "core/publish/server_limits.h"

#include <QObject>
#include <QUrl>
#include <QVariantList>

namespace tikgok {

class PublishEditor final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")
    Q_PROPERTY(State state READ state NOTIFY changed)
    // What is in the way, or None.
    Q_PROPERTY(tikgok::PublishProblems::Problem problem READ problem NOTIFY changed)
    // What is worth knowing about the file, or None.
    Q_PROPERTY(tikgok::PublishProblems::Problem warning READ warning NOTIFY changed)
    // The same for the title.
    Q_PROPERTY(tikgok::PublishProblems::Problem titleProblem READ titleProblemNow NOTIFY changed)
    // A file of this device; empty without one.
    Q_PROPERTY(QUrl source READ source NOTIFY sourceChanged)
    Q_PROPERTY(QString fileName READ fileName NOTIFY sourceChanged)
    // With the camera, here: the file lives and goes with the draft.
    Q_PROPERTY(bool recorded READ recorded NOTIFY sourceChanged)
    Q_PROPERTY(bool playable READ playable NOTIFY changed)
    Q_PROPERTY(double bytes READ bytes NOTIFY changed)
    // The most that the server takes; 0: not known.
    Q_PROPERTY(double limitBytes READ limitBytes NOTIFY changed)
    Q_PROPERTY(double duration READ duration NOTIFY changed)
    Q_PROPERTY(int pictureWidth READ pictureWidth NOTIFY changed)
    Q_PROPERTY(int pictureHeight READ pictureHeight NOTIFY changed)
    // "MP4", "H.264"
    Q_PROPERTY(QString container READ container NOTIFY changed)
    Q_PROPERTY(QString codec READ codec NOTIFY changed)
    Q_PROPERTY(QString title READ title WRITE setTitle NOTIFY titleChanged)
    // In the unit that the server counts.
    Q_PROPERTY(int titleLength READ titleLengthNow NOTIFY changed)
    Q_PROPERTY(int maxTitleLength READ maxTitle CONSTANT)
    Q_PROPERTY(bool titleInBytes READ titleInBytes NOTIFY changed)
    // False: the server is known to make its covers by itself.
    Q_PROPERTY(bool coverTaken READ coverTaken NOTIFY changed)
    // Pictures to choose from: maps with `source` (a data URL) and `at` (milliseconds).
    Q_PROPERTY(QVariantList frames READ frames NOTIFY framesChanged)
    Q_PROPERTY(double coverAt READ coverAt NOTIFY coverChanged)
    // The chosen one, as a data URL; empty while there is none.
    Q_PROPERTY(QString cover READ cover NOTIFY coverChanged)
    Q_PROPERTY(bool publishable READ publishable NOTIFY changed)
    // While publish() copies the file to where it stays: the bytes so far. Otherwise -1.
    Q_PROPERTY(double copied READ copied NOTIFY copiedChanged)
    // Decimal digits of the draft; "0" while there is none.
    Q_PROPERTY(QString draftId READ draftId NOTIFY sourceChanged)

public:
    enum class State {
        Empty,     // no file
        Checking,  // the file is being looked into
        Checked,   // see problem
        Handing,   // publish() was called: the account, the cover, the outbox
    };
    Q_ENUM(State)

    // All must outlive the editor.
    PublishEditor(Session& session, Outbox& outbox, PublishDrafts& drafts, FileDesk& files,
                  ServerLimits& limits, QObject* parent = nullptr);
    ~PublishEditor() override;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] PublishProblem problem() const;
    [[nodiscard]] PublishProblem warning() const;
    [[nodiscard]] PublishProblem titleProblemNow() const;
    [[nodiscard]] QUrl source() const;
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] bool recorded() const;
    [[nodiscard]] bool playable() const {
        return look_.error == Player::ErrorKind::None && !frames_.isEmpty();
    }
    [[nodiscard]] qint64 bytes() const { return draft_.stamp.size; }
    [[nodiscard]] qint64 limitBytes() const { return limits_.now().maxBytes; }
    [[nodiscard]] qint64 duration() const { return look_.facts.durationMs; }
    [[nodiscard]] int pictureWidth() const { return look_.facts.size.width(); }
    [[nodiscard]] int pictureHeight() const { return look_.facts.size.height(); }
    [[nodiscard]] QString container() const { return look_.facts.container; }
    [[nodiscard]] QString codec() const { return look_.facts.videoCodec; }
    [[nodiscard]] QString title() const { return draft_.title; }
    void setTitle(const QString& title);
    [[nodiscard]] int titleLengthNow() const;
    [[nodiscard]] int maxTitle() const { return maxTitleLength(); }
    [[nodiscard]] bool coverTaken() const { return session_.traits().takesCover(); }
    [[nodiscard]] bool titleInBytes() const { return limits_.now().titleInBytes; }
    [[nodiscard]] QVariantList frames() const { return frames_; }
    [[nodiscard]] qint64 coverAt() const { return draft_.coverMs; }
    [[nodiscard]] QString cover() const;
    [[nodiscard]] bool publishable() const;
    [[nodiscard]] qint64 copied() const { return copied_; }
    [[nodiscard]] QString draftId() const { return QString::number(draft_.id); }

    // Takes the file in. Another one that was being prepared stays among the drafts if it is one; a title
    // without a file goes with the new one.
    Q_INVOKABLE void openFile(const QUrl& file);
    Q_INVOKABLE void openDraft(const QString& id);
    // Puts what is prepared aside, as a draft.
    Q_INVOKABLE void close();
    // Forgets it for good. Its file stays where it is, unless it was recorded here.
    Q_INVOKABLE void discard();
    Q_INVOKABLE void chooseCover(qint64 at);
    // Looks at the file again, and takes it as it is now.
    Q_INVOKABLE void check();
    // Asks for an account where there is none, and hands it to the outbox.
    Q_INVOKABLE void publish();
    // Takes publish() back while the file is copied.
    Q_INVOKABLE void stopCopying();

Q_SIGNALS:
    void changed();
    void sourceChanged();
    void titleChanged();
    void framesChanged();
    void coverChanged();
    void copiedChanged();
    // It is the outbox's now, and the editor is empty.
    void handedOver();

private:
    void start(PublishDraft draft, bool asItIs);
    QCoro::Task<> inspect(bool asItIs);
    void showLook(FileLook look);
    QCoro::Task<> takeThumb();
    QCoro::Task<> hand();
    [[nodiscard]] bool isWorthKeeping() const;
    // Saves it if it is worth keeping; or in any case.
    void putDraft();
    void keepDraft();
    void clear();
    void setState(State state);
    void setCopied(qint64 bytes);
    [[nodiscard]] PublishProblem fileProblem() const;

    Session& session_;
    Outbox& outbox_;
    PublishDrafts& drafts_;
    FileDesk& files_;
    ServerLimits& limits_;
    PublishDraft draft_;
    State state_ = State::Empty;
    bool coverChosen_ = false;
    qint64 copied_ = -1;
    // Of the file itself, from the last look at the disk.
    PublishProblem disk_ = PublishProblem::None;
    FileLook look_;
    QVariantList frames_;
    TaskScope lookScope_;
    TaskScope coverScope_;
    TaskScope scope_;
};

}  // namespace tikgok
