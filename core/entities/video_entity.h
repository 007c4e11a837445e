// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One video, whoever shows it: what the server said, and on top of it what the person did since.
#pragma once

#include "core/api/error.h"
#include "core/contract/types.h"
#include "core/entities/convert.h"
#include "core/entities/entity_use.h"
#include "core/entities/toggle.h"
#include "core/entities/user_entity.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>

namespace tikgok {

// Owned by the EntityStore. Counts are cut off at the largest int.
class VideoEntity final : public QObject {
    Q_OBJECT
    // Decimal digits.
    Q_PROPERTY(QString videoId READ videoIdText CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QUrl playUrl READ playUrl NOTIFY changed)
    Q_PROPERTY(QUrl coverUrl READ coverUrl NOTIFY changed)
    // Null when the server sent no author.
    Q_PROPERTY(tikgok::UserEntity* author READ author NOTIFY changed)
    Q_PROPERTY(bool liked READ liked NOTIFY likeChanged)
    Q_PROPERTY(int likeCount READ likeCount NOTIFY likeChanged)
    // The server has not confirmed yet what `liked` shows.
    Q_PROPERTY(bool likePending READ likePending NOTIFY likeChanged)
    // The last like or unlike was refused and taken back. Until the next one.
    Q_PROPERTY(bool likeFailed READ likeFailed NOTIFY likeChanged)
    Q_PROPERTY(tikgok::ErrorKinds::Kind likeErrorKind READ likeErrorKind NOTIFY likeChanged)
    // The server's words, may be empty.
    Q_PROPERTY(QString likeError READ likeError NOTIFY likeChanged)
    // Invalid when it cannot be known: see snowflake.h.
    Q_PROPERTY(QDateTime publishedAt READ publishedAt NOTIFY changed)
    Q_PROPERTY(int commentCount READ commentCount NOTIFY commentCountChanged)

public:
    // `session`, `outbox` and `writes` (see EntityStore) must outlive the entity.
    VideoEntity(const contract::Video& video, UserEntity* author, Session& session, Outbox& outbox,
                ReadMark& writes, QObject* parent = nullptr);
    ~VideoEntity() override;

    [[nodiscard]] contract::Id id() const { return video_.id; }
    [[nodiscard]] QString videoIdText() const { return QString::number(video_.id); }
    [[nodiscard]] QString title() const { return shownText(video_.title); }
    [[nodiscard]] QUrl playUrl() const;
    [[nodiscard]] QUrl coverUrl() const;
    [[nodiscard]] UserEntity* author() const { return author_; }
    [[nodiscard]] bool liked() const { return like_.on(); }
    [[nodiscard]] int likeCount() const;
    [[nodiscard]] bool likePending() const { return like_.pending(); }
    [[nodiscard]] bool likeFailed() const { return like_.errorKind() != ErrorKind::None; }
    [[nodiscard]] ErrorKind likeErrorKind() const { return like_.errorKind(); }
    [[nodiscard]] QString likeError() const { return like_.errorWords(); }
    [[nodiscard]] QDateTime publishedAt() const;
    [[nodiscard]] int commentCount() const;

    // One request at a time; however often it is called, it ends in the state chosen last. Signed out: the
    // session asks for an account, and the like happens afterwards.
    Q_INVOKABLE void toggleLike();
    // Only ever likes (double tap).
    Q_INVOKABLE void like();
    // What the server said or confirmed last, author included, without what it has not heard of.
    [[nodiscard]] contract::Video told() const;
    // For the store.
    [[nodiscard]] Toggle& likeToggle() { return like_; }
    [[nodiscard]] EntityUse& use() { return use_; }

    // What the server said in a reading that began at `read`.
    void apply(const contract::Video& video, UserEntity* author, ReadMark read);
    // Comments written or removed here, shown before the server's count knows of them.
    void adjustCommentCount(int by);
    // The complete list was read: it has this many.
    void setCommentCount(qint64 count);
    // Another account looks at it now: forgets what the former one had in flight.
    void forgetAccount();

Q_SIGNALS:
    void changed();
    void likeChanged();
    void commentCountChanged();
    // For a notice near the button.
    void likeRefused(tikgok::ErrorKinds::Kind kind, const QString& serverWords);

private:
    void setAuthor(UserEntity* author);

    contract::Video video_;
    QPointer<UserEntity> author_;
    EntityUse use_;
    const Session& session_;
    ReadMark& writes_;
    Toggle like_;
    ReadMark commentsWritten_ = 0;
};

}  // namespace tikgok
