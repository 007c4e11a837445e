// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qml/support/stage.h"

#include "app/front_plugins.h"
#include "app/playback_settings.h"
#include "app/qml_plugins.h"
#include "app/ui_font.h"
#include "backend-sim/simulator.h"
#include "core/outbox/outbox_store.h"
#include "resources/demo_media_dir.h"
#include "tests/qml/support/rest.h"

#include <QGuiApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QQmlNetworkAccessManagerFactory>
#include <QTest>

#include <chrono>

namespace tikgok::test {

namespace {

// Pictures of the stage's server come from the demo media.
class StageNetwork final : public QNetworkAccessManager {
public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override {
        // Pictures that are their own address.
        if (request.url().scheme() == QLatin1StringView("data")) {
            return QNetworkAccessManager::createRequest(operation, request, body);
        }
        QNetworkRequest mine = request;
        mine.setUrl(QUrl::fromLocalFile(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media") +
                                        request.url().path()));
        return QNetworkAccessManager::createRequest(operation, mine, body);
    }
};

class StageNetworkFactory final : public QQmlNetworkAccessManagerFactory {
public:
    QNetworkAccessManager* create(QObject* parent) override { return new StageNetwork(parent); }
};

StageNetworkFactory& networkFactory() {
    static StageNetworkFactory factory;
    return factory;
}

QQuickItem* findVisible(QQuickItem* item, const QString& name) {
    if (!item->isVisible())
        return nullptr;
    if (item->objectName() == name)
        return item;
    for (QQuickItem* child : item->childItems()) {
        if (QQuickItem* found = findVisible(child, name))
            return found;
    }
    return nullptr;
}

// No test waits for seconds.
ConversationsOptions quickList() {
    const Pace quick{.fast = std::chrono::milliseconds(30), .slow = std::chrono::milliseconds(60)};
    return {.shown = quick, .elsewhere = quick};
}

// A retry after "service err" looks whether it arrived after all, three times.
PublisherOptions quickPublisher() {
    const std::vector<std::chrono::milliseconds> pauses{
        std::chrono::milliseconds(0), std::chrono::milliseconds(50), std::chrono::milliseconds(100)};
    return {.findPauses = pauses, .idPauses = pauses};
}

ChatOptions quickChat() {
    const Pace quick{.fast = std::chrono::milliseconds(30), .slow = std::chrono::milliseconds(60)};
    return {.active = quick, .beside = quick};
}

// A line to the stage's server, whatever the address.
class StageLine final : public Transport {
public:
    explicit StageLine(StageServer& server) : server_(server) {}

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override {
        return server_.send(std::move(request), std::move(alive));
    }

private:
    StageServer& server_;
};

}  // namespace

TokenVault::Call<QString> StageVault::load(QString key, std::stop_token alive) {
    if (trouble)
        co_return std::unexpected(VaultError{*trouble, QStringLiteral("trouble on the stage")});
    auto token = co_await inside.load(key, alive);
    co_return token;
}
TokenVault::Call<void> StageVault::store(QString key, QString token, std::stop_token alive) {
    if (trouble)
        co_return std::unexpected(VaultError{*trouble, QStringLiteral("trouble on the stage")});
    auto kept = co_await inside.store(key, token, alive);
    co_return kept;
}
TokenVault::Call<void> StageVault::remove(QString key, std::stop_token alive) {
    if (trouble)
        co_return std::unexpected(VaultError{*trouble, QStringLiteral("trouble on the stage")});
    auto gone = co_await inside.remove(key, alive);
    co_return gone;
}

Stage::Stage(const StageOptions& options)
    : server(options.videos, options.comments),
      settings(directory_.filePath(QStringLiteral("settings.json"))),
      shortcuts(settings),
      usage(settings),
      file(directory_.filePath(QStringLiteral("tokens.json"))),
      vault(keychain, file, false),
      servers(settings, [this](const QUrl&) { return std::make_unique<StageLine>(server); }),
      health(server),
      api(health, ApiOptions{.retries = 0}),
      session(api, vault, settings),
      cacheDatabase(options.cacheFile, {pageCacheSchema()}, StorageClass::Disposable),
      pages(cacheDatabase, qint64{1} << 22),
      kept(health, pages,
           [this](const QString& token) {
               return token.isEmpty() ? session.server() + QStringLiteral("|0") : session.accountKey();
           }),
      reads(options.cache ? static_cast<Transport&>(kept) : health, ApiOptions{.retries = 0}),
      accounts(session),
      database(options.databaseFile, {outboxSchema(), publishSchema(), OwnComments::schema()}),
      outbox(database, session, outboxClock, {}),
      activity(outbox, session, database),
      entities(api, session, outbox),
      feed(reads, session, entities),
      following(reads, session, entities),
      people(reads, session, entities),
      drafts(directory_.filePath(QStringLiteral("drafts.json"))),
      sender(api, session, outbox),
      ownComments(database),
      comments(reads, session, entities, outbox, sender, drafts),
      conversationsDatabase(QString(), {ChatStore::schema()}, StorageClass::Disposable),
      chatStore(conversationsDatabase),
      videos({.directory = filesIn(options, QStringLiteral("videos"))}),
      pictures({.directory = filesIn(options, QStringLiteral("pictures"))}),
      offline(videos, pictures, pages,
              {.bytes = [this](std::stop_token alive) { return chatStore.bytes(std::move(alive)); },
               .clear = [this] { chatStore.clearMessages(); }}),
      saver(videos, {.directory = directory_.filePath(QStringLiteral("movies"))}),
      chatBook(api, session, entities, outbox, chatStore),
      messageSender(api, chatBook.protocol(), outbox),
      conversations(chatBook, session, drafts, quickList()),
      chat(chatBook, session, entities, drafts, quickChat()),
      playback([this] { return std::make_unique<StillPlayer>(projector); }),
      publishing(api, session, database, outbox, [this] { return std::make_unique<StillPlayer>(projector); },
                 {.directory = directory_.filePath(QStringLiteral("publish")),
                  .publisher = quickPublisher(),
                  .camera = options.camera}),
      keptForServers({.session = session,
                      .vault = vault,
                      .outbox = outbox,
                      .texts = drafts,
                      .comments = ownComments,
                      .publishing = publishing,
                      .chats = chatStore,
                      .offline = offline,
                      .databases = {}}),
      link(directory_.filePath(QStringLiteral("simulator"))),
      admin(adminLine),
      simulatorWatch(admin, vault, {.pace = std::chrono::milliseconds(50)}),
      simulatorDesk(admin, simulatorWatch, session, {.pace = std::chrono::milliseconds(50)}),
      diagnostics([this] { return bundle; }, [this] { return session.secrets(); }) {
    if (!options.vault)
        keychain.trouble = VaultError::Kind::Unavailable;
    if (options.cache)
        feed.keepPlaceIn(pages);
    connect(&cacheDatabase, &Database::damageFound, &offline, &OfflineStore::noteDamage);
    playlist.watch(&feed, 0);
    playback.setSource(&playlist);
    connectPlaybackSettings(settings, playback);
    playback.setMuted(true);
    // No test waits for animations.
    settings.setReducedMotion(true);
    link.use(options.server);
    session.setServer(QStringLiteral("stage"));
    // Without an address, so that nobody looks at it by himself.
    servers.setPresent(link.key(), {}, false);
    connect(&servers, &ServersModel::chosen, this, [this](const QUrl& url) {
        link.use(url);
        servers.setPresent(link.key(), {}, false);
        session.setServer(link.key());
    });
    comments.knowOwnBy(ownComments);
    connect(&health, &ServerHealth::recovered, &servers, &ServersModel::serverIsBack);
    servers.setBelongings(&keptForServers);
    accounts.setOpenWrites([this](const QString& account) { return outbox.openCount(account); });
    connect(&outbox, &Outbox::openCountsChanged, &accounts, &AccountsModel::openWritesChanged);
    connect(&vault, &VaultSwitch::plainTextChanged, &session, &Session::retryVault);
    connect(&entities, &EntityStore::meReady, this,
            [this](UserEntity* me) { session.rememberAvatar(me->avatarUrl().toString()); });
}

Stage::~Stage() {
    servers.setBelongings(nullptr);
}

QString Stage::filesIn(const StageOptions& options, const QString& name) const {
    return (options.filesDirectory.isEmpty() ? directory_.path() : options.filesDirectory) +
           QLatin1Char('/') + name;
}

void Stage::prepare() {
    QCoreApplication::setApplicationName(QStringLiteral("tikgok"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIKGOK_VERSION));
    QGuiApplication::setFont(uiFont());
}

bool Stage::open(QSize size) {
    return openBare(size) && QTest::qWaitFor([this] { return shell() != nullptr; }) &&
           QTest::qWaitForWindowActive(window());
}

bool Stage::openBare(QSize size) {
    staged_.reset();
    engine_ = std::make_unique<QQmlEngine>();
    engine_->setNetworkAccessManagerFactory(&networkFactory());
    engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
    QObject::connect(engine_.get(), &QQmlEngine::warnings, this, [this](const QList<QQmlError>& list) {
        for (const QQmlError& one : list)
            warnings_.append(one.toString());
    });
    const QVariantMap parts{
        {QStringLiteral("feed"), QVariant::fromValue(&feed)},
        {QStringLiteral("following"), QVariant::fromValue(&following)},
        {QStringLiteral("people"), QVariant::fromValue(&people)},
        {QStringLiteral("playlist"), QVariant::fromValue(&playlist)},
        {QStringLiteral("comments"), QVariant::fromValue(&comments)},
        {QStringLiteral("conversations"), QVariant::fromValue(&conversations)},
        {QStringLiteral("chat"), QVariant::fromValue(&chat)},
        {QStringLiteral("activity"), QVariant::fromValue(&activity)},
        {QStringLiteral("session"), QVariant::fromValue(&session)},
        {QStringLiteral("settings"), QVariant::fromValue(&settings)},
        {QStringLiteral("publishing"), QVariant::fromValue(&publishing)},
        {QStringLiteral("playback"), QVariant::fromValue(&playback)},
        {QStringLiteral("entities"), QVariant::fromValue(&entities)},
        {QStringLiteral("server"), QVariant::fromValue(&link)},
        {QStringLiteral("servers"), QVariant::fromValue(&servers)},
        {QStringLiteral("health"), QVariant::fromValue(&health)},
        {QStringLiteral("offline"), QVariant::fromValue(&offline)},
        {QStringLiteral("saver"), QVariant::fromValue(&saver)},
        {QStringLiteral("accounts"), QVariant::fromValue(&accounts)},
        {QStringLiteral("vault"), QVariant::fromValue(&vault)},
        {QStringLiteral("shortcuts"), QVariant::fromValue(&shortcuts)},
        {QStringLiteral("usage"), QVariant::fromValue(&usage)},
        {QStringLiteral("diagnostics"), QVariant::fromValue(&diagnostics)},
        {QStringLiteral("simulatorWatch"), QVariant::fromValue(&simulatorWatch)},
        {QStringLiteral("simulatorDesk"), QVariant::fromValue(&simulatorDesk)},
        {QStringLiteral("demoPassword"), QStringLiteral("tikgok123")},
        {QStringLiteral("demoNames"), QStringList{QStringLiteral("mika"), QStringLiteral("林小满")}},
    };
    staged_ = std::make_unique<StagedWindow>(*engine_);
    connect(staged_.get(), &StagedWindow::shown, this, [this, parts] { staged_->fill(parts); });
    // As firstLook() would find it, were it written already.
    const bool dark = settings.theme() == Settings::Theme::Dark;
    return staged_->load({{QStringLiteral("theme"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
                          {QStringLiteral("width"), size.width()},
                          {QStringLiteral("height"), size.height()}});
}

void Stage::start() {
    feed.refresh();
    const bool ready = QTest::qWaitFor([this] {
        return feed.state() != FeedModel::State::Empty && feed.state() != FeedModel::State::Loading;
    });
    if (!ready)
        qWarning("the feed did not come");
    QTest::qWait(0);
}

void Stage::setLanguage(const QString& name) {
    settings.setLanguage(name);
    QCoreApplication::removeTranslator(&translator_);
    const QLocale locale(name);
    QLocale::setDefault(locale);
    comments.setLocale(locale);
    conversations.setLocale(locale);
    chat.setLocale(locale);
    if (translator_.load(locale, QStringLiteral("tikgok"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&translator_);
    if (engine_) {
        engine_->setUiLanguage(locale.name());
        engine_->retranslate();
    }
}

QQuickItem* Stage::find(const QString& name) const {
    return findVisible(window()->contentItem(), name);
}

QObject* Stage::object(const QString& name) const {
    return window()->findChild<QObject*>(name);
}

void Stage::press(const QString& name) {
    QQuickItem* item = find(name);
    QVERIFY2(item, qPrintable(name));
    QVERIFY2(waitUntilItStands(item), qPrintable(name));
    const QPointF middle = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QTest::mouseClick(window(), Qt::LeftButton, Qt::NoModifier, middle.toPoint());
}

void Stage::signIn() {
    session.signIn(QStringLiteral("mika"), QStringLiteral("tikgok123"));
    QVERIFY(QTest::qWaitFor([this] { return session.signedIn(); }));
}

bool Stage::startSimulator(bool open) {
    sim::SimulatorConfig config;
    config.dataDirectory = directory_.filePath(QStringLiteral("sim")).toStdString();
    auto started = sim::Simulator::start(std::move(config));
    if (!started) {
        qWarning("%s", started.error().c_str());
        return false;
    }
    simulator_ = std::move(*started);
    adminLine.setServer(QUrl(QString::fromStdString(simulator_->url())));
    simulatorWatch.setServer(QStringLiteral("stage"), open ? simulatorToken() : QString());
    return QTest::qWaitFor([this] { return simulatorWatch.there(); });
}

bool Stage::leaveSimulator() {
    // Below this path the simulator knows nothing, and says so as any server does.
    adminLine.setServer(QUrl(QString::fromStdString(simulator_->url()) + QStringLiteral("/elsewhere")));
    simulatorWatch.setServer(QStringLiteral("elsewhere"));
    return QTest::qWaitFor(
        [this] { return simulatorWatch.presence() == SimulatorWatch::Presence::NotSimulator; });
}

void Stage::stopSimulator() {
    simulator_.reset();
}

QString Stage::simulatorToken() const {
    return QString::fromStdString(simulator_->adminToken());
}

int Stage::askSimulator(const QString& path, bool post) {
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(QString::fromStdString(simulator_->url()) + path));
    if (post) {
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          QByteArrayLiteral("application/x-www-form-urlencoded"));
    }
    const std::unique_ptr<QNetworkReply> reply(post ? manager.post(request, QByteArray())
                                                    : manager.get(request));
    static_cast<void>(QTest::qWaitFor([&reply] { return reply->isFinished(); }));
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void Stage::fillOutbox() {
    const auto put = [this](IntentKind kind, const char* caption, const QString& text, bool on = true) {
        Intent intent;
        intent.account = session.accountKey();
        intent.kind = kind;
        intent.target = kind == IntentKind::Publish ? 0 : feed.videoAt(filled_++)->id();
        intent.object = 1;
        intent.on = on;
        intent.caption = QString::fromUtf8(caption);
        intent.text = text;
        return outbox.put(intent);
    };
    const auto until = [this](IntentId id, IntentState state, ErrorKind kind) {
        return QTest::qWaitFor([&] {
            const auto intent = outbox.intent(id);
            return intent && intent->state == state && intent->errorKind == kind;
        });
    };
    const QString comment = QStringLiteral("/douyin/comment/action/");
    const QString like = QStringLiteral("/douyin/favorite/action/");
    until(put(IntentKind::Like, "The lighthouse at five in the morning", {}), IntentState::Sent,
          ErrorKind::None);
    until(put(IntentKind::Follow, "林小满", {}), IntentState::Sent, ErrorKind::None);
    server.rule(comment, {.kind = StageServer::Rule::Kind::Refuse,
                          .code = 10001,
                          .words = QStringLiteral("comments are closed")});
    until(put(IntentKind::Comment, "Rain on the old bridge",
              QStringLiteral("Where is this? I would like to go there with my brother next summer.")),
          IntentState::Failed, ErrorKind::Refused);
    server.rule(like, {.kind = StageServer::Rule::Kind::Fail, .error = ErrorKind::Offline});
    server.rule(comment, {.kind = StageServer::Rule::Kind::Hang});
    until(put(IntentKind::Comment, "面馆的一天", QStringLiteral("太香了")), IntentState::Sending,
          ErrorKind::None);
    // Before something waits for the network: what arrives lets that be tried again.
    until(put(IntentKind::Message, "mika", QStringLiteral("See you at the station at eight?")),
          IntentState::Sent, ErrorKind::None);
    put(IntentKind::Publish, "", QStringLiteral("First snow"));
    until(put(IntentKind::Like, "First snow", {}, false), IntentState::Waiting, ErrorKind::Offline);
}

}  // namespace tikgok::test
