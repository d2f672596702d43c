#include "serve/http_server.h"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

#include "base/strings.h"

namespace annalist::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using Code = boost::system::error_code;

}  // namespace

struct HttpServer::Impl {
  Limits limits;
  Traffic traffic;
  Admit admit;
  Handle handle;
  Note note;
  asio::io_context io;  // after what its sessions still use while it dies
  Tcp::acceptor acceptor{io};
  asio::signal_set signals{io};

  class Session;
  void accept();
};

// One connection. Everything runs on its strand, so one thread at a time; it lives as long as an operation is
// under way.
class HttpServer::Impl::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Impl& server, Tcp::socket socket) : server_(server), stream_(std::move(socket)) {
    Code ignored;
    stream_.socket().set_option(Tcp::no_delay(true), ignored);
    const auto end = stream_.socket().remote_endpoint(ignored);
    peer_ = end.address().to_string(ignored);
    loopback_ = end.address().is_loopback();
    ++server_.traffic.open;
  }
  ~Session() { --server_.traffic.open; }

  void start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read_head(); });
  }

 private:
  using Self = std::shared_ptr<Session>;

  void read_head() {
    parser_.emplace();
    parser_->header_limit(std::uint32_t(server_.limits.header_bytes));
    parser_->body_limit(UINT64_MAX);  // judged below, once it is known who asks for what
    stream_.expires_after(server_.limits.idle);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](Code code, std::size_t) { self->on_head(code); });
  }

  // A request that cannot be answered as one: say why and close.
  void refuse(unsigned status, std::string_view title, std::string_view detail) {
    ++server_.traffic.refused;
    if (server_.note) server_.note(peer_, std::string(title) + ": " + std::string(detail));
    keep_alive_ = false;
    head_only_ = false;
    old_version_ = false;
    respond(problem(status, title, detail));
  }

  void on_head(Code code) {
    if (code == http::error::end_of_stream || code == asio::error::connection_reset) return close();
    if (code == beast::error::timeout) {
      ++server_.traffic.timeouts;
      if (server_.note && buffer_.size() > 0)
        server_.note(peer_, "too slow: the request's head did not come in time");
      return;  // Beast has closed the socket
    }
    if (code == http::error::header_limit)
      return refuse(431, "Request header too large", "headers may have 16 KiB in all");
    if (code && code.category() == http::make_error_code(http::error::bad_method).category())
      return refuse(400, "Not a request", code.message());
    if (code) return close();

    const auto& message = parser_->get();
    keep_alive_ = message.keep_alive();
    old_version_ = message.version() < 11;
    request_ = Request();
    request_.method = std::string(message.method_string());
    head_only_ = request_.method == "HEAD";
    request_.peer = peer_;
    request_.loopback = loopback_;
    if (message.target().size() > server_.limits.target_bytes)
      return refuse(414, "Address too long", "the address may have 8 KiB");
    for (const auto& field : message)
      request_.headers.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                                    std::string(field.value()));
    if (const auto ok = parse_target({message.target().data(), message.target().size()}, request_); !ok)
      return refuse(400, "Bad address", ok.error().message());

    std::unique_ptr<Response> refusal;
    const std::size_t most = server_.admit(request_, refusal);
    const auto length = parser_->content_length();
    if (!refusal && length && *length > most)
      refusal = std::make_unique<Response>(
          problem(413, "Body too large", "this request may carry " + std::to_string(most) + " bytes"));
    if (refusal) {
      ++server_.traffic.refused;
      // The body was not read, so the connection cannot go on.
      if (!parser_->is_done() && (!length || *length > 0)) keep_alive_ = false;
      if (!length && !parser_->chunked()) keep_alive_ = message.keep_alive();
      return respond(std::move(*refusal));
    }
    parser_->body_limit(most);
    if (equals_ignore_case(request_.header("expect"), "100-continue")) {
      static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
      asio::async_write(stream_, asio::buffer(kGoOn.data(), kGoOn.size()),
                        [self = shared_from_this()](Code c, std::size_t) {
                          if (!c) self->read_body();
                        });
      return;
    }
    read_body();
  }

  void read_body() {
    if (parser_->is_done()) return answer();
    stream_.expires_after(server_.limits.body);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Code code, std::size_t) {
      if (code == beast::error::timeout) {
        ++self->server_.traffic.timeouts;
        if (self->server_.note)
          self->server_.note(self->peer_, "too slow: the request's body did not come in time");
        return;
      }
      if (code == http::error::body_limit)
        return self->refuse(413, "Body too large", "more bytes than allowed");
      if (code) return self->refuse(400, "Broken body", code.message());
      self->answer();
    });
  }

  void answer() {
    request_.body = std::move(parser_->get().body());
    respond(server_.handle(request_));
  }

  void respond(Response response) {
    response_ = std::move(response);
    const std::string& body = response_.shared ? *response_.shared : response_.body;
    const bool streams = bool(response_.stream) && !head_only_;
    const bool empty = response_.status == 204 || response_.status == 304;
    chunked_ = streams && !old_version_;
    if (streams && old_version_) keep_alive_ = false;
    head_ = "HTTP/1.1 " + std::to_string(response_.status) + " ";
    head_.append(reason_of(response_.status)).append("\r\n");
    for (const auto& [name, value] : response_.headers) {
      head_.append(name).append(": ");
      for (const char c : value) head_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
      head_ += "\r\n";
    }
    if (chunked_) {
      head_ += "Transfer-Encoding: chunked\r\n";
    } else if (!response_.stream && !empty) {
      head_ += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    head_ += keep_alive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    stream_.expires_after(server_.limits.write);
    if (streams) {
      asio::async_write(stream_, asio::buffer(head_), [self = shared_from_this()](Code code, std::size_t n) {
        self->server_.traffic.bytes_out += n;
        if (!code) self->write_piece();
      });
      return;
    }
    const std::array<asio::const_buffer, 2> parts{
        asio::buffer(head_), head_only_ || empty ? asio::const_buffer() : asio::buffer(body)};
    asio::async_write(stream_, parts, [self = shared_from_this()](Code code, std::size_t n) {
      self->server_.traffic.bytes_out += n;
      self->after_answer(code);
    });
  }

  // The next piece of a stream; the piece after it is made only when this one is sent.
  void write_piece() {
    piece_.clear();
    const bool more = response_.stream(piece_);
    head_.clear();
    std::string tail;
    if (chunked_) {
      if (!piece_.empty()) {
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", piece_.size());
        head_ = size;
        piece_ += "\r\n";
      }
      if (!more) piece_ += "0\r\n\r\n";
    }
    stream_.expires_after(server_.limits.write);
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(piece_)};
    asio::async_write(stream_, parts, [self = shared_from_this(), more](Code code, std::size_t n) {
      self->server_.traffic.bytes_out += n;
      if (code) return self->close();
      if (more) return self->write_piece();
      self->after_answer(code);
    });
  }

  void after_answer(Code code) {
    response_ = Response();
    if (code || !keep_alive_) return close();
    read_head();
  }

  void close() {
    Code ignored;
    stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
  }

  Impl& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{1 << 17};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::string peer_;
  bool loopback_ = false, keep_alive_ = false, head_only_ = false, old_version_ = false, chunked_ = false;
  Request request_;
  Response response_;
  std::string head_, piece_;
};

void HttpServer::Impl::accept() {
  acceptor.async_accept(asio::make_strand(io), [this](Code code, Tcp::socket socket) {
    if (code == asio::error::operation_aborted) return;
    if (!code) {
      ++traffic.connections;
      if (traffic.open < limits.connections) {
        std::make_shared<Session>(*this, std::move(socket))->start();
      } else {
        ++traffic.refused;
        static constexpr std::string_view kFull =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: "
            "close\r\n\r\n";
        Code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(kFull.data(), kFull.size()), ignored);
      }
    }
    accept();
  });
}

Result<HttpServer> HttpServer::open(const std::string& address, unsigned short port, Limits limits) {
  auto impl = std::make_unique<Impl>();
  impl->limits = limits;
  Code code;
  const auto ip = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, code);
  const std::string where = address + ":" + std::to_string(port);
  if (code) return fail("not an IP address", where, "for example 127.0.0.1, ::1 or 0.0.0.0");
  const Tcp::endpoint end(ip, port);
  impl->acceptor.open(end.protocol(), code);
  if (!code) impl->acceptor.set_option(asio::socket_base::reuse_address(true), code);
  if (!code) impl->acceptor.bind(end, code);
  if (!code) impl->acceptor.listen(asio::socket_base::max_listen_connections, code);
  if (code) return fail("cannot listen: " + code.message(), where, "another port: --port N");
  return HttpServer(std::move(impl));
}

void HttpServer::run(unsigned threads, Admit admit, Handle handle, Note note, bool signals) {
  impl_->admit = std::move(admit);
  impl_->handle = std::move(handle);
  impl_->note = std::move(note);
  if (signals) {
    impl_->signals.add(SIGINT);
    impl_->signals.add(SIGTERM);
    impl_->signals.async_wait([this](Code code, int) {
      if (!code) stop();
    });
  }
  impl_->accept();
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < threads; ++i) pool.emplace_back([this] { impl_->io.run(); });
  impl_->io.run();
}

void HttpServer::stop() { impl_->io.stop(); }
unsigned short HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }
const Traffic& HttpServer::traffic() const { return impl_->traffic; }

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

bool is_loopback(const std::string& address) {
  Code code;
  const auto ip = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, code);
  return !code && ip.is_loopback();
}

}  // namespace annalist::serve
