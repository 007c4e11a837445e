// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/disk.h"

#include "tests/durability/page_cache.h"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <sqlite3.h>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tikgok::sim::durability {

namespace {

namespace fs = std::filesystem;

// One file by its name, for all connections that have it open. Under Parts::mutex.
struct Inode {
    std::string path;
    PageCache cache{0};
    // Null for a database: there the connections' own handles lead to the medium.
    std::unique_ptr<Medium> medium;
    // Without a name on the medium yet.
    bool nameless = false;
    // SQLite's own VFS syncs the directory with the first sync of a journal or log that was opened to be
    // made, also when it was there already.
    bool syncDirectory = false;
    int handles = 0;
};

constexpr int kJournals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;

}  // namespace

class DiskState {
public:
    DiskState(const DiskOptions& given, Watch* page)
        : options(given), watch(page), random(given.seed), real(sqlite3_vfs_find("unix")) {
        arm(given.crashAt, given.failAt, given.failForEver);
    }

    const DiskOptions options;
    Watch* const watch;
    std::mutex mutex;
    std::mt19937_64 random;
    std::map<std::string, std::shared_ptr<Inode>> inodes;
    // Names that are gone for the process and still there on the medium.
    std::set<std::string> deleted;
    std::atomic<std::uint64_t> count{0};
    sqlite3_vfs* const real;
    sqlite3_vfs vfs{};

    bool buffered() const { return options.mode != DiskMode::Plain; }
    bool leaks() { return options.mode == DiskMode::Torn && random() % 10 < 3; }

    void arm(std::uint64_t crashAt, std::uint64_t failAt, bool failForEver) {
        crashAt_ = crashAt;
        failForEver_ = failForEver;
        failAt_ = failAt;
        count = 0;
    }

    // One operation that changes the medium. False when it must fail.
    bool operation() {
        const std::uint64_t number = ++count;
        if (watch != nullptr) {
            watch->operations.fetch_add(1, std::memory_order_relaxed);
        }
        if (number == crashAt_) {
            ::kill(::getpid(), SIGKILL);
        }
        const std::uint64_t failing = failAt_;
        return failing == 0 || (failForEver_ ? number < failing : number != failing);
    }

    // The file gets its name on the medium, and what was synced of it.
    bool name(Inode& inode) {
        auto medium = std::make_unique<NamedMedium>(inode.path);
        const auto& held = static_cast<NamelessMedium&>(*inode.medium).bytes();
        if (!medium->valid() || !medium->resize(0) ||
            !medium->write(held.data(), static_cast<std::int64_t>(held.size()), 0)) {
            return false;
        }
        deleted.erase(inode.path);
        inode.medium = std::move(medium);
        inode.nameless = false;
        return true;
    }

    bool syncDirectoryOf(const std::string& path) {
        const fs::path directory = fs::path(path).parent_path();
        std::erase_if(deleted, [&](const std::string& gone) {
            if (fs::path(gone).parent_path() != directory) {
                return false;
            }
            ::unlink(gone.c_str());
            return true;
        });
        for (auto& [file, inode] : inodes) {
            if (inode->nameless && fs::path(file).parent_path() == directory && !name(*inode)) {
                return false;
            }
        }
        return true;
    }

private:
    std::atomic<std::uint64_t> crashAt_{0};
    std::atomic<std::uint64_t> failAt_{0};
    std::atomic<bool> failForEver_{false};
};

namespace {

// SQLite gives us the memory; behind it there is room for the file of the system's VFS.
struct File {
    sqlite3_file base;
    DiskState* disk;
    bool log;  // the write-ahead log
    bool opened;
    // Null in Plain.
    std::shared_ptr<Inode> inode;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& fileOf(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

DiskState& diskOf(sqlite3_vfs* vfs) {
    return *static_cast<DiskState*>(vfs->pAppData);
}

// Calls `body` with the medium of the file, under the lock.
template <class Body>
auto onMedium(File& file, Body body) {
    if (file.inode->medium) {
        return body(*file.inode->medium);
    }
    OpenedMedium opened(file.real());
    return body(opened);
}

int closeFile(sqlite3_file* base) {
    File& file = fileOf(base);
    const int result = file.opened ? file.real()->pMethods->xClose(file.real()) : SQLITE_OK;
    if (file.inode) {
        const std::lock_guard lock(file.disk->mutex);
        auto& inodes = file.disk->inodes;
        const auto known = inodes.find(file.inode->path);
        if (--file.inode->handles == 0 && file.inode->cache.clean() && !file.inode->nameless &&
            known != inodes.end() && known->second == file.inode) {
            inodes.erase(known);
        }
    }
    file.~File();
    return result;
}

int readFile(sqlite3_file* base, void* to, int count, sqlite3_int64 offset) {
    File& file = fileOf(base);
    if (!file.inode) {
        return file.real()->pMethods->xRead(file.real(), to, count, offset);
    }
    const std::lock_guard lock(file.disk->mutex);
    const bool read = onMedium(file, [&](Medium& medium) {
        return file.inode->cache.read(medium, static_cast<char*>(to), count, offset);
    });
    if (!read) {
        return SQLITE_IOERR_READ;
    }
    return offset + count > file.inode->cache.size() ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int writeFile(sqlite3_file* base, const void* from, int count, sqlite3_int64 offset) {
    File& file = fileOf(base);
    DiskState& disk = *file.disk;
    if (file.log && disk.watch != nullptr) {
        disk.watch->committing = 1;
    }
    if (!disk.operation()) {
        return SQLITE_IOERR_WRITE;
    }
    if (!file.inode) {
        return file.real()->pMethods->xWrite(file.real(), from, count, offset);
    }
    const std::lock_guard lock(disk.mutex);
    PageCache& cache = file.inode->cache;
    const bool written = onMedium(file, [&](Medium& medium) {
        return cache.write(medium, static_cast<const char*>(from), count, offset) &&
               (!disk.leaks() || cache.leak(medium, count, offset, disk.random));
    });
    return written ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncateFile(sqlite3_file* base, sqlite3_int64 size) {
    File& file = fileOf(base);
    DiskState& disk = *file.disk;
    if (!disk.operation()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    if (!file.inode) {
        return file.real()->pMethods->xTruncate(file.real(), size);
    }
    const std::lock_guard lock(disk.mutex);
    file.inode->cache.truncate(size);
    const bool leaked = !disk.leaks() || onMedium(file, [&](Medium& medium) {
        return file.inode->cache.leak(medium, 0, 0, disk.random);
    });
    return leaked ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int syncBuffered(File& file) {
    DiskState& disk = *file.disk;
    Inode& inode = *file.inode;
    if (disk.options.mode == DiskMode::Torn && disk.options.syncTime.count() > 0) {
        const std::lock_guard lock(disk.mutex);
        const bool leaked =
            onMedium(file, [&](Medium& medium) { return inode.cache.leakAny(medium, disk.random); });
        if (!leaked) {
            return SQLITE_IOERR_FSYNC;
        }
    }
    // Reading and writing go on meanwhile.
    std::this_thread::sleep_for(disk.options.syncTime);
    const std::lock_guard lock(disk.mutex);
    if (!onMedium(file, [&](Medium& medium) { return inode.cache.sync(medium); })) {
        return SQLITE_IOERR_FSYNC;
    }
    if (std::exchange(inode.syncDirectory, false) && !disk.syncDirectoryOf(inode.path)) {
        return SQLITE_IOERR_DIR_FSYNC;
    }
    return SQLITE_OK;
}

int syncFile(sqlite3_file* base, int flags) {
    File& file = fileOf(base);
    DiskState& disk = *file.disk;
    if (!disk.operation()) {
        return SQLITE_IOERR_FSYNC;
    }
    int result = SQLITE_OK;
    if (file.inode) {
        result = syncBuffered(file);
    } else if (!disk.options.lazy) {
        result = file.real()->pMethods->xSync(file.real(), flags);
    }
    if (file.log && disk.watch != nullptr) {
        disk.watch->committing = 0;
    }
    return result;
}

int fileSize(sqlite3_file* base, sqlite3_int64* size) {
    File& file = fileOf(base);
    if (!file.inode) {
        return file.real()->pMethods->xFileSize(file.real(), size);
    }
    const std::lock_guard lock(file.disk->mutex);
    *size = file.inode->cache.size();
    return SQLITE_OK;
}

int lockFile(sqlite3_file* base, int level) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xLock(file.real(), level) : SQLITE_OK;
}
int unlockFile(sqlite3_file* base, int level) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xUnlock(file.real(), level) : SQLITE_OK;
}
int checkReserved(sqlite3_file* base, int* reserved) {
    File& file = fileOf(base);
    *reserved = 0;
    return file.opened ? file.real()->pMethods->xCheckReservedLock(file.real(), reserved) : SQLITE_OK;
}

// Whether it is PRAGMA synchronous=FULL.
bool wantsFull(void* argument) {
    const char* const* pragma = static_cast<char**>(argument);
    return sqlite3_stricmp(pragma[1], "synchronous") == 0 && pragma[2] != nullptr &&
           sqlite3_stricmp(pragma[2], "FULL") == 0;
}

int makeNormal(sqlite3* database, const char**, const sqlite3_api_routines*) {
    return sqlite3_exec(database, "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr);
}

int controlFile(sqlite3_file* base, int what, void* argument) {
    File& file = fileOf(base);
    if (what == SQLITE_FCNTL_PRAGMA && file.disk->options.neverFull && wantsFull(argument)) {
        return SQLITE_OK;  // taken as done
    }
    // Growing a file ahead of its writes would go around the cache.
    const bool around = what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE;
    if (!file.opened || (file.inode && around)) {
        return SQLITE_NOTFOUND;
    }
    return file.real()->pMethods->xFileControl(file.real(), what, argument);
}

int sectorSize(sqlite3_file* base) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xSectorSize(file.real()) : 4096;
}
int characteristics(sqlite3_file* base) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xDeviceCharacteristics(file.real())
                       : SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// The index of the log: memory of this process and, as a file, rebuilt by whoever opens the database first.
int mapShared(sqlite3_file* base, int page, int size, int extend, void volatile** to) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xShmMap(file.real(), page, size, extend, to) : SQLITE_IOERR;
}
int lockShared(sqlite3_file* base, int offset, int count, int flags) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xShmLock(file.real(), offset, count, flags) : SQLITE_IOERR;
}
void barrier(sqlite3_file* base) {
    File& file = fileOf(base);
    if (file.opened) {
        file.real()->pMethods->xShmBarrier(file.real());
    }
}
int unmapShared(sqlite3_file* base, int remove) {
    File& file = fileOf(base);
    return file.opened ? file.real()->pMethods->xShmUnmap(file.real(), remove) : SQLITE_OK;
}

// Version 2: no memory mapping, which would go around the cache.
constexpr sqlite3_io_methods kMethods{
    2,          closeFile,  readFile,      writeFile,   truncateFile, syncFile,        fileSize,
    lockFile,   unlockFile, checkReserved, controlFile, sectorSize,   characteristics, mapShared,
    lockShared, barrier,    unmapShared,   nullptr,     nullptr,
};

std::shared_ptr<Inode> inodeOfDatabase(DiskState& disk, const std::string& path, sqlite3_file* real) {
    auto& inode = disk.inodes[path];
    if (!inode || (inode->handles == 0 && inode->cache.clean())) {
        inode = std::make_shared<Inode>();
        inode->path = path;
        inode->cache = PageCache(OpenedMedium(real).size());
    }
    return inode;
}

// Null: there is none, or it cannot be made.
std::shared_ptr<Inode> inodeOfJournal(DiskState& disk, const std::string& path, bool create) {
    if (const auto known = disk.inodes.find(path); known != disk.inodes.end()) {
        known->second->syncDirectory = known->second->syncDirectory || create;
        return known->second;
    }
    std::error_code error;
    auto inode = std::make_shared<Inode>();
    inode->path = path;
    inode->syncDirectory = create;
    if (!disk.deleted.contains(path) && fs::exists(path, error)) {
        auto medium = std::make_unique<NamedMedium>(path);
        if (!medium->valid()) {
            return nullptr;
        }
        inode->cache = PageCache(medium->size());
        inode->medium = std::move(medium);
    } else if (create) {
        inode->medium = std::make_unique<NamelessMedium>();
        inode->nameless = true;
        if (disk.leaks() && !disk.name(*inode)) {
            return nullptr;
        }
    } else {
        return nullptr;
    }
    disk.inodes[path] = inode;
    return inode;
}

int openFile(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* base, int flags, int* given) {
    DiskState& disk = diskOf(vfs);
    const bool database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
    if (name == nullptr || (!database && (flags & kJournals) == 0)) {
        // Temporary files need not outlive anything.
        return disk.real->xOpen(disk.real, name, base, flags, given);
    }
    base->pMethods = nullptr;
    auto* file = new (base) File{};
    file->disk = &disk;
    file->log = (flags & SQLITE_OPEN_WAL) != 0;
    if (database || !disk.buffered()) {
        const int result = disk.real->xOpen(disk.real, name, file->real(), flags, given);
        if (result != SQLITE_OK) {
            file->~File();
            return result;
        }
        file->opened = true;
    }
    if (disk.buffered()) {
        const std::lock_guard lock(disk.mutex);
        file->inode = database ? inodeOfDatabase(disk, name, file->real())
                               : inodeOfJournal(disk, name, (flags & SQLITE_OPEN_CREATE) != 0);
        if (!file->inode) {
            file->~File();
            return SQLITE_CANTOPEN;
        }
        ++file->inode->handles;
        if (given != nullptr && !file->opened) {
            *given = flags;
        }
    }
    file->base.pMethods = &kMethods;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncDirectory) {
    DiskState& disk = diskOf(vfs);
    if (!disk.operation()) {
        return SQLITE_IOERR_DELETE;
    }
    if (!disk.buffered()) {
        return disk.real->xDelete(disk.real, name, syncDirectory);
    }
    const std::lock_guard lock(disk.mutex);
    std::error_code error;
    const bool onMedium = !disk.deleted.contains(name) && fs::exists(name, error);
    const auto known = disk.inodes.find(name);
    if (known == disk.inodes.end() && !onMedium) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    if (known != disk.inodes.end()) {
        // Who has it open goes on using it.
        disk.inodes.erase(known);
    }
    if (onMedium) {
        disk.deleted.insert(name);
    }
    if ((syncDirectory != 0 || disk.leaks()) && !disk.syncDirectoryOf(name)) {
        return SQLITE_IOERR_DIR_FSYNC;
    }
    return SQLITE_OK;
}

int accessFile(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
    DiskState& disk = diskOf(vfs);
    {
        const std::lock_guard lock(disk.mutex);
        if (const auto known = disk.inodes.find(name); known != disk.inodes.end()) {
            *answer = flags != SQLITE_ACCESS_EXISTS || known->second->cache.size() > 0 ? 1 : 0;
            return SQLITE_OK;
        }
        if (disk.deleted.contains(name)) {
            *answer = 0;
            return SQLITE_OK;
        }
    }
    return disk.real->xAccess(disk.real, name, flags, answer);
}

sqlite3_vfs vfsFor(DiskState& disk) {
    sqlite3_vfs vfs = *disk.real;
    vfs.iVersion = 2;
    vfs.zName = "tikgok-test-disk";
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + disk.real->szOsFile;
    vfs.pAppData = &disk;
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = accessFile;
    vfs.xFullPathname = [](sqlite3_vfs* self, const char* name, int size, char* out) {
        return diskOf(self).real->xFullPathname(diskOf(self).real, name, size, out);
    };
    vfs.xRandomness = [](sqlite3_vfs* self, int size, char* out) {
        return diskOf(self).real->xRandomness(diskOf(self).real, size, out);
    };
    vfs.xSleep = [](sqlite3_vfs* self, int microseconds) {
        return diskOf(self).real->xSleep(diskOf(self).real, microseconds);
    };
    vfs.xCurrentTime = [](sqlite3_vfs* self, double* now) {
        return diskOf(self).real->xCurrentTime(diskOf(self).real, now);
    };
    vfs.xCurrentTimeInt64 = [](sqlite3_vfs* self, sqlite3_int64* now) {
        return diskOf(self).real->xCurrentTimeInt64(diskOf(self).real, now);
    };
    vfs.xGetLastError = [](sqlite3_vfs* self, int size, char* out) {
        return diskOf(self).real->xGetLastError(diskOf(self).real, size, out);
    };
    return vfs;
}

}  // namespace

Disk::Disk(const DiskOptions& options, Watch* watch) : state_(std::make_unique<DiskState>(options, watch)) {
    state_->vfs = vfsFor(*state_);
    sqlite3_vfs_register(&state_->vfs, 1);
    if (options.neverFull) {
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(makeNormal));
    }
}

Disk::~Disk() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(makeNormal));
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->real, 1);
}

void Disk::arm(std::uint64_t crashAt, std::uint64_t failAt, bool failForEver) {
    state_->arm(crashAt, failAt, failForEver);
}

std::uint64_t Disk::operations() const {
    return state_->count;
}

}  // namespace tikgok::sim::durability
