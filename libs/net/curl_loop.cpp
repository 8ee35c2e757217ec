#include "net/curl_loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <unordered_map>

#include "base/error.hpp"
#include "net/latch.hpp"

namespace rb::net {

namespace asio = boost::asio;
using Error = boost::system::error_code;

namespace {

constexpr long kKept = 100;  // idle connections; by curl's own default it makes new ones all the time

// curl owns the socket: we release it, at once, because curl may close it and open another of the same
// number.
struct Watch {
  Watch(asio::io_context& context, curl_socket_t fd) : descriptor(context, fd) {}
  void leave() {
    gone = true;
    descriptor.release();
  }
  asio::posix::stream_descriptor descriptor;
  int wanted = 0;
  bool reading = false, writing = false;
  bool gone = false;
};

struct Transfer {
  explicit Transfer(Loop& loop) : ended(loop) {}
  void end(CURLcode result) {
    code = result;
    ended.open();
  }
  Latch ended;
  CURLcode code = CURLE_OK;
};

}  // namespace

// curl must not be called from inside its callbacks: they only note what to wait for.
struct CurlLoop::Impl : std::enable_shared_from_this<CurlLoop::Impl> {
  explicit Impl(Loop& l) : loop(l), timer(l.context()) {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = started == CURLE_OK ? curl_multi_init() : nullptr;
    if (multi == nullptr) throw Broken("libcurl does not start");
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kKept);
  }

  void abort() {
    for (auto& [easy, transfer] : transfers) {
      curl_multi_remove_handle(multi, easy);
      transfer->end(CURLE_ABORTED_BY_CALLBACK);
    }
    transfers.clear();
  }

  void close() {
    abort();
    curl_multi_cleanup(multi);
    multi = nullptr;
    for (auto& [fd, watch] : watches) watch->leave();
    watches.clear();
    timer.cancel();
  }

  void add(CURL* easy, Transfer& transfer) {
    if (multi == nullptr || curl_multi_add_handle(multi, easy) != CURLM_OK)
      throw Broken("libcurl takes no more transfers");
    transfers.emplace(easy, &transfer);
  }

  void remove(CURL* easy) {
    if (transfers.erase(easy) > 0) curl_multi_remove_handle(multi, easy);
  }

  static int on_socket(CURL*, curl_socket_t fd, int wanted, void* self, void*) {
    static_cast<Impl*>(self)->watch(fd, wanted);
    return 0;
  }

  void watch(curl_socket_t fd, int wanted) {
    auto at = watches.find(fd);
    if (wanted == CURL_POLL_REMOVE) {
      if (at == watches.end()) return;
      at->second->leave();
      watches.erase(at);
      return;
    }
    if (at == watches.end()) at = watches.emplace(fd, std::make_shared<Watch>(loop.context(), fd)).first;
    at->second->wanted = wanted;
    wait(at->second);
  }

  void wait(const std::shared_ptr<Watch>& watch) {
    wait(watch, CURL_POLL_IN, CURL_CSELECT_IN, asio::posix::stream_descriptor::wait_read, &Watch::reading);
    wait(watch, CURL_POLL_OUT, CURL_CSELECT_OUT, asio::posix::stream_descriptor::wait_write, &Watch::writing);
  }

  void wait(const std::shared_ptr<Watch>& watch, int wanted, int ready,
            asio::posix::descriptor_base::wait_type type, bool Watch::* waiting) {
    if (watch->gone || (watch->wanted & wanted) == 0 || (*watch).*waiting) return;
    (*watch).*waiting = true;
    watch->descriptor.async_wait(type,
                                 [self = shared_from_this(), watch, wanted, ready, waiting](Error error) {
                                   (*watch).*waiting = false;
                                   if (watch->gone || error) return;
                                   if ((watch->wanted & wanted) != 0)
                                     self->act(watch->descriptor.native_handle(), ready);
                                   self->wait(watch);
                                 });
  }

  static int on_timer(CURLM*, long ms, void* self) {
    static_cast<Impl*>(self)->set_timer(ms);
    return 0;
  }

  void set_timer(long ms) {
    auto turn = ++timer_turn;
    auto due = [self = shared_from_this(), turn](Error error) {
      if (!error && turn == self->timer_turn) self->act(CURL_SOCKET_TIMEOUT, 0);
    };
    timer.cancel();
    if (ms == 0)
      asio::post(loop.context(), [due] { due({}); });  // every transfer begins so: spare the kernel's timer
    if (ms <= 0) return;
    timer.expires_after(std::chrono::milliseconds(ms));
    timer.async_wait(due);
  }

  void act(curl_socket_t fd, int ready) {
    if (multi == nullptr) return;
    int left = 0;
    curl_multi_socket_action(multi, fd, ready, &left);
    while (auto* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      auto* easy = message->easy_handle;
      auto code = message->data.result;  // the message dies with the removal
      auto at = transfers.find(easy);
      if (at == transfers.end()) continue;
      auto* transfer = at->second;
      remove(easy);
      transfer->end(code);
    }
  }

  Loop& loop;
  asio::steady_timer timer;
  CURLM* multi = nullptr;
  std::uint64_t timer_turn = 0;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches;
  std::unordered_map<CURL*, Transfer*> transfers;
};

CurlLoop::CurlLoop(Loop& loop) : impl_(std::make_shared<Impl>(loop)) {}
CurlLoop::~CurlLoop() { impl_->close(); }

void CurlLoop::abort() { impl_->abort(); }

Task<CURLcode> CurlLoop::perform(CURL* easy) {
  auto impl = impl_;
  Transfer transfer(impl->loop);
  impl->add(easy, transfer);
  struct Leave {  // also when the coroutine is destroyed while it waits
    Impl& impl;
    CURL* easy;
    ~Leave() { impl.remove(easy); }
  } leave{*impl, easy};
  co_await transfer.ended.wait();
  co_return transfer.code;
}

}  // namespace rb::net
