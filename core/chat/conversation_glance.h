// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What was said last between oneself and one person, and how much of it was not seen; for lists of people. It
// asks nothing of the server: it follows what the conversations know.
#pragma once

#include "core/chat/conversations_model.h"

#include <QObject>
#include <QPointer>
#include <QString>

namespace tikgok {

class ConversationGlance : public QObject {
    Q_OBJECT
    // Null: nothing is known of anybody.
    Q_PROPERTY(tikgok::ConversationsModel* conversations READ conversations WRITE setConversations NOTIFY
                   conversationsChanged)
    // Decimal digits.
    Q_PROPERTY(QString peerId READ peerId WRITE setPeerId NOTIFY peerIdChanged)
    Q_PROPERTY(int unread READ unread NOTIFY changed)
    // As ConversationsModel's roles of these names.
    Q_PROPERTY(QString lastText READ lastText NOTIFY changed)
    Q_PROPERTY(bool lastOwn READ lastOwn NOTIFY changed)

public:
    explicit ConversationGlance(QObject* parent = nullptr);
    ~ConversationGlance() override;

    [[nodiscard]] ConversationsModel* conversations() const { return conversations_; }
    void setConversations(ConversationsModel* conversations);
    [[nodiscard]] QString peerId() const { return peerId_; }
    void setPeerId(const QString& peerId);
    [[nodiscard]] int unread() const { return unread_; }
    [[nodiscard]] QString lastText() const { return lastText_; }
    [[nodiscard]] bool lastOwn() const { return lastOwn_; }

Q_SIGNALS:
    void conversationsChanged();
    void peerIdChanged();
    void changed();

private:
    void look();

    QPointer<ConversationsModel> conversations_;
    QString peerId_;
    contract::Id peer_ = 0;
    int unread_ = 0;
    QString lastText_;
    bool lastOwn_ = false;
};

}  // namespace tikgok
