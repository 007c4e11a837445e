// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts that an earlier version of this program kept beside the drafts until they were sent.
#pragma once

namespace tikgok {

class Drafts;
class Outbox;

// Moves them into the outbox as soon as it is read; what a stranger wrote becomes a draft again. A text goes
// from the drafts when it is safe in the outbox. Both must outlive the application's event loop.
void moveUnsentTexts(Drafts& drafts, Outbox& outbox);

}  // namespace tikgok
