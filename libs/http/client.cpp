#include "http/client.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <cstring>

#include "base/strings.hpp"
#include "net/public_address.hpp"

namespace rb::http {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeMime {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};

// Bytes that curl reads as it sends. It gets no way to rewind them: so a request whose body has begun to
// leave cannot be repeated on another connection without the caller knowing.
struct BodySource {
  std::string_view left;

  static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
    auto& left = static_cast<BodySource*>(self)->left;
    auto bytes = std::min(size * count, left.size());
    std::memcpy(to, left.data(), bytes);
    left.remove_prefix(bytes);
    return bytes;
  }
};

// Everything that curl points to during one transfer; must not move.
class Transfer {
 public:
  Transfer(CURL* easy, ClientRequest request) : easy_(easy), request_(std::move(request)) {
    set_connection();
    set_method();
    set_headers();
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Result<ClientResponse> outcome(CURLcode code) {
    if (code == CURLE_OK) {
      long status = 0;
      curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
      answer_.status = static_cast<int>(status);
      return std::move(answer_);
    }
    if (closed_) return fail(Errc::forbidden, "the address is not one of the open internet");
    if (too_large_) return fail(Errc::too_large, "the answer is larger than allowed");
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
      return fail(Errc::invalid, "not an http or https URL");
    std::string why = *problem_ != '\0' ? problem_ : curl_easy_strerror(code);
    return fail(was_sent() ? Errc::timeout : Errc::unavailable, std::move(why));
  }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    if (auto code = curl_easy_setopt(easy_, option, value); code != CURLE_OK)
      throw Broken(
          fmt::format("libcurl refuses option {}: {}", static_cast<int>(option), curl_easy_strerror(code)));
  }

  void set_connection() {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.deadline.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
    set(CURLOPT_PROXY, request_.proxy.c_str());
    set(CURLOPT_ERRORBUFFER, problem_);
    if (!request_.ca_file.empty()) set(CURLOPT_CAINFO, request_.ca_file.c_str());
    if (!request_.public_only) return;
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
  }

  void set_method() {
    if (!request_.parts.empty()) {
      set_parts();
    } else if (!request_.body.empty()) {
      source_.left = request_.body;
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      set(CURLOPT_READFUNCTION, &BodySource::read);
      set(CURLOPT_READDATA, &source_);
    } else if (request_.method == Method::post) {
      set(CURLOPT_POSTFIELDS, "");
    } else if (request_.method == Method::head) {
      set(CURLOPT_NOBODY, 1L);
    }
    set(CURLOPT_CUSTOMREQUEST, std::string(name(request_.method)).c_str());
  }

  void set_parts() {
    mime_.reset(curl_mime_init(easy_));
    sources_.reserve(request_.parts.size());
    for (const auto& part : request_.parts) {
      auto& source = sources_.emplace_back(BodySource{part.body});
      auto* item = curl_mime_addpart(mime_.get());
      curl_mime_name(item, part.name.c_str());
      curl_mime_data_cb(item, static_cast<curl_off_t>(part.body.size()), &BodySource::read, nullptr, nullptr,
                        &source);
      if (!part.file_name.empty()) curl_mime_filename(item, part.file_name.c_str());
      if (!part.content_type.empty()) curl_mime_type(item, part.content_type.c_str());
    }
    set(CURLOPT_MIMEPOST, mime_.get());
  }

  void set_headers() {
    add_header("Expect:");  // no pause before a large body
    bool typed = request_.headers.find("Content-Type") != nullptr || !request_.parts.empty();
    if (!typed) add_header(request_.body.empty() ? "Content-Type:" : "Content-Type: application/json");
    for (const auto& [name, value] : request_.headers)
      add_header(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
    set(CURLOPT_HTTPHEADER, headers_.get());
  }

  void add_header(const std::string& line) {
    if (line.find_first_of("\r\n") != std::string::npos) throw Broken("a header field with a line break");
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  }

  bool was_sent() const {
    long bytes = 0;
    curl_off_t began = 0;
    curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &bytes);
    curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &began);
    return bytes > 0 && began > 0;
  }

  // Looked at here, a name cannot mean one address when it is checked and another when it is used.
  static curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address) {
    if (net::is_public(address->addr))
      return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    static_cast<Transfer*>(self)->closed_ = true;
    return CURL_SOCKET_BAD;
  }

  static std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& to = *static_cast<Transfer*>(self);
    to.too_large_ = to.answer_.body.size() + size > to.request_.answer_limit;
    if (to.too_large_) return 0;
    to.answer_.body.append(bytes, size);
    return size;
  }

  static std::size_t on_header(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& headers = static_cast<Transfer*>(self)->answer_.headers;
    auto line = trim(std::string_view(bytes, size));
    if (line.starts_with("HTTP/")) headers = {};  // after an interim answer or a proxy's
    if (auto colon = line.find(':'); colon != std::string_view::npos)
      headers.add(line.substr(0, colon), std::string(trim(line.substr(colon + 1))));
    return size;
  }

  CURL* easy_;
  ClientRequest request_;
  ClientResponse answer_;
  bool too_large_ = false;
  bool closed_ = false;  // an address was refused
  char problem_[CURL_ERROR_SIZE] = {};
  BodySource source_;
  std::vector<BodySource> sources_;
  std::unique_ptr<curl_mime, FreeMime> mime_;
  std::unique_ptr<curl_slist, FreeList> headers_;
};

constexpr std::size_t kSpareHandles = 32;

}  // namespace

Client::Client(net::Loop& loop) : curl_(loop) {}

net::CurlHandle Client::take() {
  if (spare_.empty()) {
    net::CurlHandle fresh(curl_easy_init());
    if (!fresh) throw Broken("libcurl gives no handle");
    return fresh;
  }
  auto out = std::move(spare_.back());
  spare_.pop_back();
  return out;
}

void Client::abort() { curl_.abort(); }

Task<Result<ClientResponse>> Client::send(ClientRequest request) {
  auto easy = take();
  Result<ClientResponse> out;
  {
    Transfer transfer(easy.get(), std::move(request));
    auto code = co_await curl_.perform(easy.get());
    out = transfer.outcome(code);
    curl_easy_reset(easy.get());
  }
  if (spare_.size() < kSpareHandles) spare_.push_back(std::move(easy));
  co_return out;
}

}  // namespace rb::http
