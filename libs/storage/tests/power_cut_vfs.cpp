#include "power_cut_vfs.hpp"

#include <fstream>

#include <sqlite3.h>

namespace rollcall::storage::testing {
namespace {

// SQLite allocates this and, behind it, the real file.
struct CutFile {
  sqlite3_file base;
  PowerCutDisk* disk;
  PowerCutDisk::Writes* unsynced;  // null for files whose content does not outlive a connection
};

CutFile& cut(sqlite3_file* file) {
  return *reinterpret_cast<CutFile*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(&cut(file) + 1);
}

const sqlite3_io_methods& methods(sqlite3_file* file) {
  return *real(file)->pMethods;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  auto& self = cut(file);
  if (!self.disk->operate()) return SQLITE_IOERR_WRITE;
  if (self.unsynced != nullptr) {
    PowerCutDisk::Write write{offset, std::vector<char>(static_cast<std::size_t>(size))};
    // Past the end of the file this reads zeros, which is what such a write replaces.
    methods(file).xRead(real(file), write.replaced.data(), size, offset);
    self.unsynced->push_back(std::move(write));
  }
  return methods(file).xWrite(real(file), bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (!cut(file).disk->operate()) return SQLITE_IOERR_TRUNCATE;
  return methods(file).xTruncate(real(file), size);
}

// The real sync is left out: nothing pulls the plug of the real disk, and tests are to be quick.
int sync(sqlite3_file* file, int) {
  auto& self = cut(file);
  if (self.disk->syncs_fail() || !self.disk->operate()) return SQLITE_IOERR_FSYNC;
  if (self.unsynced != nullptr) self.unsynced->clear();
  return SQLITE_OK;
}

int characteristics(sqlite3_file* file) {
  return methods(file).xDeviceCharacteristics(real(file)) & ~SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// The rest goes straight to the real file.
template <auto Method, class... Arguments>
auto pass(sqlite3_file* file, Arguments... arguments) {
  return (methods(file).*Method)(real(file), arguments...);
}

using M = sqlite3_io_methods;
const sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = pass<&M::xClose>,
    .xRead = pass<&M::xRead>,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = pass<&M::xFileSize>,
    .xLock = pass<&M::xLock>,
    .xUnlock = pass<&M::xUnlock>,
    .xCheckReservedLock = pass<&M::xCheckReservedLock>,
    .xFileControl = pass<&M::xFileControl>,
    .xSectorSize = pass<&M::xSectorSize>,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = pass<&M::xShmMap>,
    .xShmLock = pass<&M::xShmLock>,
    .xShmBarrier = pass<&M::xShmBarrier>,
    .xShmUnmap = pass<&M::xShmUnmap>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

PowerCutDisk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<PowerCutDisk*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& disk = disk_of(vfs);
  auto& self = cut(file);
  self = {};
  const int result = disk.real()->xOpen(disk.real(), name, real(file), flags, flags_out);
  if (result != SQLITE_OK) return result;
  self.base.pMethods = &kMethods;
  self.disk = &disk;
  constexpr int kLasting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  if (name != nullptr && (flags & kLasting) != 0) self.unsynced = disk.unsynced_of(name);
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int) {
  auto& disk = disk_of(vfs);
  if (disk.is_cut()) return SQLITE_IOERR_DELETE;
  disk.unsynced_of(name)->clear();
  return disk.real()->xDelete(disk.real(), name, 0);
}

}  // namespace

PowerCutDisk::PowerCutDisk(unsigned seed)
    : real_(sqlite3_vfs_find(nullptr)), vfs_(std::make_unique<sqlite3_vfs>(*real_)), random_(seed) {
  vfs_->zName = "power-cut";
  vfs_->szOsFile += static_cast<int>(sizeof(CutFile));
  vfs_->pAppData = this;
  vfs_->xOpen = open;
  vfs_->xDelete = remove;
  sqlite3_vfs_register(vfs_.get(), 1);
}

PowerCutDisk::~PowerCutDisk() {
  sqlite3_vfs_unregister(vfs_.get());
}

bool PowerCutDisk::operate() {
  if (operations_left_ > 0) --operations_left_;
  return operations_left_ != 0;
}

void PowerCutDisk::restore_power() {
  constexpr std::size_t kSector = 512;
  for (auto& [path, writes] : unsynced_) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    for (auto write = writes.rbegin(); file && write != writes.rend(); ++write) {
      const auto size = write->replaced.size();
      std::size_t kept = 0;
      switch (random_() % 4) {
        case 0:
          kept = size;
          break;  // it had reached the disk
        case 1:
          kept = std::min(size, random_() % (size / kSector + 1) * kSector);
          break;
        default:
          break;
      }
      file.seekp(static_cast<std::streamoff>(write->offset) + static_cast<std::streamoff>(kept));
      file.write(write->replaced.data() + kept, static_cast<std::streamsize>(size - kept));
    }
    writes.clear();
  }
  operations_left_ = kNever;
}

}  // namespace rollcall::storage::testing
