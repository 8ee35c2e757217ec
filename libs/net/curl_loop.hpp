#pragma once
// libcurl's multi interface on the event loop. Everything belongs to the loop's thread.
// Source: curl.se/libcurl/c/libcurl-multi.html, «Multi_socket».
#include <curl/curl.h>

#include <memory>

#include "net/task.hpp"

namespace rb::net {

class Loop;

struct CurlFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using CurlHandle = std::unique_ptr<CURL, CurlFree>;

class CurlLoop {
 public:
  explicit CurlLoop(Loop& loop);
  ~CurlLoop();  // aborts
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  // Runs the transfer that `easy` describes to its end; `easy` must live until then and have its time-outs
  // set.
  Task<CURLcode> perform(CURL* easy);

  void abort();  // transfers under way end now, with CURLE_ABORTED_BY_CALLBACK

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace rb::net
