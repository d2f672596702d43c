// Bytes of a connection -> the server's socket side -> an answer in HTTP or none; and the connection ends.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <thread>

#include "serve/http_server.h"

namespace {

using namespace annalist;

unsigned short port() {
  static serve::HttpServer server = [] {
    serve::Limits limits;
    limits.idle = limits.body = limits.write = std::chrono::milliseconds(2000);
    auto opened = serve::HttpServer::open("127.0.0.1", 0, limits);
    if (!opened) __builtin_trap();
    return std::move(*opened);
  }();
  static std::thread thread([] {
    server.run(
        1, [](serve::Request&, std::unique_ptr<serve::Response>&) { return std::size_t(4096); },
        [](const serve::Request& r) { return serve::json_response(r.path + r.body); }, {}, false);
  });
  static const bool detached = (thread.detach(), true);
  (void)detached;
  return server.port();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const linger reset{1, 0};  // no port is left waiting, at thousands of connections a second
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) __builtin_trap();
  std::size_t sent = 0;
  while (sent < size) {
    const auto n = send(fd, data + sent, size - sent, MSG_NOSIGNAL);
    if (n <= 0) break;  // refused before it was all read
    sent += std::size_t(n);
  }
  shutdown(fd, SHUT_WR);
  std::string answer;
  char buffer[4096];
  for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) answer.append(buffer, std::size_t(n));
  close(fd);
  if (!answer.empty() && !answer.starts_with("HTTP/1.1 ")) __builtin_trap();
  return 0;
}
