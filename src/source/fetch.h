// Fetches pages politely: robots.txt, one request at a time to a host and a pause between two, conditional
// requests, caps of size and time, no private addresses unless allowed. Blocking; one owner, one thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/robots.h"

namespace annalist::source {

struct FetchOptions {
  std::string agent = "annalist";  // product name, as robots.txt calls it
  std::string contact;             // address or page of who fetches; part of the User-Agent
  double delay = 9;                // seconds between two requests to a host; robots.txt can only raise it
  std::size_t max_bytes = 5u << 20;
  long timeout = 30;  // seconds a request
  int redirects = 5;
  bool allow_private = false;  // loopback and private networks
};

struct Fetched {
  std::string url;      // after redirects
  int status = 0;       // 304: not modified since
  std::string headers;  // as received, CRLF lines
  std::string body;     // content encodings undone
  std::string content_type, etag, modified;
  bool truncated = false;  // larger than max_bytes
};

class Fetcher {
 public:
  explicit Fetcher(FetchOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Waits until the host may be asked again, then asks. `etag` and `modified` of the last time make the
  /// request conditional. Answers with status 429 and 503 raise the host's pause by their Retry-After. An
  /// Error for what robots.txt forbids, what cannot be reached, and addresses that are refused.
  Result<Fetched> get(const std::string& url, const std::string& etag = {}, const std::string& modified = {});

  /// When the host of `url` may be asked again, in seconds from now; 0: at once.
  double wait(const std::string& url) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Host {
    Robots robots;
    bool known = false;
    Clock::time_point next{};
  };
  struct Library;
  Result<Fetched> ask(const std::string& url, const std::string& etag, const std::string& modified);
  FetchOptions options_;
  std::unique_ptr<Library> library_;
  std::map<std::string, Host> hosts_;  // by "https://example.org:443"
};

/// "https://example.org/a?b" -> "https://example.org" and "/a?b"; an empty origin for what is no http
/// address.
std::pair<std::string, std::string> split_address(std::string_view url);

/// One WARC response record of what was fetched; `date` as "2026-11-22T20:00:00Z".
std::string warc_record(const Fetched& page, std::string_view date);

}  // namespace annalist::source
