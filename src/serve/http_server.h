// The socket side: accepts connections, reads requests within limits of size and time, hands them to one
// function, writes what it gives back. HTTP/1.1 with keep-alive over Boost.Beast; TLS is the work of a proxy
// in front.
//
// `run` blocks and uses its own threads; the handler is called by any of them, several at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "serve/http.h"

namespace annalist::serve {

struct Limits {
  std::size_t header_bytes = 16 << 10;
  std::size_t target_bytes = 8 << 10;
  std::size_t connections = 512;
  std::chrono::milliseconds idle{
      15000};  // a request's head must be whole by then, counted from the last answer
  std::chrono::milliseconds body{60000};   // the body, counted from the head
  std::chrono::milliseconds write{60000};  // each piece of an answer
};

struct Traffic {
  std::atomic<std::uint64_t> connections{0}, open{0}, refused{0}, timeouts{0}, bytes_out{0};
};

class HttpServer {
 public:
  /// Says who calls and how many bytes of body the request may have, once its head is read; or refuses it.
  using Admit = std::function<std::size_t(Request&, std::unique_ptr<Response>& refusal)>;
  using Handle = std::function<Response(const Request&)>;
  /// Requests that never became one: too large, too slow, no HTTP.
  using Note = std::function<void(const std::string& peer, const std::string& what)>;

  /// Binds; port 0 takes a free one. An Error names the address and why not.
  static Result<HttpServer> open(const std::string& address, unsigned short port, Limits limits);
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();

  unsigned short port() const;
  const Traffic& traffic() const;
  /// Serves until `stop`, which may be called from a handler or another thread. `signals`: SIGINT and SIGTERM
  /// stop it, too.
  void run(unsigned threads, Admit admit, Handle handle, Note note, bool signals);
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// True when an address can only be reached from this machine.
bool is_loopback(const std::string& address);

}  // namespace annalist::serve
