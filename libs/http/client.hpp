#pragma once
// HTTP client over libcurl: HTTP/1.1, connections kept, TLS verified, no redirects, no proxy from the
// environment. Belongs to the loop's thread.
//
// An answer of any status is a success here. Failures tell what the other side may have done:
//   Errc::unavailable  nothing was sent (name, connection, TLS): trying again is safe
//   Errc::timeout      it was sent, at least in part, and no whole answer came: the work may have been done
//   Errc::too_large    an answer came and is larger than allowed
//   Errc::invalid      the URL is wrong
//   Errc::forbidden    public_only, and the address is of this machine or a private network
// A request with a body is never sent twice by itself, also when a kept connection turns out to be dead.
#include <chrono>

#include "http/message.hpp"
#include "net/curl_loop.hpp"
#include "net/loop.hpp"

namespace rb::http {

struct Part {  // of multipart/form-data
  std::string name;
  std::string body;
  std::string file_name = {};  // "": an ordinary field
  std::string content_type = {};
};

struct ClientRequest {
  Method method = Method::get;
  std::string url;
  Headers headers = {};
  std::string body = {};
  std::vector<Part> parts = {};  // instead of a body
  std::chrono::milliseconds deadline{10'000};
  std::chrono::milliseconds connect_timeout{5'000};
  std::string proxy = {};    // "socks5h://127.0.0.1:1080"
  std::string ca_file = {};  // "": the system's
  std::size_t answer_limit = 32 << 20;
  // For URLs that people choose: no name may lead to this machine or its private network.
  bool public_only = false;
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

class Client {
 public:
  explicit Client(net::Loop& loop);
  Task<Result<ClientResponse>> send(ClientRequest request);
  void abort();  // requests under way fail now, as if their deadline had passed

 private:
  net::CurlHandle take();
  net::CurlLoop curl_;
  std::vector<net::CurlHandle> spare_;
};

}  // namespace rb::http
