#include "lines.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "base/strings.hpp"
#include "files.hpp"

namespace rb::app {
namespace {

void show_progress(const std::string& file, std::streamoff read, std::streamoff size) {
  if (isatty(STDERR_FILENO) != 1 || size <= 0) return;
  constexpr std::streamoff kWidth = 30;
  auto full = static_cast<std::size_t>(kWidth * read / size);
  fmt::print(stderr, "\r{} [{:<{}}] {:3}%", file, std::string(full, '#'), kWidth, 100 * read / size);
  if (read >= size) fmt::print(stderr, "\n");
}

}  // namespace

void complain(const std::string& file, int line, std::string_view reason) {
  fmt::print(stderr, "{}:{}: {}\n", file, line, reason);
}

void Counts::print() const {
  fmt::print(
      "принято · accepted {}, повторы · duplicates {}, пропущено · ignored {}, отклонено · rejected {}\n",
      accepted, duplicate, ignored, rejected);
}

Task<Result<void>> read_lines(std::string file, std::size_t at_once, TakeLines take) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) co_return fail(Errc::not_found, unreadable(file));
  std::streamoff size = in.tellg(), read = 0;
  in.seekg(0);
  LineBatch batch;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    read += static_cast<std::streamoff>(text.size()) + 1;
    if (trim(text).empty()) continue;
    batch.lines.push_back(std::move(text));
    batch.numbers.push_back(number);
    if (batch.lines.size() < at_once) continue;
    if (auto taken = co_await take(file, std::exchange(batch, {})); !taken) co_return taken;
    show_progress(file, read, size);
  }
  if (!batch.lines.empty())
    if (auto taken = co_await take(file, std::move(batch)); !taken) co_return taken;
  show_progress(file, size, size);
  co_return Result<void>{};
}

}  // namespace rb::app
