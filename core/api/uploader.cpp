// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/uploader.h"

#include "core/api/request_body.h"
#include "core/api/task_scope.h"

#include <QLocale>
#include <QNetworkProxy>
#include <QObject>
#include <QTimeZone>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <curl/curl.h>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

namespace tikgok {

namespace {

using UploadClock = std::chrono::steady_clock;

constexpr auto kSampleEvery = std::chrono::milliseconds(100);
constexpr int kPollMs = 50;
// What is read of the file at a time.
constexpr long kUploadBuffer = 256L * 1024;
constexpr std::chrono::milliseconds kThreadsEnd{2'000};

Error uploadError(ErrorKind kind, bool retryable, bool maybeDone, const QString& detail) {
    return {.kind = kind,
            .serverWords = {},
            .retryable = retryable,
            .maybeDone = maybeDone,
            .retryAfter = {},
            .detail = detail};
}

// What all other requests of the program to that address go by.
QNetworkProxy proxyFor(const QUrl& url) {
    const QList<QNetworkProxy> all = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    const bool tunnels = url.scheme() == QLatin1StringView("https");
    const auto usable = std::ranges::find_if(all, [tunnels](const QNetworkProxy& proxy) {
        switch (proxy.type()) {
            case QNetworkProxy::NoProxy:
            case QNetworkProxy::HttpProxy:
            case QNetworkProxy::Socks5Proxy:
                return true;
            case QNetworkProxy::HttpCachingProxy:
                return !tunnels;
            case QNetworkProxy::DefaultProxy:
            case QNetworkProxy::FtpCachingProxy:
                break;
        }
        return false;
    });
    return usable == all.end() ? QNetworkProxy(QNetworkProxy::NoProxy) : *usable;
}

// What the two threads share about one upload.
struct UploadJob {
    UploadOrder order;
    QNetworkProxy proxy;
    Once<Result<UploadAnswer>> ended;  // GUI thread

    std::atomic<bool> stopped = false;
    std::mutex mutex;
    // Guarded by the mutex: where to post to while somebody waits, and what to wake up.
    QObject* receiver = nullptr;
    CURLM* multi = nullptr;

    void stop() {
        stopped = true;
        const std::lock_guard lock(mutex);
        if (multi != nullptr) {
            curl_multi_wakeup(multi);
        }
    }
    void post(std::function<void()> call) {
        const std::lock_guard lock(mutex);
        if (receiver != nullptr) {
            QMetaObject::invokeMethod(receiver, std::move(call), Qt::QueuedConnection);
        }
    }
};

// The upload's own thread.
class UploadRun {
public:
    explicit UploadRun(std::shared_ptr<UploadJob> job) : job_(std::move(job)), body_(job_->order.body) {}
    ~UploadRun() {
        {
            const std::lock_guard lock(job_->mutex);
            job_->multi = nullptr;
        }
        if (multi_ != nullptr && easy_ != nullptr) {
            curl_multi_remove_handle(multi_, easy_);
        }
        curl_easy_cleanup(easy_);
        curl_multi_cleanup(multi_);
        curl_slist_free_all(headers_);
    }
    UploadRun(const UploadRun&) = delete;
    UploadRun& operator=(const UploadRun&) = delete;

    Result<UploadAnswer> run() {
        if (!body_.ok()) {
            return std::unexpected(
                uploadError(ErrorKind::Storage, false, false, QStringLiteral("the file cannot be read")));
        }
        if (!prepare()) {
            return std::unexpected(
                uploadError(ErrorKind::Storage, false, false, QStringLiteral("no memory for an upload")));
        }
        lastMoved_ = UploadClock::now();
        int running = 1;
        while (true) {
            if (job_->stopped) {
                return std::unexpected(cancelledError());
            }
            if (curl_multi_perform(multi_, &running) != CURLM_OK) {
                return std::unexpected(
                    uploadError(ErrorKind::Offline, true, wholeBodySent(), QStringLiteral("multi")));
            }
            const auto now = UploadClock::now();
            if (running == 0 || now - lastSample_ >= kSampleEvery) {
                sample(now);
            }
            if (running == 0) {
                break;
            }
            if (now - lastMoved_ >= job_->order.idleTimeout) {
                return std::unexpected(uploadError(ErrorKind::Timeout, true, wholeBodySent(),
                                                   QStringLiteral("no byte moved for too long")));
            }
            curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
        }
        return outcome();
    }

private:
    bool prepare() {
        multi_ = curl_multi_init();
        easy_ = curl_easy_init();
        if (multi_ == nullptr || easy_ == nullptr) {
            return false;
        }
        const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy_, option, value); };
        address_ = job_->order.url.toEncoded();
        set(CURLOPT_URL, address_.constData());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        setProxy();
        set(CURLOPT_NOSIGNAL, 1L);
        // Never wait for a name server when the person does not.
        set(CURLOPT_QUICK_EXIT, 1L);
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.total()));
        set(CURLOPT_UPLOAD_BUFFERSIZE, kUploadBuffer);
        set(CURLOPT_READFUNCTION, &UploadRun::readBody);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_WRITEFUNCTION, &UploadRun::writeAnswer);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, &UploadRun::seeHeader);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_OPENSOCKETFUNCTION, &UploadRun::openSocket);
        set(CURLOPT_OPENSOCKETDATA, this);
        set(CURLOPT_CLOSESOCKETFUNCTION, &UploadRun::closeSocket);
        set(CURLOPT_CLOSESOCKETDATA, this);
        set(CURLOPT_ACCEPT_ENCODING, "");
        set(CURLOPT_USERAGENT, "TikGok/" TIKGOK_VERSION);
        headers_ = curl_slist_append(headers_, ("Content-Type: " + body_.contentType()).constData());
        headers_ = curl_slist_append(headers_, "Accept: application/json");
        set(CURLOPT_HTTPHEADER, headers_);
        if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) {
            return false;
        }
        const std::lock_guard lock(job_->mutex);
        job_->multi = multi_;
        return true;
    }

    // Without it libcurl asks the environment, by rules of its own.
    void setProxy() {
        const QNetworkProxy& proxy = job_->proxy;
        curl_easy_setopt(easy_, CURLOPT_NOPROXY, "");
        if (proxy.type() == QNetworkProxy::NoProxy) {
            curl_easy_setopt(easy_, CURLOPT_PROXY, "");
            return;
        }
        QUrl address;
        address.setScheme(proxy.type() == QNetworkProxy::Socks5Proxy ? QStringLiteral("socks5h")
                                                                     : QStringLiteral("http"));
        address.setHost(proxy.hostName());
        if (proxy.port() > 0) {
            address.setPort(proxy.port());
        }
        curl_easy_setopt(easy_, CURLOPT_PROXY, address.toEncoded().constData());
        if (!proxy.user().isEmpty()) {
            curl_easy_setopt(easy_, CURLOPT_PROXYUSERNAME, proxy.user().toUtf8().constData());
            curl_easy_setopt(easy_, CURLOPT_PROXYPASSWORD, proxy.password().toUtf8().constData());
        }
    }

    static std::size_t readBody(char* to, std::size_t size, std::size_t count, void* self) {
        auto& run = *static_cast<UploadRun*>(self);
        if (run.job_->stopped) {
            return CURL_READFUNC_ABORT;
        }
        if (run.body_.atEnd()) {
            return 0;
        }
        const qint64 got = run.body_.read(to, static_cast<qint64>(size) * static_cast<qint64>(count));
        if (got <= 0) {
            run.fileChanged_ = true;
            return CURL_READFUNC_ABORT;
        }
        return static_cast<std::size_t>(got);
    }

    static std::size_t writeAnswer(char* from, std::size_t size, std::size_t count, void* self) {
        auto& run = *static_cast<UploadRun*>(self);
        const std::size_t bytes = size * count;
        run.lastMoved_ = UploadClock::now();
        if (run.answer_.size() + static_cast<qint64>(bytes) > run.job_->order.maxAnswerBytes) {
            run.answerTooLarge_ = true;
            return 0;
        }
        run.answer_.append(from, static_cast<qsizetype>(bytes));
        return bytes;
    }

    // One line each; an empty one is the last of a head.
    static std::size_t seeHeader(char* line, std::size_t size, std::size_t count, void* self) {
        const std::size_t bytes = size * count;
        static_cast<UploadRun*>(self)->headWhole_ = bytes > 0 && (*line == '\r' || *line == '\n');
        return bytes;
    }

    static curl_socket_t openSocket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
        const int descriptor = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
        if (descriptor >= 0) {
            static_cast<UploadRun*>(self)->sockets_.insert(descriptor);
        }
        return descriptor < 0 ? CURL_SOCKET_BAD : descriptor;
    }
    static int closeSocket(void* self, curl_socket_t descriptor) {
        static_cast<UploadRun*>(self)->sockets_.erase(descriptor);
        return ::close(descriptor);
    }

    // Bytes that the system still holds: not sent, or sent and not acknowledged by the other side.
    [[nodiscard]] qint64 unacknowledged() const {
        qint64 sum = 0;
#ifdef Q_OS_LINUX
        for (const int descriptor : sockets_) {
            int waiting = 0;
            if (::ioctl(descriptor, SIOCOUTQ, &waiting) == 0) {
                sum += waiting;
            }
        }
#endif
        return sum;
    }

    [[nodiscard]] qint64 handedOver() const {
        curl_off_t sent = 0;
        curl_easy_getinfo(easy_, CURLINFO_SIZE_UPLOAD_T, &sent);
        return sent;
    }
    [[nodiscard]] bool wholeBodySent() const { return handedOver() >= body_.total(); }

    void sample(UploadClock::time_point now) {
        lastSample_ = now;
        const qint64 total = body_.total();
        const qint64 at = std::clamp<qint64>(handedOver() - unacknowledged(), acknowledged_, total);
        if (at == acknowledged_) {
            return;
        }
        acknowledged_ = at;
        lastMoved_ = now;
        if (job_->order.progress) {
            job_->post([job = job_, at, total] {
                if (!job->stopped) {
                    job->order.progress(at, total);
                }
            });
        }
    }

    [[nodiscard]] QByteArray header(const char* name) const {
        curl_header* found = nullptr;
        return curl_easy_header(easy_, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK
                   ? QByteArray(found->value).trimmed()
                   : QByteArray();
    }

    Result<UploadAnswer> outcome() {
        CURLcode code = CURLE_OK;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg == CURLMSG_DONE) {
                code = message->data.result;
            }
        }
        if (job_->stopped) {
            return std::unexpected(cancelledError());
        }
        long status = 0;
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        // A server that said no before it had everything, and closed, has answered all the same.
        const bool refusedEarly = status >= 400 && (code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
                                                    code == CURLE_PARTIAL_FILE);
        if (code == CURLE_OK && !headWhole_) {
            // The library takes half a head for an answer.
            return std::unexpected(uploadError(ErrorKind::Cut, true, wholeBodySent(),
                                               QStringLiteral("the answer's head was cut")));
        }
        if (code == CURLE_OK || refusedEarly) {
            return UploadAnswer{.status = static_cast<int>(status),
                                .body = std::move(answer_),
                                .location = header("Location"),
                                .retryAfter = header("Retry-After")};
        }
        return std::unexpected(errorOf(code));
    }

    [[nodiscard]] Error errorOf(CURLcode code) const {
        // The library's words for it hold no address.
        const QString detail = QString::fromLatin1(curl_easy_strerror(code));
        const bool maybeDone = wholeBodySent();
        if (fileChanged_) {
            return uploadError(ErrorKind::Storage, false, false,
                               QStringLiteral("the file changed while it was sent"));
        }
        if (answerTooLarge_) {
            return uploadError(ErrorKind::ServerBroken, false, true,
                               QStringLiteral("the answer is too large"));
        }
        switch (code) {
            case CURLE_COULDNT_RESOLVE_HOST:
            case CURLE_COULDNT_RESOLVE_PROXY:
            case CURLE_COULDNT_CONNECT:
            case CURLE_PROXY:
            case CURLE_SSL_CONNECT_ERROR:
            case CURLE_PEER_FAILED_VERIFICATION:
            case CURLE_SSL_CACERT_BADFILE:
                return uploadError(ErrorKind::Offline, true, false, detail);
            case CURLE_SEND_ERROR:
            case CURLE_RECV_ERROR:
            case CURLE_PARTIAL_FILE:
            case CURLE_GOT_NOTHING:
            case CURLE_HTTP2:
            case CURLE_HTTP2_STREAM:
            case CURLE_SEND_FAIL_REWIND:
                return uploadError(ErrorKind::Cut, true, maybeDone, detail);
            case CURLE_OPERATION_TIMEDOUT:
                return uploadError(ErrorKind::Timeout, true, maybeDone, detail);
            case CURLE_OUT_OF_MEMORY:
                return uploadError(ErrorKind::Storage, true, false, detail);
            default:
                return uploadError(ErrorKind::ServerBroken, true, maybeDone, detail);
        }
    }

    const std::shared_ptr<UploadJob> job_;
    RequestBody body_;
    CURLM* multi_ = nullptr;
    CURL* easy_ = nullptr;
    curl_slist* headers_ = nullptr;
    QByteArray address_;
    QByteArray answer_;
    std::set<int> sockets_;
    UploadClock::time_point lastMoved_;
    UploadClock::time_point lastSample_;
    qint64 acknowledged_ = 0;
    bool fileChanged_ = false;
    bool answerTooLarge_ = false;
    bool headWhole_ = false;
};

}  // namespace

std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray& value) {
    if (value.isEmpty()) {
        return std::nullopt;
    }
    constexpr qint64 kLongest = qint64{24} * 3600;
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber) {
        return std::chrono::seconds(std::clamp<qint64>(seconds, 0, kLongest));
    }
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value),
                                             QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid()) {
        return std::nullopt;
    }
    date = QDateTime(date.date(), date.time(), QTimeZone::utc());
    return std::chrono::seconds(
        std::clamp<qint64>(QDateTime::currentDateTimeUtc().secsTo(date), 0, kLongest));
}

// Outlives the uploader for as long as a thread holds it.
struct Uploader::Threads {
    std::mutex mutex;
    std::condition_variable changed;
    int running = 0;
    std::set<std::shared_ptr<UploadJob>> jobs;
};

Uploader::Uploader() : threads_(std::make_shared<Threads>()) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_UNUSED(ready);
}

Uploader::~Uploader() {
    std::unique_lock lock(threads_->mutex);
    const auto jobs = threads_->jobs;
    lock.unlock();
    for (const auto& job : jobs) {
        job->stop();
    }
    lock.lock();
    threads_->changed.wait_for(lock, kThreadsEnd, [this] { return threads_->running == 0; });
}

int Uploader::runningThreads() const {
    const std::lock_guard lock(threads_->mutex);
    return threads_->running;
}

QCoro::Task<Result<UploadAnswer>> Uploader::send(UploadOrder order, std::stop_token alive) {
    const auto job = std::make_shared<UploadJob>();
    job->order = std::move(order);
    job->proxy = proxyFor(job->order.url);
    QObject receiver;
    job->receiver = &receiver;
    const std::shared_ptr<Threads> threads = threads_;
    {
        const std::lock_guard lock(threads->mutex);
        ++threads->running;
        threads->jobs.insert(job);
    }
    const auto leave = [threads, job] {
        const std::lock_guard lock(threads->mutex);
        --threads->running;
        threads->jobs.erase(job);
        threads->changed.notify_all();
    };
    try {
        std::thread([job, leave] {
            Result<UploadAnswer> result = UploadRun(job).run();
            job->post([job, result = std::move(result)]() mutable { job->ended.finish(std::move(result)); });
            leave();
        }).detach();
    } catch (const std::system_error&) {
        leave();
        job->receiver = nullptr;
        co_return std::unexpected(
            uploadError(ErrorKind::Storage, true, false, QStringLiteral("no thread for an upload")));
    }
    const auto stop = [job] {
        // A copy: the coroutine, and with it this lambda, may end inside.
        const auto kept = job;  // NOLINT(performance-unnecessary-copy-initialization)
        kept->stop();
        kept->ended.finish(std::unexpected(cancelledError()));
    };
    std::optional<Result<UploadAnswer>> result;
    {
        const std::stop_callback stopped(alive, stop);
        result = co_await job->ended;
    }
    job->stop();
    {
        const std::lock_guard lock(job->mutex);
        job->receiver = nullptr;
    }
    co_return std::move(*result);
}

}  // namespace tikgok
