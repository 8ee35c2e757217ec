#include "db/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "db/bind.hpp"
#include "db/sqlite_readers.hpp"
#include "db/sqlite_writer.hpp"

namespace rb::db {
namespace {

namespace fs = std::filesystem;

constexpr int kReaders = 2;
constexpr Query kPing{"ping", "select 1", "select 1", {}};

// A folder that ends with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto pattern = (fs::temp_directory_path() / "repitbot-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw Broken("cannot create a folder like " + pattern);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(net::Loop& loop, const std::string& path, Micros deadline,
                 std::unique_ptr<TemporaryFolder> folder)
      : folder_(std::move(folder)) {
    using Mode = SqliteConnection::Mode;
    auto connect = [&](Mode mode, Micros allowed) {
      return std::make_unique<SqliteConnection>(path, mode, !folder_, allowed);
    };
    auto for_writer = connect(Mode::write, deadline);
    std::vector<std::unique_ptr<SqliteConnection>> readers;
    for (int i = 0; i < kReaders; ++i) readers.push_back(connect(Mode::read, deadline));
    readers_ = std::make_unique<SqliteReaders>(loop, connect(Mode::read, SqliteReaders::kReadHere),
                                               std::move(readers));
    writer_ = std::make_unique<SqliteWriter>(loop, std::move(for_writer), *readers_);
  }

  Task<Rows> read(const Query& query, Params params) override {
    co_return co_await readers().read(query, in_order(query, std::move(params)));
  }
  Task<Rows> write(const Query& query, Params params) override {
    co_return co_await writer().write(query, in_order(query, std::move(params)));
  }
  Task<> transaction(std::function<Task<>(Transaction&)> body) override {
    co_await writer().transaction(std::move(body));
  }
  Task<> script(std::string sql) override { co_await writer().script(std::move(sql)); }

  bool is_postgres() const override { return false; }
  bool available() const override { return !closed_ && writer_->healthy(); }

  Task<bool> ping() override {
    try {
      co_await read(kPing, {});
      co_return available();
    } catch (const Broken&) {
      co_return false;
    }
  }

  Stats stats() const override {
    if (!writer_) return {};
    auto reading = std::min(readers_->running(), readers_->size());
    auto busy = (writer_->busy() ? 1 : 0) + reading;
    auto all = 1 + readers_->size();
    return {.connections = all,
            .idle = all - busy,
            .waiting = writer_->waiting() + readers_->running() - reading,
            .transactions = writer_->transactions(),
            .commits = writer_->commits()};
  }

  Task<> close() override {
    if (std::exchange(closed_, true)) co_return;
    co_await writer_->drained();
    co_await readers_->drained();
    writer_.reset();
    readers_.reset();
  }

 private:
  SqliteWriter& writer() const { return !closed_ ? *writer_ : throw Unavailable("the database is closed"); }
  SqliteReaders& readers() const {
    return !closed_ ? *readers_ : throw Unavailable("the database is closed");
  }

  bool closed_ = false;  // nothing begins any more
  std::unique_ptr<TemporaryFolder> folder_;
  std::unique_ptr<SqliteReaders> readers_;
  std::unique_ptr<SqliteWriter> writer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(net::Loop& loop, std::string path, Micros statement_deadline) {
  std::unique_ptr<TemporaryFolder> folder;
  if (path == kSqliteMemory) {
    folder = std::make_unique<TemporaryFolder>();
    path = folder->path() / "database";
  } else if (auto parent = fs::path(path).parent_path(); !parent.empty()) {
    std::error_code error;
    fs::create_directories(parent, error);
    if (error)
      throw Broken("cannot create the folder " + parent.string() + " for the database file: " +
                   error.message() + "; make it, and give it to the user that runs this program");
  }
  return std::make_unique<SqliteDatabase>(loop, path, statement_deadline, std::move(folder));
}

}  // namespace rb::db
