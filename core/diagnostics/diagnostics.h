// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The bundle for a bug report: looked at first, then saved.
#pragma once

#include "core/api/task_scope.h"
#include "core/diagnostics/bundle.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace tikgok {

class Diagnostics final : public QObject {
    Q_OBJECT
    // What is in the bundle, all of it, as one text. Empty before collect().
    Q_PROPERTY(QString preview READ preview NOTIFY previewChanged)
    Q_PROPERTY(bool saving READ saving NOTIFY savingChanged)

public:
    // What goes in; free of secrets already. Called by collect().
    using Collect = std::function<QList<BundlePart>()>;
    // Tokens that are known now: the last net below all others.
    using Secrets = std::function<QStringList()>;

    Diagnostics(Collect collect, Secrets secrets, QObject* parent = nullptr);
    ~Diagnostics() override;

    [[nodiscard]] QString preview() const { return preview_; }
    [[nodiscard]] bool saving() const { return saving_; }
    [[nodiscard]] const QList<BundlePart>& parts() const { return parts_; }

    Q_INVOKABLE void collect();
    // Writes exactly what the preview shows, readable by its owner only, into the folder for downloads (or
    // the nearest thing to it), under a name with the time.
    Q_INVOKABLE void save();
    // As save(), into this folder.
    void saveIn(const QString& folder);

Q_SIGNALS:
    void previewChanged();
    void savingChanged();
    // `path` is where it is now; for people.
    void saved(const QString& path);
    // The system's words.
    void failed(const QString& why);

private:
    QCoro::Task<> write(QString path);

    Collect collect_;
    Secrets secrets_;
    QList<BundlePart> parts_;
    QString preview_;
    bool saving_ = false;
    QThreadPool disk_;
    QObject context_;
    TaskScope scope_;
};

}  // namespace tikgok
