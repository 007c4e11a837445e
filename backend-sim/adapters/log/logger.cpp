// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/log/logger.h"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <utility>

namespace tikgok::sim {

namespace {

// The file has a lock of its own; this one is for the formatter.
class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FileSink(RotatingFile& file) : file_(file) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t text;
        formatter_->format(message, text);
        std::string_view line(text.data(), text.size());
        while (line.ends_with('\n') || line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        file_.write(line);
    }
    void flush_() override {}

    RotatingFile& file_;
};

spdlog::level::level_enum levelOf(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

}  // namespace

struct Logger::Parts {
    std::unique_ptr<RotatingFile> file;
    std::unique_ptr<spdlog::logger> logger;
};

std::expected<std::unique_ptr<Logger>, std::string> Logger::open(std::optional<RotatingFile::Config> file,
                                                                 const Clock& clock) {
    auto parts = std::make_unique<Parts>();
    spdlog::sink_ptr sink;
    if (file) {
        auto opened = RotatingFile::open(std::move(*file), clock);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        parts->file = std::move(*opened);
        sink = std::make_shared<FileSink>(*parts->file);
    } else {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    parts->logger = std::make_unique<spdlog::logger>("tikgok-sim", std::move(sink));
    parts->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
    return std::unique_ptr<Logger>(new Logger(std::move(parts)));
}

Logger::Logger(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Logger::~Logger() = default;

LogSink Logger::sink() {
    return [logger = parts_->logger.get()](LogLevel level, std::string_view line) {
        logger->log(levelOf(level), spdlog::string_view_t(line.data(), line.size()));
    };
}

void Logger::setLevel(const std::string& name) {
    parts_->logger->set_level(spdlog::level::from_str(name));
}

std::uint64_t Logger::lost() const {
    return parts_->file ? parts_->file->lost() : 0;
}

}  // namespace tikgok::sim
