#pragma once
// The answer of a thread to a coroutine. Loop thread only.
#include "db/database.hpp"
#include "net/latch.hpp"

namespace rb::db {

// The answer to one statement: written by a thread, then shown to the loop by opening `ready` there.
struct Answer {
  explicit Answer(net::Loop& loop) : ready(loop) {}
  Rows rows;
  bool quick = false;
  std::exception_ptr failure;
  net::Latch ready;

  static Task<Rows> take(std::shared_ptr<Answer> answer) {
    co_await answer->ready.wait();
    if (answer->failure) std::rethrow_exception(answer->failure);
    co_return std::move(answer->rows);
  }
};

}  // namespace rb::db
