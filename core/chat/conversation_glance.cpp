// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/conversation_glance.h"

#include "core/chat/message_text.h"

namespace tikgok {

ConversationGlance::ConversationGlance(QObject* parent) : QObject(parent) {}

ConversationGlance::~ConversationGlance() = default;

void ConversationGlance::setConversations(ConversationsModel* conversations) {
    if (conversations_ == conversations) {
        return;
    }
    if (conversations_) {
        conversations_->book().disconnect(this);
    }
    conversations_ = conversations;
    if (conversations_) {
        const ChatBook* book = &conversations_->book();
        connect(book, &ChatBook::accountChanged, this, &ConversationGlance::look);
        connect(book, &ChatBook::loadedChanged, this, &ConversationGlance::look);
        connect(book, &ChatBook::listChanged, this, &ConversationGlance::look);
        connect(book, &ChatBook::conversationChanged, this, [this](const Conversation* one) {
            if (one->peer() == peer_) {
                look();
            }
        });
    }
    Q_EMIT conversationsChanged();
    look();
}

void ConversationGlance::setPeerId(const QString& peerId) {
    if (peerId_ == peerId) {
        return;
    }
    peerId_ = peerId;
    peer_ = peerId.toLongLong();
    Q_EMIT peerIdChanged();
    look();
}

void ConversationGlance::look() {
    const Conversation* one = conversations_ ? conversations_->book().find(peer_) : nullptr;
    const LastWords words = one != nullptr ? one->lastWords() : LastWords{};
    const int unread = one != nullptr ? one->unread() : 0;
    const QString text = words.text.isEmpty() ? QString() : previewText(words.text);
    const bool other = unread != unread_ || text != lastText_ || words.own != lastOwn_;
    unread_ = unread;
    lastText_ = text;
    lastOwn_ = words.own;
    if (other) {
        Q_EMIT changed();
    }
}

}  // namespace tikgok
